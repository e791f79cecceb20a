// What is unsent stands at the top of every page of the app, with its age.
import { onNews } from "./news.js";
import { status, waiting } from "./queue.js";
import { keepsAnything } from "./room.js";
import { age, say } from "./words.js";

class UnsentPill extends HTMLElement {
  connectedCallback() {
    if (!keepsAnything()) return;
    this.link = this.querySelector("a");
    onNews(() => this.draw());
    setInterval(() => this.draw(), 30000);
    this.draw();
  }

  async draw() {
    const { unsent } = await waiting().catch(() => ({ unsent: [] }));
    this.hidden = false;
    this.classList.toggle("pill--unsent", unsent.length > 0);
    this.link.textContent = this.words(unsent);
  }

  words(unsent) {
    if (!unsent.length) return say("all_sent");
    if (status.sending) return say("sending");
    return say("unsent_age", { n: unsent.length, age: age(Date.now() - Math.min(...unsent.map((value) => value.kept_at))) });
  }
}

customElements.define("unsent-pill", UnsentPill);

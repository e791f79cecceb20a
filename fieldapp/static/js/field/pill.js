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
    const { own } = await waiting().catch(() => ({ own: [] }));
    this.hidden = false;
    this.classList.toggle("pill--unsent", own.length > 0);
    this.link.textContent = this.words(own);
  }

  words(own) {
    if (!own.length) return say("all_sent");
    if (status.sending) return say("sending");
    return say("unsent_age", { n: own.length, age: age(Date.now() - Math.min(...own.map((value) => value.kept_at))) });
  }
}

customElements.define("unsent-pill", UnsentPill);

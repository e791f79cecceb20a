// Signing out warns while something is unsent, and never clears the queue.
import { kept, fetchSession, forget } from "./session.js";
import { waiting } from "./queue.js";
import { keepsAnything } from "./room.js";
import { say } from "./words.js";

class SignOut extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    form.addEventListener("submit", async (event) => {
      if (!keepsAnything()) return;
      event.preventDefault();
      const { unsent } = await waiting();
      if (unsent.length && !confirm(say("leave_unsent", { n: unsent.length }))) return;
      const found = await fetchSession();
      const session = found.session || (await kept());
      if (session) form.elements.csrf_token.value = session.csrf_token;
      if (found.state !== "away") await forget();
      if (found.state === "out") return location.assign("/sign-in");
      form.submit();
    });
  }
}

customElements.define("sign-out", SignOut);

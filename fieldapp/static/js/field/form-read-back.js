// What is about to be kept, large enough to be read aloud; a contact only as yes or no.
import { icon, make, refill } from "./dom.js";
import { isSerial } from "./numbers.js";
import { named, say } from "./words.js";

// A second tap on the same spot is no yes.
const PAUSE = 500;

export class ReadBack {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-read-back]");
    this.place.querySelector("[data-change]").addEventListener("click", () => this.close());
  }

  get open() {
    return !this.place.hidden;
  }

  get heard() {
    return this.open && Date.now() - this.since > PAUSE;
  }

  show(value, session, hasContact) {
    const found = (list, code) => named(list.find((one) => one.code === code) || { name: code });
    const { fields } = value;
    this.place.querySelector("[data-about]").textContent = `${found(session.categories, fields.category)} · ${found(session.villages, fields.village)}`;
    this.place.querySelector("[data-words]").textContent = fields.narrative.trim();
    refill(this.place.querySelector("[data-facts]"), ...this.facts(value, hasContact).map(([name, words]) => make("li", {}, icon(name), make("span", { dir: "auto" }, words))));
    this.turn(true);
    this.place.querySelector("h1").focus();
  }

  facts({ fields, photos, slip_text: slip }, hasContact) {
    const share = this.form.elements.share_with_unit.checked;
    return [
      ["qr-code", slip ? (isSerial(slip) ? say("serial", { serial: `\u2066${slip}\u2069` }) : say("slip_scanned")) : say("slip_screen")],
      photos.length ? ["camera", say("photos_taken", { n: photos.length })] : null,
      ["lock", fields.anonymous ? say("unnamed") : say(hasContact ? (share ? "contact_shared" : "contact_left") : "contact_none")],
      fields.on_the_spot.trim() ? ["message-square-text", say("answered_now", { words: fields.on_the_spot.trim() })] : null,
    ].filter(Boolean);
  }

  close() {
    this.turn(false);
    this.form.elements.narrative.focus();
  }

  turn(open) {
    this.place.hidden = !open;
    this.form.classList.toggle("capture--read", open);
    this.since = Date.now();
    scrollTo(0, 0);
  }
}

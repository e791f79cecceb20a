// The contact leaves the screen only sealed: nothing readable is ever stored.
import { seal } from "./seal.js";

const WAIT = 400;

export class Contact {
  constructor(form, key, changed) {
    Object.assign(this, { form, key, changed, touched: false });
    this.place = form.querySelector("[data-contact]");
    this.note = form.querySelector("[data-sealed]");
    this.place.addEventListener("input", (event) => event.target.name !== "anonymous" && this.later());
    this.note.querySelector("button").addEventListener("click", () => this.remove());
  }

  later() {
    this.touched = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => this.touched && this.changed(await this.sealed(null)), WAIT);
  }

  // The sealed contact as typed now; what was sealed before where nothing was typed since.
  async sealed(before) {
    if (!this.touched) return before;
    clearTimeout(this.timer);
    const { contact_name: name, contact_phone: phone, share_with_unit: share, chair_only: chair } = this.form.elements;
    if (!name.value.trim() && !phone.value.trim()) return null;
    return seal({ name: name.value.trim(), phone: phone.value.trim(), share_with_unit: share.checked, chair_only: chair.checked }, this.key);
  }

  restored(sealed) {
    this.note.hidden = !sealed;
    if (sealed) this.place.open = true;
  }

  remove() {
    this.note.hidden = true;
    this.touched = false;
    this.changed(null);
  }
}

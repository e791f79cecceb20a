// Photos of the record: redrawn, kept, shown small, removable.
import { make } from "./dom.js";
import { redrawn, thumbnail } from "./photos.js";
import { addPhoto, photo, removePhoto } from "./store.js";
import { say } from "./words.js";

export class Photos {
  constructor(form, record, guarded) {
    Object.assign(this, { form, record, guarded, working: Promise.resolve() });
    this.place = form.querySelector("[data-thumbnails]");
    const input = form.elements.photos;
    input.addEventListener("change", () => {
      const files = Array.from(input.files);
      input.value = "";
      this.working = this.working.then(() => this.add(files));
    });
  }

  settled() {
    return this.working;
  }

  async restored(value) {
    for (const { sha256 } of value.photos) {
      const picture = await photo(value.id, sha256);
      if (picture) this.draw(picture);
    }
  }

  async add(files) {
    this.complain("");
    for (const file of files) {
      let picture;
      try {
        picture = await redrawn(file);
      } catch (problem) {
        this.complain(say("photo_bad"));
        continue;
      }
      const value = this.record();
      if (value.photos.some(({ sha256 }) => sha256 === picture.sha256)) continue;
      const { sha256, bytes, type } = picture;
      value.photos.push({ sha256, bytes, type, verified: false });
      if (await this.guarded(() => addPhoto(value, picture))) this.draw(picture);
      else value.photos.pop();
    }
  }

  draw(picture) {
    const at = this.place.children.length + 1;
    const button = make("button", { type: "button", class: "thumbnail", "aria-label": say("photo_remove", { n: at }) }, thumbnail(picture), make("span", { "aria-hidden": "true" }, "×"));
    button.addEventListener("click", () => this.remove(picture.sha256, button));
    this.place.append(button);
  }

  async remove(sha256, button) {
    const value = this.record();
    value.photos = value.photos.filter((one) => one.sha256 !== sha256);
    await this.guarded(() => removePhoto(value, sha256));
    button.remove();
  }

  complain(sentence) {
    const line = this.form.querySelector("[data-error=photos]");
    line.hidden = !sentence;
    line.querySelector("span").textContent = sentence;
  }
}

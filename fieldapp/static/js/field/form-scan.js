// Scanning a paper slip: by the camera, or where the browser lends none, in a photo just taken.
import { reader } from "./form-scan-reader.js";
import { isSerial, slipFits } from "./numbers.js";
import { say } from "./words.js";

const EVERY = 200;

export class Scan {
  constructor(form) {
    this.form = form;
    this.video = form.querySelector("[data-viewfinder]");
    this.photo = form.querySelector("[data-scan-photo]");
    this.button = form.querySelector("[data-scan]");
    this.button.hidden = false;
    this.button.addEventListener("click", () => (this.stream ? this.stop() : this.begin()));
    this.video.addEventListener("click", () => this.stop());
    this.photo.addEventListener("change", () => this.photo.files.length && this.still(this.photo.files[0]));
    this.line = form.querySelector("[data-scanned]");
    this.line.querySelector("button").addEventListener("click", () => this.takeBack());
    this.present();
  }

  // The address in a code is not for reading: a scanned slip is there, or is taken back.
  present() {
    const { value } = this.form.elements.slip;
    const scanned = slipFits(value) && !isSerial(value);
    this.line.hidden = !scanned;
    this.button.parentElement.hidden = scanned;
    this.form.querySelector("#slip-hint").hidden = scanned;
  }

  takeBack() {
    this.set("");
    this.complain("");
    this.button.focus();
  }

  set(text) {
    this.form.elements.slip.value = text;
    this.form.elements.slip.dispatchEvent(new Event("input", { bubbles: true }));
    this.present();
  }

  async begin() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch (problem) {
      return this.photo.click();
    }
    this.video.srcObject = this.stream;
    this.video.hidden = false;
    await this.video.play();
    this.video.scrollIntoView({ block: "center" });
    const read = await reader().catch(() => null);
    if (!read) return this.stop();
    while (this.stream) {
      if (this.found(await read(this.video))) return this.stop();
      await new Promise((done) => setTimeout(done, EVERY));
    }
  }

  async still(file) {
    const image = new Image();
    image.src = URL.createObjectURL(file);
    this.photo.value = "";
    const text = await image.decode().then(reader).then((read) => read(image)).catch(() => "");
    URL.revokeObjectURL(image.src);
    if (!this.found(text)) this.complain(say("scan_nothing"));
  }

  // Other codes lie about in a field too.
  found(text) {
    if (!text || !slipFits(text)) return false;
    this.complain("");
    this.set(text);
    return true;
  }

  stop() {
    if (this.stream) this.stream.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.hidden = true;
  }

  complain(sentence) {
    const line = this.form.querySelector("[data-error=slip]");
    line.hidden = !sentence;
    line.querySelector("span").textContent = sentence;
  }
}

// The form of a new case: everything typed is kept at once, and sent later.
import { Contact } from "./form-contact.js";
import { Photos } from "./form-photos.js";
import { ReadBack } from "./form-read-back.js";
import { choices } from "./form-choices.js";
import { Scan } from "./form-scan.js";
import { keep, localTime } from "./keep.js";
import { isLocked } from "./lock.js";
import { uuid7 } from "./ids.js";
import { tell } from "./news.js";
import { fieldsOf, fill, problems, showProblems } from "./reading.js";
import { flush } from "./queue.js";
import { fetchSession, kept, mine, personOf } from "./session.js";
import { askToStay, keepsAnything, room, shortOf } from "./room.js";
import { show } from "./slip.js";
import { dropRecord, saveRecord, setFact } from "./store.js";
import { say } from "./words.js";

class FieldForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.output = this.querySelector("[data-status]");
    this.value = null;
    this.saving = Promise.resolve();
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.ready = this.start().catch((problem) => this.standAside(problem));
  }

  async start() {
    if (!keepsAnything()) throw new Error("nothing_kept");
    this.session = await this.currentSession();
    await choices(this.form, this.session);
    this.contact = new Contact(this.form, this.session.seal, (sealed) => this.change((value) => (value.sealed_contact = sealed)));
    this.photos = new Photos(this.form, () => this.record(), (work) => this.guarded(work));
    this.readBack = new ReadBack(this.form);
    this.querySelector("[data-warning] button").addEventListener("click", () => (this.knows = true));
    await this.restore();
    this.form.addEventListener("input", (event) => this.typed(event));
    this.form.addEventListener("change", (event) => this.typed(event));
    this.querySelector("[data-throw-away]").addEventListener("click", () => this.throwAway());
    this.scan = new Scan(this.form);
    this.querySelector("[data-go-on]").textContent = say("read_back");
    this.dataset.ready = "";
    const found = await room();
    if (found && found.short) this.say(shortOf(found));
  }

  // Whose phone: what is kept here, or the station's word where nothing is or another person signed in.
  async currentSession() {
    const here = await kept();
    const person = this.dataset.person;
    if (here && (!person || person === personOf(here))) {
      fetchSession().then(({ session }) => session && personOf(session) !== personOf(here) && location.reload());
      return here;
    }
    const found = await fetchSession();
    if (found.state === "here") return found.session;
    throw new Error(found.state === "out" ? "sign_in" : "first_online");
  }

  // Without room or session the plain form goes its own way, where the station drew it.
  standAside({ message }) {
    this.plain = true;
    const why = ["sign_in", "nothing_kept"].find((one) => one === message) || "first_online";
    if (this.dataset.shell === undefined && why !== "nothing_kept") return;
    const aside = this.querySelector("[data-aside]");
    aside.hidden = false;
    aside.querySelector("span").textContent = say(why);
    aside.querySelector("a").hidden = why === "nothing_kept";
  }

  async restore() {
    const wish = new URLSearchParams(location.search).get("record");
    const own = (await mine()).filter((value) => value.id === wish || (!wish && value.state === "draft"));
    const locked = await isLocked();
    const isFresh = (value) => Date.now() - value.changed_at < this.session.device.idle * 1000;
    for (const value of own.sort((a, b) => (b.changed_at || 0) - (a.changed_at || 0))) {
      if (!["draft", "attention"].includes(value.state) || !(await held(value.id))) continue;
      // Behind the PIN, unless it was typed just now.
      if (locked && !isFresh(value)) continue;
      if (this.typedAlready()) break;
      this.value = value;
      fill(this.form, value);
      this.contact.restored(value.sealed_contact);
      await this.photos.restored(value);
      showProblems(this.form, value.errors || {});
      this.say(say("draft_back"));
      this.querySelector("[data-throw-away]").hidden = false;
      return;
    }
    if (this.typedAlready()) this.change(() => {});
  }

  // Words typed before the script was ready are a record of their own.
  typedAlready() {
    return this.form.elements.narrative.value !== "";
  }

  // The record comes into being at the first keystroke.
  record() {
    if (!this.value) {
      const id = uuid7();
      this.value = { id, author: personOf(this.session), state: "draft", captured_at: localTime(), fields: {}, photos: [], sealed_contact: null };
      held(id);
    }
    return this.value;
  }

  typed(event) {
    if (event.target.closest("[data-contact]") && event.target.name !== "anonymous") return;
    if (event.target.type === "file") return;
    this.change(() => {});
  }

  change(work) {
    if (this.done) return;
    const value = this.record();
    Object.assign(value, { fields: fieldsOf(this.form), slip_text: this.form.elements.slip.value.trim(), changed_at: Date.now() });
    work(value);
    this.saving = this.guarded(() => saveRecord(value)).then((done) => done && this.say(say("draft_kept")));
  }

  async guarded(work) {
    try {
      await work();
      return true;
    } catch (problem) {
      this.say(say(problem.name === "QuotaExceededError" ? "no_room" : "not_kept"));
      return false;
    }
  }

  async submit(event) {
    if (this.plain && this.dataset.shell === undefined) return;
    event.preventDefault();
    await this.ready;
    if (this.plain) return this.dataset.shell === undefined ? this.form.submit() : undefined;
    if (this.keeping) return;
    this.keeping = true;
    try {
      if (!this.readBack.open) await this.readAloud();
      else if (this.readBack.heard) await this.keepIt();
    } finally {
      this.keeping = false;
    }
  }

  // Nothing is kept that the resident has not heard.
  async readAloud() {
    const { found, doubts } = problems(this.form, { knows: this.knows });
    const warning = this.querySelector("[data-warning]");
    showProblems(this.form, found);
    warning.hidden = !doubts;
    if (Object.keys(found).length) return;
    if (doubts) return warning.querySelector("button").focus();
    this.change(() => {});
    await this.photos.settled();
    this.scan.stop();
    const value = this.record();
    this.readBack.show(value, this.session, Boolean(await this.contact.sealed(value.sealed_contact)));
  }

  async keepIt() {
    const value = this.record();
    value.sealed_contact = await this.contact.sealed(value.sealed_contact);
    await this.saving;
    // Another deputy may have signed in meanwhile: those slips are not this one's to give.
    const session = await kept();
    const pool = (personOf(session) === value.author ? session : this.session).slips;
    this.done = await this.guarded(async () => Object.assign(value, await keep(value, pool)));
    if (!this.done) return this.readBack.close();
    await this.handOver(value);
  }

  async handOver(value) {
    setFact("village", value.fields.village);
    askToStay().catch(() => {});
    this.form.reset();
    this.hidden = true;
    await show(document.querySelector("[data-slip]"), value);
    tell();
    flush({ now: true });
  }

  async throwAway() {
    if (!this.value || !confirm(say("throw_away"))) return;
    await this.saving;
    await dropRecord(this.value.id);
    location.assign("/field");
  }

  say(sentence) {
    this.output.textContent = sentence;
  }
}

// A draft is open in one tab at a time.
function held(id) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((answer) => {
    navigator.locks.request(`draft-${id}`, { ifAvailable: true }, (lock) => {
      answer(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

customElements.define("field-form", FieldForm);

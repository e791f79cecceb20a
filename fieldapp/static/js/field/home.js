// My cases: what waits on this phone first, then what the station knows.
import { icon, ladder, make, refill, refused, unfinished } from "./dom.js";
import { heed } from "./lock.js";
import { onNews, tell } from "./news.js";
import { serialOf } from "./numbers.js";
import { flush, status, waiting } from "./queue.js";
import { keepsAnything } from "./room.js";
import { placeOf } from "./rounds.js";
import { fetchSession, forget, kept, mine, personOf } from "./session.js";
import { dropFact, dropRecord, fact, setFact } from "./store.js";
import { markNews } from "./visits.js";
import { clock, named, say } from "./words.js";

// What the station said of what it has, or will not have: gone once it was read.
const SAID = { both: () => say("both"), alone: () => say("alone"), told: ({ said }) => said };

const isWorthShowing = (value) => value.state !== "draft" || value.photos.length || value.sealed_contact || (value.fields.narrative || "").trim();

class FieldHome extends HTMLElement {
  connectedCallback() {
    if (!keepsAnything()) return;
    this.queue = this.querySelector("[data-queue]");
    this.notice = this.querySelector("[data-notice]");
    this.querySelector("[data-send]").addEventListener("click", () => flush({ now: true }).then(() => this.refresh()));
    onNews(() => this.draw());
    this.start();
  }

  async start() {
    const before = personOf(await kept());
    const cases = await fact("cases");
    if (cases && cases.person === before) await this.showCases(cases.html);
    await this.draw();
    await this.refresh();
  }

  async refresh() {
    const found = await fetchSession();
    this.note({ out: say("sign_in"), other: say("other_role") }[found.state] || "", found.state === "out");
    if (found.state === "other") await forget();
    tell();
    if (found.state === "out") await this.hideCases();
    const covered = await heed(found);
    // Another person signed in, perhaps: what waited for them goes now.
    if (found.state === "here") flush();
    if (found.state === "here" && !covered) await this.fetchCases(personOf(found.session));
    await this.draw();
  }

  async fetchCases(person) {
    const wish = await fact("language");
    const answer = await fetch(`/field/mine${wish ? `?lang=${wish}` : ""}`, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (!answer || !answer.ok) return;
    const html = await answer.text();
    const region = new DOMParser().parseFromString(html, "text/html").querySelector("#cases");
    if (!region || region.dataset.person !== person) return;
    if (wish) await dropFact("language");
    else if (region.lang !== document.documentElement.lang) return location.replace(`/field?lang=${region.lang}`);
    await setFact("cases", { person, html });
    await this.showCases(html);
  }

  // Something was sent: the station's list has grown.
  async fetchAgain() {
    const session = await kept();
    if (session) await this.fetchCases(personOf(session));
  }

  async showCases(html) {
    const region = new DOMParser().parseFromString(html, "text/html").querySelector("#cases");
    if (!region) return;
    await markNews(region);
    this.querySelector("#cases").replaceWith(document.adoptNode(region));
  }

  // Nobody is signed in: whose cases they are is nobody's to see.
  async hideCases() {
    await dropFact("cases");
    refill(this.querySelector("#cases"));
  }

  note(sentence, signIn) {
    this.notice.hidden = !sentence;
    this.notice.querySelector("span").textContent = sentence;
    this.notice.querySelector("a").hidden = !signIn;
  }

  async draw() {
    const own = (await mine()).filter(isWorthShowing);
    if (!status.sending) {
      if (own.length < this.shown) this.fetchAgain();
      this.shown = own.length;
    }
    const { others } = await waiting();
    const rows = own.sort((a, b) => (b.kept_at || b.changed_at || 0) - (a.kept_at || a.changed_at || 0));
    const names = await kept();
    refill(this.queue, ...rows.map((value) => this.row(value, names)));
    this.querySelector("[data-waiting]").hidden = !rows.length;
    this.querySelector("[data-send]").hidden = !own.some((value) => value.state === "kept");
    const foreign = this.querySelector("[data-others]");
    foreign.hidden = !others.length;
    foreign.querySelector("span").textContent = say("others", { n: others.length });
  }

  row(value, session) {
    if (value.step) return stepRow(value, session, this.standing(value));
    const found = (list, code) => named((list || []).find((one) => one.code === code) || { name: "" });
    const { categories, villages } = session || {};
    const place = [found(categories, value.fields.category), found(villages, value.fields.village)].filter(Boolean).join(" · ");
    const words = make("p", { class: "record__words", dir: "auto" }, (value.fields.narrative || "").slice(0, 120));
    const head = make("p", { class: "record__head" }, make("b", {}, place), value.kept_at ? make("span", { class: "quiet" }, clock(value.kept_at)) : null);
    const serial = value.state !== "draft" && serialOf(value);
    const slip = serial ? make("p", { class: "quiet" }, say("serial", { serial: `\u2066${serial}\u2069` })) : null;
    return make("li", { class: `record record--${value.state}`, "data-record": value.id }, head, words, slip, ...this.standing(value));
  }

  standing(value) {
    if (value.state === "kept") {
      const last = value.last ? make("p", { class: "quiet" }, `${say(value.last.reason)} ${say("tried", { time: clock(value.last.at) })}`) : null;
      return [ladder(value, { chair: !value.step }), last];
    }
    if (SAID[value.state]) {
      const button = make("button", { type: "button", class: "button button--plain" }, say("understood"));
      button.addEventListener("click", () => dropRecord(value.id).then(() => this.draw()));
      return [make("p", { class: "record__attention" }, icon("info"), make("span", {}, SAID[value.state](value))), button];
    }
    return value.state === "attention" ? refused(value) : unfinished(value, "pencil", [say("unfinished")], "write_on");
  }
}

function stepRow(value, session, standing) {
  const { step, heard, village, place } = value.step;
  const words = say(`step_${step}`, { n: heard, place: village && session ? placeOf(session, { village, place }) : "" });
  const head = make("p", { class: "record__head" }, make("b", {}, words), make("span", { class: "quiet" }, clock(value.kept_at)));
  return make("li", { class: `record record--${value.state}`, "data-record": value.id }, head, ...standing);
}

customElements.define("field-home", FieldHome);

// Today's round on top of "My cases": begun, at which stop, over; with signal or without.
import { make, refill } from "./dom.js";
import { onNews, tell } from "./news.js";
import { holdsNumber } from "./numbers.js";
import { flush } from "./queue.js";
import { showProblems } from "./reading.js";
import { choose, isToday, known, nameOf, offer, open, placeOf, present } from "./rounds.js";
import { dayAt, kept } from "./session.js";
import { keepStep, takeOver, waitingSteps } from "./steps.js";
import { named, say } from "./words.js";

const MOST_HEARD = 9999;

class FieldRound extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.which = this.querySelector("[data-which]");
    this.folds = Array.from(this.querySelectorAll("[data-step]"));
    this.form.addEventListener("submit", (event) => this.submit(event, () => this.arrive()));
    // One after the other: what was chosen last is what stands there when something is tapped.
    this.drawn = Promise.resolve();
    const draw = (first = () => {}) => (this.drawn = this.drawn.then(first).then(() => this.draw()).catch(() => {}));
    this.form.elements.stop.addEventListener("change", () => {
      const { round, stop } = this;
      draw(() => choose(this.session, round, stop));
    });
    this.which.addEventListener("change", () => {
      const round = this.rounds.find(({ code }) => code === this.which.value);
      draw(() => choose(this.session, round));
    });
    for (const fold of this.folds) {
      fold.querySelector("form").addEventListener("submit", (event) => this.submit(event, () => this.unfolded(fold)));
    }
    await takeOver().catch(() => {});
    onNews(() => draw());
    draw();
  }

  get stop() {
    return this.round.stops[this.form.elements.stop.selectedIndex];
  }

  async draw() {
    const session = await kept();
    if (!session) return;
    const all = await known(session);
    const rounds = await open(session, all);
    const stop = rounds.length ? await present(session, rounds[0]) : null;
    const later = stop && (await waitingSteps(session)).some(({ id, step }) => id === stop.id || (step.round === rounds[0].code && step.stop === stop.id));
    [this.session, this.rounds, this.round] = [session, rounds, rounds[0]];
    this.tellOff(all.filter((round) => round.called_off && (round.date > dayAt(session) || isToday(round, session))));
    this.drawRound(stop, later);
    this.drawFolds();
  }

  tellOff(rounds) {
    this.querySelector("[data-off]").hidden = !rounds.length;
    const told = rounds.map((round) => make("p", {}, say("called_off", { round: nameOf(round), reason: `\u2068${round.called_off}\u2069` })));
    refill(this.querySelector("[data-off] div"), ...told);
  }

  drawRound(stop, later) {
    this.form.hidden = !this.round;
    if (!this.round) return;
    const link = this.form.querySelector("[data-name]");
    link.textContent = nameOf(this.round);
    if (this.round.begun) link.removeAttribute("href");
    else link.href = `/rounds/${this.round.code}`;
    refill(this.which, ...this.rounds.map((round) => new Option([nameOf(round), round.topic || (round.stops.length ? placeOf(this.session, round.stops[0]) : "")].filter(Boolean).join(" · "), round.code)));
    this.which.hidden = this.rounds.length < 2;
    offer(this.form.elements.stop, this.session, this.round, stop);
    this.form.elements.stop.hidden = !stop;
    this.form.querySelector("button").hidden = !stop || stop.reached;
    this.form.querySelector("button span").textContent = say(this.round.here ? "arrive" : "start_here");
    this.form.querySelector("output").textContent = later ? say("here_later") : stop && stop.reached ? say("here") : "";
  }

  // A round that has begun can be added to and ended; until then another can be begun.
  drawFolds() {
    const { round, session } = this;
    const offered = { here: round, ended: round && round.here, started: !round || !round.here };
    this.querySelector("[data-start]").hidden = true;
    for (const fold of this.folds) {
      fold.hidden = !offered[fold.dataset.step];
      if (fold.dataset.step === "started") fold.querySelector("summary span").textContent = say(round ? "unplanned" : "start_now");
      const { village } = fold.querySelector("form").elements;
      if (village && village.options.length < 2) session.villages.forEach((place) => village.add(new Option(named(place), place.code)));
    }
  }

  async submit(event, work) {
    if (!this.session) return;
    event.preventDefault();
    if (this.working) return;
    this.working = true;
    try {
      await this.drawn;
      await work();
    } finally {
      this.working = false;
    }
  }

  async arrive() {
    const { round, stop } = this;
    if (!stop) return;
    await choose(this.session, round, stop);
    await this.keep({ step: "here", round: round.code, stop: stop.id, village: stop.village, place: stop.place });
  }

  async unfolded(fold) {
    const form = fold.querySelector("form");
    const given = {};
    for (const { name, value } of Array.from(form.elements)) if (name) given[name] = value.trim();
    const problems = wrong(given);
    showProblems(form, problems);
    if (Object.keys(problems).length) return;
    const step = { step: fold.dataset.step, ...given };
    if (fold.dataset.step !== "started") step.round = this.round.code;
    fold.open = false;
    form.reset();
    const { id } = await this.keep(step);
    if (fold.dataset.step === "ended") return;
    await choose(this.session, { code: step.round || id }, null);
    await this.draw();
  }

  async keep(step) {
    const value = await keepStep(this.session, step);
    await this.draw();
    tell();
    flush({ now: true });
    return value;
  }
}

function wrong({ village, heard, ...texts }) {
  const found = {};
  if (village === "") found.village = say("choose");
  if (heard !== undefined && !(/^\d{1,4}$/.test(heard) && Number(heard) <= MOST_HEARD)) found.heard = say("heard_wrong");
  for (const [name, words] of Object.entries(texts)) if (holdsNumber(words)) found[name] = say("number_here");
  return found;
}

customElements.define("field-round", FieldRound);

// The round: at which stop the station stands, kept on this phone, reported once there is signal.
import { make, refill } from "./dom.js";
import { authorised, json } from "./carry.js";
import { localTime } from "./keep.js";
import { onNews, tell } from "./news.js";
import { fetchSession, kept, personOf } from "./session.js";
import { fact, setFact, within } from "./store.js";
import { named, say } from "./words.js";

// A clock that is wrong by years still knows what the station called today.
const WAKING = 18 * 3600000;

const rounds = (session) => (session && session.activities) || [];
const isToday = ({ date, today }, { at }) => date === localTime().slice(0, 10) || (today && !(Date.now() - at > WAKING));
const current = (session) => rounds(session).find((round) => !round.closed && isToday(round, session));

async function waiting(session) {
  return ((await fact("arrivals")) || []).filter(({ person }) => person === personOf(session));
}

// Chosen here, else where the station knows it, else the first.
async function present(session, { code, here, stops }) {
  const chosen = (await fact("stop")) || {};
  const id = chosen.round === code && chosen.person === personOf(session) ? chosen.stop : here;
  return stops.find((stop) => stop.id === id) || stops[0];
}

const choose = (session, round, stop) => setFact("stop", { person: personOf(session), round: round.code, stop: stop.id });

function offer(select, session, { stops }, now) {
  refill(select, ...stops.map(({ id, village, place }) => {
    const name = named(session.villages.find(({ code }) => code === village) || { name: village });
    return new Option(place ? `${name} · ${place}` : name, id, false, now && id === now.id);
  }));
}

// On the form: today's round, and the village of its present stop, unless another was chosen.
export async function preset(form, session) {
  const { activity, village } = form.elements;
  const stops = form.querySelector("[data-stops]");
  const all = rounds(session).filter((round) => !round.called_off);
  activity.closest("[data-round]").hidden = !all.length;
  const none = activity.options[0];
  const today = current(session);
  refill(activity, none, ...all.map((round) => new Option(named(round), round.code, false, round === today)));
  const show = async (move) => {
    const round = all.find(({ code }) => code === activity.value);
    const stop = round && (await present(session, round));
    stops.hidden = !stop;
    if (!stop) return;
    offer(stops, session, round, stop);
    if (move) village.value = stop.village;
  };
  activity.addEventListener("change", () => show(true));
  stops.addEventListener("change", async () => {
    const round = all.find(({ code }) => code === activity.value);
    await choose(session, round, round.stops[stops.selectedIndex]);
    village.value = round.stops[stops.selectedIndex].village;
    village.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await show(!village.value || village.selectedOptions[0].defaultSelected);
}

// A record that waited longer than its round is known here keeps it.
export function admit({ elements: { activity } }, code) {
  if (code && !Array.from(activity.options).some(({ value }) => value === code)) activity.add(new Option(code, code));
}

// What was tapped goes to the station in order; said twice it counts once.
export async function deliver() {
  if (!(await waiting(await kept())).length) return;
  const { state, session } = await fetchSession();
  if (state !== "here") return;
  for (const one of await waiting(session)) {
    const body = new FormData();
    for (const name of ["round", "stop", "at"]) body.append(name, one[name]);
    const said = await json(await authorised({ session }, "/field/sync/presence", { method: "POST", body }));
    if (said.stop !== one.stop) return;
    await within("facts", async ({ store }) => {
      const rest = ((await store.get("arrivals")) || []).filter(({ person, stop }) => person !== one.person || stop !== one.stop);
      await store.put(rest, "arrivals");
    });
  }
  await fetchSession();
  tell();
}

const tried = () => deliver().catch(() => {});

class FieldRound extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.arrive(event));
    const draw = () => this.draw().catch(() => {});
    this.form.elements.stop.addEventListener("change", () => this.chosen().then(draw));
    onNews(draw);
    draw();
  }

  async draw() {
    this.session = await kept();
    this.round = this.session && current(this.session);
    if (!this.session) return;
    const off = rounds(this.session).filter((round) => round.called_off && (round.date > localTime().slice(0, 10) || isToday(round, this.session)));
    this.querySelector("[data-off]").hidden = !off.length;
    const told = off.map((round) => make("p", {}, say("called_off", { round: named(round), reason: `\u2068${round.called_off}\u2069` })));
    refill(this.querySelector("[data-off] div"), ...told);
    this.querySelector("[data-start]").hidden = Boolean(this.round);
    this.form.hidden = !this.round;
    if (!this.round) return;
    const stop = await present(this.session, this.round);
    const later = stop && (await waiting(this.session)).some((one) => one.stop === stop.id);
    this.form.querySelector("[data-name]").textContent = named(this.round);
    this.form.querySelector("a").href = `/rounds/${this.round.code}`;
    offer(this.form.elements.stop, this.session, this.round, stop);
    this.form.querySelector("button").hidden = !stop || later || stop.reached;
    this.form.querySelector("output").textContent = later ? say("here_later") : stop && stop.reached ? say("here") : "";
  }

  chosen() {
    return choose(this.session, this.round, this.round.stops[this.form.elements.stop.selectedIndex]);
  }

  async arrive(event) {
    if (!this.round) return;
    event.preventDefault();
    const { id: stop } = this.round.stops[this.form.elements.stop.selectedIndex];
    const arrival = { person: personOf(this.session), round: this.round.code, stop, at: localTime() };
    await within("facts", async ({ store }) => store.put([...((await store.get("arrivals")) || []), arrival], "arrivals"));
    await this.chosen();
    await this.draw();
    await tried();
  }
}

customElements.define("field-round", FieldRound);
addEventListener("online", tried);
tried();

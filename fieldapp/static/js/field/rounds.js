// The rounds as this phone knows them: what the station said, and what was done since without signal.
import { refill } from "./dom.js";
import { dayAt, personOf } from "./session.js";
import { fact, setFact } from "./store.js";
import { waitingSteps } from "./steps.js";
import { named, say } from "./words.js";

// A clock that is wrong by years still knows what the station called today.
const WAKING = 18 * 3600000;

export const isToday = ({ date, today }, session) => date === dayAt(session) || (today && !(Date.now() - session.at > WAKING));

export const nameOf = (round) => (round.name ? named(round) : say("round_of", { date: `\u2066${round.date.slice(5)}\u2069` }));

const DOES = {
  started: (rounds, { id, step: { village, place, topic, date } }) =>
    rounds.unshift({ code: id, begun: true, date, topic, closed: false, called_off: null, stops: [{ id, village, place, reached: true }], here: id }),
  here: (rounds, { id, step }) => on(rounds, step, (round) => {
    const same = ({ id: known, village, place }) => (step.stop ? known === step.stop : village === step.village && place === step.place);
    const stop = round.stops.find(same) || round.stops[round.stops.push({ id, village: step.village, place: step.place }) - 1];
    stop.reached = true;
    round.here = stop.id;
  }),
  ended: (rounds, { step }) => on(rounds, step, (round) => (round.closed = true)),
};

function on(rounds, { round: name }, work) {
  const round = rounds.find(({ code }) => code === name);
  if (round) work(round);
}

export async function known(session) {
  const rounds = ((session && session.activities) || []).map((round) => ({ ...round, stops: round.stops.map((stop) => ({ ...stop })) }));
  for (const value of await waitingSteps(session)) DOES[value.step.step](rounds, value);
  return rounds;
}

const choice = async (session) => {
  const chosen = await fact("stop");
  return chosen && chosen.person === personOf(session) ? chosen : {};
};

export const choose = (session, round, stop) => setFact("stop", { person: personOf(session), round: round.code, stop: stop && stop.id });

// Today's rounds that are not over; first the one chosen here, else the one that has begun.
export async function open(session, rounds) {
  const chosen = await choice(session);
  const rank = ({ code, here }) => (code === chosen.round ? 0 : here ? 1 : 2);
  return rounds.filter((round) => !round.closed && isToday(round, session)).sort((a, b) => rank(a) - rank(b));
}

// Chosen here, else where the station stood last, else the first.
export async function present(session, { code, here, stops }) {
  const chosen = await choice(session);
  const id = chosen.round === code && chosen.stop ? chosen.stop : here;
  return stops.find((stop) => stop.id === id) || stops[0];
}

export function placeOf(session, { village, place }) {
  const name = named(session.villages.find(({ code }) => code === village) || { name: village });
  return place ? `${name} · ${place}` : name;
}

export function offer(select, session, { stops }, now) {
  refill(select, ...stops.map((stop) => new Option(placeOf(session, stop), stop.id, false, now && stop.id === now.id)));
}

// On the form: today's round, and the village of its present stop, unless another was chosen.
export async function preset(form, session) {
  const { activity, village } = form.elements;
  const stops = form.querySelector("[data-stops]");
  const all = (await known(session)).filter((round) => !round.called_off);
  const [today] = await open(session, all);
  activity.closest("[data-round]").hidden = !all.length;
  const none = activity.options[0];
  refill(activity, none, ...all.map((round) => new Option(nameOf(round), round.code, false, round === today)));
  const chosen = () => all.find(({ code }) => code === activity.value);
  const show = async (move) => {
    const round = chosen();
    const stop = round && (await present(session, round));
    stops.hidden = !stop;
    if (!stop) return;
    offer(stops, session, round, stop);
    if (move) village.value = stop.village;
  };
  activity.addEventListener("change", () => show(true));
  stops.addEventListener("change", async () => {
    const stop = chosen().stops[stops.selectedIndex];
    await choose(session, chosen(), stop);
    village.value = stop.village;
    village.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await show(!village.value || village.selectedOptions[0].defaultSelected);
}

// A record that waited longer than its round is known here keeps it.
export function admit({ elements: { activity } }, code) {
  if (code && !Array.from(activity.options).some(({ value }) => value === code)) activity.add(new Option(code, code));
}

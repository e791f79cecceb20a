// The rounds as this phone knows them: what the station said, and what was done since without signal.
import { localTime } from "./keep.js";
import { personOf } from "./session.js";
import { fact, setFact } from "./store.js";
import { waitingSteps } from "./steps.js";
import { named, say } from "./words.js";

// A clock that is wrong by years still knows what the station called today.
const WAKING = 18 * 3600000;

export const isToday = ({ date, today }, { at }) => date === localTime().slice(0, 10) || (today && !(Date.now() - at > WAKING));

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

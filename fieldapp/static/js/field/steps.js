// What a deputy did with a round: begun, at a stop, over. Kept beside the cases, and sent before them.
import { Later, authorised, json, later } from "./carry.js";
import { uuid7 } from "./ids.js";
import { localTime } from "./keep.js";
import { dayAt, personOf } from "./session.js";
import { changeRecord, fact, records, within } from "./store.js";

const TOLD = [404, 409, 422];

export async function waitingSteps(session) {
  const own = (await records()).filter((value) => value.step && value.state === "kept" && value.author === personOf(session));
  return own.sort((a, b) => a.turn - b.turn);
}

// In their order, whatever the phone's clock does meanwhile.
export function keepStep(session, step) {
  return within("records", async ({ store }) => {
    const turn = Math.max(0, ...(await store.getAll()).map((value) => value.turn || 0)) + 1;
    const value = { id: uuid7(), author: personOf(session), state: "kept", kept_at: Date.now(), captured_at: localTime(), tries: 0, next_at: 0, turn };
    Object.assign(value, { step: { ...step, date: dayAt(session) }, fields: {}, photos: [] });
    await store.put(value);
    return value;
  });
}

export async function sendStep(value, carrier, changed) {
  if (value.author !== personOf(carrier.session)) return;
  const body = new FormData();
  for (const [name, given] of Object.entries({ id: value.id, at: value.captured_at, ...value.step })) body.append(name, given);
  const answer = await authorised(carrier, "/field/rounds", { method: "POST", body });
  const said = await json(answer);
  if (said.id !== value.id) throw answer.ok || TOLD.includes(answer.status) ? new Later("unclear") : later(answer);
  if (answer.ok && said.round) await received(value, said.round);
  else if (TOLD.includes(answer.status)) await changeRecord(value.id, (now) => Object.assign(now, { state: "told", said: said.error || Object.values(said.errors).join(" ") }));
  else throw later(answer);
  changed();
}

// The step leaves the phone, and the phone knows the round as the station does, in one transaction.
function received(value, round) {
  return within(["records", "facts"], async (tx) => {
    const facts = tx.objectStore("facts");
    const kept = tx.objectStore("records");
    const session = await facts.get("session");
    if (session && personOf(session) === value.author) {
      session.activities = [round, ...session.activities.filter(({ code }) => code !== round.code)];
      await facts.put(session, "session");
    }
    const chosen = await facts.get("stop");
    if (chosen && [value.id, round.code].includes(chosen.round)) {
      const known = round.stops.some(({ id }) => id === chosen.stop);
      await facts.put({ ...chosen, round: round.code, stop: known ? chosen.stop : round.here }, "stop");
    }
    for (const one of await kept.getAll()) {
      if (one.step && one.step.round === value.id) one.step.round = round.code;
      else if (one.state === "draft" && one.fields.activity === value.id) one.fields.activity = round.code;
      else continue;
      await kept.put(one);
    }
    await kept.delete(value.id);
  });
}

// Taps that an earlier edition of the app kept in a place of their own.
export async function takeOver() {
  if (!(await fact("arrivals"))) return;
  await within(["records", "facts"], async (tx) => {
    const facts = tx.objectStore("facts");
    const taps = (await facts.get("arrivals")) || [];
    for (const [at, { person, round, stop, at: captured_at }] of taps.entries()) {
      const value = { id: uuid7(), author: person, state: "kept", kept_at: Date.now(), captured_at, tries: 0, next_at: 0, turn: at + 1 - taps.length };
      tx.objectStore("records").put({ ...value, step: { step: "here", round, stop, village: "", place: "", date: captured_at.slice(0, 10) }, fields: {}, photos: [] });
    }
    await facts.delete("arrivals");
  });
}

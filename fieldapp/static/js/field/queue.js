// When to send: one tab at a time, oldest first, patiently.
import { Later } from "./carry.js";
import { tell } from "./news.js";
import { send } from "./send.js";
import { fetchSession, kept, personOf } from "./session.js";
import { changeRecord, records } from "./store.js";

const SHORTEST = 5000;
const LONGEST = 10 * 60000;

export const status = { sending: false, state: null };
let timer = null;
let asked = false;

// A clock that jumped must not hold a record back for years.
const isDue = (value, now) => !value.next_at || value.next_at <= now || value.next_at - now > LONGEST * 2;

export async function waiting() {
  const person = personOf(await kept());
  const unsent = (await records()).filter((value) => value.state === "kept" || value.state === "attention");
  const all = unsent.filter((value) => value.state === "kept");
  const isOwn = (value) => value.author === person;
  // ``unsent``: what the station refused waits here too, for its deputy.
  return { own: all.filter(isOwn), unsent: unsent.filter(isOwn), others: all.filter((value) => !isOwn(value)) };
}

// ``now``: somebody asked, or the signal is back: no record waits for its turn.
export async function flush({ now = false } = {}) {
  asked = asked || now;
  const work = async () => {
    const hurry = asked;
    asked = false;
    await round(hurry);
  };
  if (navigator.locks) await navigator.locks.request("field-send", work);
  else await work();
}

async function round(hurry) {
  const due = (value) => hurry || isDue(value, Date.now());
  const { own } = await waiting();
  if (!own.some(due)) return plan();
  const found = await fetchSession();
  status.state = found.state;
  if (found.state !== "here") {
    const reason = { away: "unreached", out: "sign_in", other: "other_role" }[found.state];
    for (const value of own.filter(due)) await postpone(value, new Later(reason));
    tell();
    return plan();
  }
  await each(due, { session: found.session });
  tell();
  return plan();
}

async function each(due, carrier) {
  const tried = new Set();
  status.sending = true;
  tell();
  try {
    for (;;) {
      const next = (await waiting()).own.filter((value) => due(value) && !tried.has(value.id)).sort((a, b) => a.kept_at - b.kept_at)[0];
      if (!next) return;
      tried.add(next.id);
      try {
        await send(next, carrier, tell);
      } catch (problem) {
        const reason = problem instanceof Later ? problem : new Later("unclear");
        await postpone(next, reason);
        if (reason.stop) return;
      }
    }
  } finally {
    status.sending = false;
  }
}

function postpone(value, { reason, after }) {
  return changeRecord(value.id, (now) => {
    now.tries = (now.tries || 0) + 1;
    const wait = Math.min(LONGEST, SHORTEST * 2 ** Math.min(now.tries - 1, 8)) * (0.75 + Math.random() / 2);
    now.last = { at: Date.now(), reason };
    now.next_at = Date.now() + Math.max(wait, Math.min(after, LONGEST));
  });
}

async function plan() {
  clearTimeout(timer);
  const { own } = await waiting();
  if (!own.length) return;
  const now = Date.now();
  const next = Math.min(...own.map((value) => (isDue(value, now) ? now + SHORTEST : value.next_at)));
  timer = setTimeout(flush, Math.max(1000, next - now));
  askForBackground();
}

async function askForBackground() {
  try {
    const worker = await navigator.serviceWorker.ready;
    if (worker.sync) await worker.sync.register("field-send");
  } catch (problem) {
    // Not every browser sends in the background: the page does.
  }
}

export function watch() {
  addEventListener("online", () => flush({ now: true }));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && flush());
  flush({ now: true });
}

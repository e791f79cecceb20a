// When to send: one tab at a time, patiently.
import { Later } from "./carry.js";
import { tell } from "./news.js";
import { sendAll } from "./send.js";
import { fetchSession, kept, personOf } from "./session.js";
import { changeRecord, records } from "./store.js";

const SHORTEST = 5000;
const LONGEST = 10 * 60000;
const DRAWN_EVERY = 1000;
// Why something waits that will do so for no fault of its own.
const PATIENTLY = ["unreached", "sign_in", "other_role", "busy", "full"];

export const status = { sending: false, state: null };
let timer = null;
let asked = false;
let telling = null;

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
  status.sending = true;
  tell();
  try {
    await sendAll((await waiting()).own, { due, carrier, changed, postpone });
  } finally {
    status.sending = false;
  }
}

// Whoever shows the queue draws it anew now and then, not for each of hundreds.
function changed() {
  telling = telling || setTimeout(() => {
    telling = null;
    tell();
  }, DRAWN_EVERY);
}

function postpone(value, { reason, after }) {
  return changeRecord(value.id, (now) => {
    now.tries = (now.tries || 0) + 1;
    if (!PATIENTLY.includes(reason)) now.failed = (now.failed || 0) + 1;
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

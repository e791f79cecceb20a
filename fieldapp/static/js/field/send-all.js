// What is sent in which order: rounds first, step by step; then the words of
// several cases at once, for a weak line takes its time for each; then their
// photos, one after the other, for they fill the line.
import { Later } from "./carry.js";
import { sendPhotos, sendWords } from "./send.js";
import { sendStep } from "./steps.js";

const AT_ONCE = 6;
// So often a round's beginning may fail before its cases go without it.
const PATIENT = 8;

const oldest = (a, b) => a.kept_at - b.kept_at;

// ``due`` and ``postpone`` are the queue's; nothing more is begun once the line is dead.
export async function sendAll(own, { due, carrier, changed, postpone }) {
  let dead = false;
  const attempt = async (value, work) => {
    if (dead) return null;
    try {
      return await work();
    } catch (problem) {
      const reason = problem instanceof Later ? problem : new Later("unclear");
      await postpone(value, reason);
      dead = dead || reason.stop;
      return reason;
    }
  };

  // Cases of a round that the station has not heard of yet.
  const waits = new Set();
  for (const value of own.filter(({ step }) => step).sort((a, b) => a.turn - b.turn)) {
    const reason = await attempt(value, () => sendStep(value, carrier, changed));
    if (dead || !(reason instanceof Later) || (value.failed || 0) >= PATIENT) continue;
    for (const one of own.filter(({ fields }) => fields.activity === value.id)) {
      waits.add(one);
      await postpone(one, reason);
    }
  }

  const cases = own.filter((value) => !value.step && due(value) && !waits.has(value)).sort(oldest);
  const pictured = [];
  const sender = async () => {
    while (cases.length && !dead) {
      const value = cases.shift();
      const missing = await attempt(value, () => sendWords(value, carrier, changed));
      if (Array.isArray(missing)) pictured.push([value, missing]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  for (const [value, missing] of pictured.sort(([a], [b]) => oldest(a, b))) {
    await attempt(value, () => sendPhotos(value, missing, carrier, changed));
  }
}

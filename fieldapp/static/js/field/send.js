// Sends what is kept. Rounds first, step by step; then the words of several cases at
// once, for a weak line takes its time for each; then their photos, one after the
// other, for they fill the line. Nothing counts as received but an answer that echoes
// the record's id.
import { Later, authorised, json, later } from "./carry.js";
import { asSent } from "./keep.js";
import { sendPhoto } from "./send-photo.js";
import { personOf } from "./session.js";
import { sendStep } from "./steps.js";
import { changeRecord, dropRecord, record } from "./store.js";

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

// The photos that are missing; null where nothing more is to be sent of it.
async function sendWords(value, carrier, changed) {
  if (value.author !== personOf(carrier.session)) return null;
  const sent = asSent(value);
  const body = new FormData();
  body.append("case", JSON.stringify(sent));
  const answer = await authorised(carrier, "/field/sync", { method: "POST", body });
  const said = await json(answer);
  if (said.id !== value.id) {
    if (answer.ok || answer.status === 409 || answer.status === 422) throw new Later("unclear");
    throw later(answer);
  }
  if (answer.status === 409) await changeRecord(value.id, (now) => (now.state = "both"));
  else if (answer.status === 422) await attend(value, said.errors || {});
  else if ((answer.status !== 200 && answer.status !== 201) || !Array.isArray(said.missing)) throw later(answer);
  else return received(value, said, Boolean(sent.activity) && said.activity === null, changed);
  changed();
  return null;
}

async function received(value, { number, missing }, alone, changed) {
  if (!missing.length && !alone) await dropRecord(value.id);
  else {
    await changeRecord(value.id, (now) => {
      Object.assign(now, { number, alone });
      now.photos.forEach((one) => (one.verified = !missing.includes(one.sha256)));
      if (!missing.length) now.state = "alone";
    });
  }
  changed();
  return missing.length ? missing : null;
}

async function sendPhotos(value, missing, carrier, changed) {
  for (const photo of value.photos.filter(({ sha256 }) => missing.includes(sha256))) {
    const sentence = await sendPhoto(value, photo, carrier);
    if (sentence !== null) {
      await attend(value, { photos: sentence });
      return changed();
    }
    await changeRecord(value.id, (now) => now.photos.forEach((one) => (one.verified = one.verified || one.sha256 === photo.sha256)));
    changed();
  }
  await letGo(value);
  changed();
}

// The station has all of it. What it has to say of it stays until it was read.
async function letGo({ id }) {
  const now = await record(id);
  if (!now || !now.alone) await dropRecord(id);
  else await changeRecord(id, (value) => (value.state = "alone"));
}

// The form has one line for code and serial, and one for the photos.
function attend(value, { serial, attachments, ...others }) {
  const errors = { ...others, ...(serial ? { slip: serial } : {}), ...(attachments ? { photos: attachments } : {}) };
  return changeRecord(value.id, (now) => Object.assign(now, { state: "attention", errors }));
}

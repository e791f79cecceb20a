// Sends one record: words first, then what is missing of its photos. Nothing
// counts as received but an answer that echoes the record's id.
import { Later, authorised, json, later } from "./carry.js";
import { asSent } from "./keep.js";
import { sendPhoto } from "./send-photo.js";
import { personOf } from "./session.js";
import { changeRecord, dropRecord, record } from "./store.js";

// The photos that are missing; null where nothing more is to be sent of it.
export async function sendWords(value, carrier, changed) {
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

export async function sendPhotos(value, missing, carrier, changed) {
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

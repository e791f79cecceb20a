// Sends one record: words first, then what is missing of its photos. Nothing
// counts as received but an answer that echoes the record's id.
import { Later, authorised, json, later } from "./carry.js";
import { asSent } from "./keep.js";
import { sendPhoto } from "./send-photo.js";
import { personOf } from "./session.js";
import { changeRecord, dropRecord } from "./store.js";

export async function send(value, carrier, changed) {
  if (value.author !== personOf(carrier.session)) return;
  const missing = await sendWords(value, carrier, changed);
  if (!missing) return;
  for (const photo of value.photos.filter(({ sha256 }) => missing.includes(sha256))) {
    const sentence = await sendPhoto(value, photo, carrier);
    if (sentence !== null) return attend(value, { photos: sentence }, changed);
    await changeRecord(value.id, (now) => now.photos.forEach((one) => (one.verified = one.verified || one.sha256 === photo.sha256)));
    changed();
  }
  await dropRecord(value.id);
  changed();
}

async function sendWords(value, carrier, changed) {
  const body = new FormData();
  body.append("case", JSON.stringify(asSent(value)));
  const answer = await authorised(carrier, "/field/sync", { method: "POST", body });
  const said = await json(answer);
  if (said.id !== value.id) {
    if (answer.ok || answer.status === 409 || answer.status === 422) throw new Later("unclear");
    throw later(answer);
  }
  if (answer.status === 409) {
    await changeRecord(value.id, (now) => (now.state = "both"));
    return changed();
  }
  if (answer.status === 422) return attend(value, said.errors || {}, changed);
  if ((answer.status !== 200 && answer.status !== 201) || !Array.isArray(said.missing)) throw later(answer);
  await changeRecord(value.id, (now) => {
    now.number = said.number;
    now.photos.forEach((one) => (one.verified = !said.missing.includes(one.sha256)));
  });
  changed();
  return said.missing;
}

// The form has one line for code and serial, and one for the photos.
async function attend(value, { serial, attachments, ...others }, changed) {
  const errors = { ...others, ...(serial ? { slip: serial } : {}), ...(attachments ? { photos: attachments } : {}) };
  await changeRecord(value.id, (now) => Object.assign(now, { state: "attention", errors }));
  changed();
}

// Keeping a record: it gets its slip and its place in the queue in one transaction.
import { isSerial } from "./numbers.js";
import { within } from "./store.js";

// Slips given before stay given: a sent record leaves the phone before the
// station's next list of blank slips arrives.
export function keep(before, pool) {
  return within(["records", "facts"], async (tx) => {
    const facts = tx.objectStore("facts");
    // A copy: where the phone has no room, the draft is what it was.
    const value = Object.assign({}, before);
    if (value.slip_text || (value.errors && value.errors.slip)) value.slip = null;
    if (!value.slip && !value.slip_text) {
      const given = (await facts.get("given")) || [];
      const blank = pool.filter((slip) => !given.includes(slip.code));
      // By chance: two browsers signed in by password hold the same blank slips; enrolled phones do not.
      value.slip = blank[Math.floor(Math.random() * blank.length)] || null;
      if (value.slip) await facts.put(given.concat(value.slip.code).slice(-300), "given");
    }
    Object.assign(value, { state: "kept", kept_at: Date.now(), tries: 0, next_at: 0, errors: null });
    await tx.objectStore("records").put(value);
    return value;
  });
}

// The record as the station reads it.
export function asSent(value) {
  const text = (value.slip_text || "").trim();
  const code = value.slip ? value.slip.code : text && !isSerial(text) ? text : null;
  return {
    id: value.id,
    slip: code,
    serial: !code && text ? text : null,
    narrative: value.fields.narrative,
    summary: value.fields.summary || "",
    category: value.fields.category,
    village: value.fields.village,
    kind: value.fields.kind || "difficulty",
    activity: value.fields.activity || null,
    on_the_spot: value.fields.on_the_spot || null,
    anonymous: Boolean(value.fields.anonymous),
    sealed_contact: value.sealed_contact || null,
    captured_at: value.captured_at,
    attachments: value.photos.map(({ sha256, bytes, type }) => ({ sha256, bytes, type })),
  };
}

// The phone's own time with its zone: a claim.
export function localTime(at = new Date()) {
  const offset = -at.getTimezoneOffset();
  const two = (n) => String(Math.trunc(Math.abs(n))).padStart(2, "0");
  const local = new Date(at.getTime() + offset * 60000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

// One photo in chunks, in order, taken up again where the station left off.
import { Later, authorised, json, later } from "./carry.js";
import { changeRecord, photo as stored } from "./store.js";

const CHUNK = 512 * 1024;
const ROUNDS = 5;

// null where it is verified, a sentence where the station refuses the picture.
export async function sendPhoto(value, photo, carrier) {
  const address = `/field/attachments/${photo.sha256}`;
  const picture = await stored(value.id, photo.sha256);
  if (!picture) return "";
  let have = photo.begun ? await offset(carrier, address) : 0;
  await changeRecord(value.id, (now) => now.photos.forEach((one) => (one.begun = one.begun || one.sha256 === photo.sha256)));
  let refused = false;
  for (let turns = 0; turns < ROUNDS; ) {
    const end = Math.min(have + CHUNK, photo.bytes);
    const answer = await authorised(carrier, address, {
      method: "PUT",
      body: picture.data.slice(have, end),
      headers: { "Content-Type": photo.type, "Content-Range": `bytes ${have}-${end - 1}/${photo.bytes}` },
    });
    const said = await json(answer);
    if (answer.status === 201 && said.sha256 === photo.sha256) return null;
    // Damaged on its way, perhaps: once more from the beginning.
    if (answer.status === 422 && (refused || said.sha256 !== photo.sha256)) return said.error || "";
    if (answer.status === 422) {
      refused = true;
      have = 0;
      continue;
    }
    if (![202, 416].includes(answer.status) || typeof said.have !== "number") throw later(answer);
    if (answer.status === 416 || said.have <= have) turns += 1;
    have = said.have >= photo.bytes ? 0 : said.have;
  }
  throw new Later("unclear");
}

async function offset(carrier, address) {
  const answer = await authorised(carrier, address, { method: "HEAD" });
  return answer.ok ? Number(answer.headers.get("Upload-Offset")) || 0 : 0;
}

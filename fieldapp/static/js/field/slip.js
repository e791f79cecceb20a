// The slip on the screen: its code as a picture that another phone can read.
import { encode } from "../../vendor/uqr-0.1.3.min.js";
import { icon, ladder, make, refill, refused, svg } from "./dom.js";
import { onNews } from "./news.js";
import { serialOf } from "./numbers.js";
import { record } from "./store.js";
import { say } from "./words.js";

export function picture(address) {
  const { data, size } = encode(address, { ecc: "M", border: 4 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return svg("svg", { viewBox: `0 0 ${size} ${size}`, class: "slip__code", role: "img", "aria-label": address }, svg("path", { d: path }));
}

export async function show(section, value) {
  const code = section.querySelector("[data-code]");
  const paper = !value.slip && value.slip_text;
  refill(code, ...(value.slip ? [picture(section.dataset.base + value.slip.code)] : []));
  section.querySelector("[data-serial]").textContent = serialOf(value);
  section.querySelector("[data-without]").hidden = Boolean(value.slip || paper);
  section.querySelector("[data-hand-over]").hidden = !value.slip;
  section.querySelector("[data-paper]").hidden = !paper;
  section.hidden = false;
  section.querySelector("h1").focus();
  scrollTo(0, 0);
  const tellState = () => state(section, value);
  onNews(tellState);
  await tellState();
}

async function state(section, value) {
  const now = await record(value.id);
  const place = section.querySelector("[data-receipts]");
  if (now && now.state === "kept") {
    const words = now.last && !now.number ? [make("p", { class: "quiet" }, say(now.last.reason))] : [];
    return refill(place, ladder(now, { chair: false }), ...words);
  }
  if (now && now.state === "attention") return attend(section, place, now);
  if (now) return refill(place, make("p", {}, say(now.state)));
  refill(place, make("p", { class: "received" }, icon("circle-check"), make("span", {}, say("received_all"))));
}

// A slip that the station refused must not be given away.
function attend(section, place, now) {
  section.querySelectorAll("[data-hand-over], [data-paper]").forEach((line) => (line.hidden = true));
  refill(place, ...refused(now));
}

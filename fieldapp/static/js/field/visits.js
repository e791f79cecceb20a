// What changed since this deputy last looked: remembered on this phone alone.
import { icon, make } from "./dom.js";
import { fact, setFact } from "./store.js";
import { say } from "./words.js";

const VISIT = 30 * 60000;

// Marks in ``region`` what was answered or moved on since the last visit, and
// puts it first. A visit lasts half an hour; a clock that jumped ends it.
export async function markNews(region) {
  const rows = Array.from(region.querySelectorAll("[data-number]"));
  const { person } = region.dataset;
  const found = await fact("seen");
  const before = found && found.person === person ? found : null;
  const heads = {};
  for (const row of rows) heads[row.dataset.number] = `${row.dataset.state} ${row.dataset.answered}`;
  const now = Date.now();
  const over = before && Math.abs(now - before.at) > VISIT;
  const last = before ? (over ? before.present : before.last) : null;
  await setFact("seen", { person, last: last || heads, present: heads, at: now });
  if (!last) return;
  const news = rows.map((row) => [row, kind(row, last[row.dataset.number])]);
  for (const [row] of news) unmark(row);
  for (const [row, what] of news.filter(([, what]) => what).reverse()) {
    row.classList.add("record--news");
    row.querySelector("a").after(make("p", { class: "record__attention" }, icon(what === "answered" ? "message-square-text" : "info"), make("span", {}, say(`since_${what}`))));
    row.parentElement.prepend(row);
  }
}

function kind({ dataset }, seen) {
  if (dataset.answered && (seen === undefined || seen.split(" ")[1] !== dataset.answered)) return "answered";
  return seen !== undefined && seen.split(" ")[0] !== dataset.state ? "changed" : "";
}

function unmark(row) {
  row.classList.remove("record--news");
  row.querySelectorAll(".record__attention:not([data-asks])").forEach((line) => line.remove());
}

// The app's beginning: its parts, its worker, its queue.
import "./pill.js";
import "./lock.js";
import "./home.js";
import "./form.js";
import "./leave.js";
import "./room.js";
import "./round.js";
import { watch } from "./queue.js";
import { keepsAnything } from "./room.js";
import { setFact } from "./store.js";

// A language chosen without signal is told to the station later.
const wish = new URLSearchParams(location.search).get("lang");
if (wish && keepsAnything()) setFact("language", wish).catch(() => {});

async function keepForOffline() {
  let registration;
  try {
    registration = await navigator.serviceWorker.register("/field/worker.js?module", { scope: "/field", type: "module" });
  } catch (problem) {
    registration = await navigator.serviceWorker.register("/field/worker.js", { scope: "/field" });
  }
  const worker = registration.active || registration.waiting || registration.installing;
  if (worker) worker.postMessage({ language: document.documentElement.lang });
}

if (keepsAnything()) {
  keepForOffline().catch(() => {});
  watch();
}

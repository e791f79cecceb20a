// What this phone promises: room, to let what is kept stay, or to clear it after a week.
import { onNews } from "./news.js";
import { waiting } from "./queue.js";
import { fact, setFact } from "./store.js";
import { say } from "./words.js";

const SHORT = 40e6;

export const keepsAnything = () => Boolean(window.indexedDB && window.crypto && crypto.subtle && "serviceWorker" in navigator);

// Bytes free, and whether the phone has promised to clear nothing by itself; null where it does not say.
export async function room() {
  if (!navigator.storage || !navigator.storage.estimate) return null;
  const { quota, usage } = await navigator.storage.estimate();
  const stays = navigator.storage.persisted ? await navigator.storage.persisted() : false;
  return { free: Math.max(0, quota - usage), stays, short: quota - usage < SHORT };
}

// Asked when first there is something to lose; some browsers put it to the person.
export async function askToStay() {
  if (!navigator.storage || !navigator.storage.persist || (await fact("asked_to_stay"))) return;
  await setFact("asked_to_stay", true);
  await navigator.storage.persist();
}

export function size(bytes) {
  const words = bytes < 1e9 ? `${Math.floor(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
  return `\u2066${words}\u2069`;
}

export const shortOf = ({ free }) => say("room_short", { room: size(free) });

// Safari clears what a page keeps that is not on the home screen.
const isCleared = () => navigator.standalone === false;

class PhoneRoom extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-elsewhere]").hidden = keepsAnything();
    if (!keepsAnything()) return;
    onNews(() => this.draw());
    this.draw();
  }

  async draw() {
    const { unsent } = await waiting();
    this.notice("[data-cleared]", isCleared() && (unsent.length ? say("week_unsent", { n: unsent.length }) : say("week")));
    const found = await room();
    if (!found) return;
    this.notice("[data-short]", found.short && shortOf(found));
    const line = document.querySelector("[data-room]");
    line.textContent = say(found.stays ? "room_stays" : "room", { room: size(found.free) });
  }

  notice(which, sentence) {
    const place = this.querySelector(which);
    place.hidden = !sentence;
    place.querySelector("span").textContent = sentence || "";
  }
}

customElements.define("phone-room", PhoneRoom);

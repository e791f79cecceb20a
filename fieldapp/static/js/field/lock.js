// On an enrolled phone a cover lies over what is kept here, once the app was out
// of sight for a while. A cover, no safe: without signal the phone knows eight
// bits of the PIN, so that whoever reads them does not learn it.
import { sha256 } from "./ids.js";
import { fetchSession, kept } from "./session.js";
import { fact, setFact } from "./store.js";

const MOST_WRONG = 5;
let state = null;
let timer = null;

// Whether nothing may be shown; found once for a page, until the PIN is given.
export const isLocked = () => (state = state || wasLeft());

async function wasLeft() {
  const { device } = (await kept()) || {};
  if (!device) return false;
  const away = Date.now() - ((await fact("open")) || 0);
  return away < -60000 || away > device.idle * 1000;
}

async function open() {
  state = Promise.resolve(false);
  await setFact("open", Date.now());
  await setFact("wrong", 0);
  show(false);
}

function show(locked) {
  const cover = document.querySelector("field-lock");
  if (!cover) return;
  cover.hidden = !locked;
  document.querySelector("field-home").hidden = locked;
}

// What the station says of this phone. True where it must stay covered.
export async function heed({ session, revoked }) {
  if (session && !(session.device && session.device.locked)) await open();
  else if (session || revoked) {
    state = Promise.resolve(true);
    await setFact("open", 0);
    if (revoked) await setFact("wrong", MOST_WRONG);
    show(true);
  }
  const cover = document.querySelector("field-lock");
  cover.querySelector("[data-revoked]").hidden = !revoked;
  cover.querySelector("form").hidden = Boolean(revoked);
  return isLocked();
}

async function look(used) {
  if (await isLocked()) return;
  if (await wasLeft()) {
    document.documentElement.hidden = true;
    location.replace(location.pathname);
  } else if (used && (await kept() || {}).device) await setFact("open", Date.now());
}

async function watch() {
  clearTimeout(timer);
  const hidden = document.visibilityState === "hidden";
  await look(hidden);
  const { device } = (await kept()) || {};
  if (hidden && device) timer = setTimeout(look, device.idle * 1000 + 500);
}

document.addEventListener("visibilitychange", watch);
setInterval(() => look(document.visibilityState === "visible"), 30000);

class FieldLock extends HTMLElement {
  async connectedCallback() {
    this.form = this.querySelector("form");
    this.form.addEventListener("submit", (event) => this.submit(event));
    show(await isLocked().catch(() => false));
  }

  async submit(event) {
    event.preventDefault();
    const { state: found, session } = await fetchSession();
    if (found === "away") return this.compare();
    if (found !== "here" || !session.device) return location.assign("/field/unlock");
    this.form.elements.csrf_token.value = session.csrf_token;
    this.form.elements.device.value = session.device.id;
    this.form.submit();
  }

  async compare() {
    const { device } = (await kept()) || {};
    const wrong = (await fact("wrong")) || 0;
    const pin = this.form.elements.pin.value.normalize("NFKC").replace(/\D/g, "");
    const hash = await sha256(new TextEncoder().encode(device.salt + pin));
    const right = wrong < MOST_WRONG && hash.startsWith(device.hint);
    await setFact("wrong", wrong + 1);
    this.querySelector("[data-wrong]").hidden = right;
    if (right) await open();
  }
}

customElements.define("field-lock", FieldLock);

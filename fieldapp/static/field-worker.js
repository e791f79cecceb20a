// Keeps every file of the app under the hash of its content, so that it opens
// without signal. FILES is written above this line by the station, and DECODER:
// what only a browser needs that reads no QR codes by itself.
const CACHE = "field";
const WORDS = "field-language";
const HASHES = Object.assign({}, FILES, DECODER);
const keyOf = (path) => `${path}?kept=${HASHES[path]}`;

self.addEventListener("install", (event) => {
  event.waitUntil(fetchMissing().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOld().then(() => self.clients.claim()));
});

async function fetchMissing() {
  const cache = await caches.open(CACHE);
  const wanted = (await readsCodes()) ? FILES : HASHES;
  await Promise.all(Object.keys(wanted).map(async (path) => {
    if (await cache.match(keyOf(path))) return;
    await cache.put(keyOf(path), await fetched(path));
  }));
}

async function readsCodes() {
  if (!("BarcodeDetector" in self)) return false;
  return (await BarcodeDetector.getSupportedFormats().catch(() => [])).includes("qr_code");
}

// What the page has fetched already is not fetched again, unless it is another version.
async function fetched(path) {
  for (const mode of ["default", "reload"]) {
    // Nobody's cookie: what is kept belongs to no person.
    const answer = await fetch(path, { credentials: "omit", cache: mode });
    if (!answer.ok || answer.redirected) throw new Error(`${path}: ${answer.status}`);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await answer.clone().arrayBuffer()));
    const hash = Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
    if (hash === HASHES[path] || mode === "reload") return answer;
  }
}

async function dropOld() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(HASHES).map((path) => new URL(keyOf(path), location.origin).href));
  await Promise.all((await cache.keys()).filter((request) => !wanted.has(request.url)).map((request) => cache.delete(request)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const page = { "/field": "home", "/field/new": "new" }[url.pathname];
  if (page && request.mode === "navigate") event.respondWith(shell(page, url, request));
  else if (HASHES[url.pathname] && !url.search) event.respondWith(file(url.pathname, request));
});

let opened = null;

async function keptAs(path) {
  opened = opened || caches.open(CACHE);
  return (await opened).match(keyOf(path));
}

async function file(path, request) {
  return (await keptAs(path)) || fetch(request);
}

async function shell(page, url, request) {
  const chosen = await language(url.searchParams.get("lang"));
  const kept = chosen && (await keptAs(`/field/shell/${chosen}/${page}`));
  return kept || fetch(request);
}

async function language(wish) {
  const cache = await caches.open(WORDS);
  if (wish && FILES[`/field/shell/${wish}/home`]) await cache.put("/language", new Response(wish));
  const kept = await cache.match("/language");
  return kept ? kept.text() : null;
}

self.addEventListener("message", (event) => {
  if (event.data && event.data.language) event.waitUntil(language(event.data.language));
});

// Seeded histories of one phone: matters are captured while tabs die, storage
// fills, the clock is wrong and the line is bad; then it is calm, and all is sent.
const YEARS = 10 * 365 * 86400000;
const PATIENCE = 40000;
const WORDS = "三号条田渠道淤堵，浇不上水。";

export const told = { done: 0, kept: [], wrong: [] };

// mulberry32: a number below n.
function chance(seed) {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return Math.floor((((word ^ (word >>> 14)) >>> 0) / 4294967296) * n);
  };
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const tell = (word) => fetch(`/trial/${word}`, { cache: "no-store" });

function wipe() {
  return new Promise((done, fail) => Object.assign(indexedDB.deleteDatabase("field"), { onsuccess: done, onerror: fail }));
}

function open(clock = 0) {
  const frame = document.createElement("iframe");
  document.body.append(frame);
  const script = frame.contentDocument.createElement("script");
  script.type = "module";
  script.src = `/trial/sync_tab.js?clock=${clock}`;
  return new Promise((done, fail) => {
    script.onload = () => done({ frame, ...frame.contentWindow.tab });
    script.onerror = () => fail(new Error("a tab did not open"));
    frame.contentDocument.body.append(script);
  });
}

const close = (tab) => tab.frame.remove();

// Pictures that the station takes: a small one, a large one, each made another by bytes after its end.
export async function pictures() {
  const made = [];
  for (const [width, height] of [[16, 12], [700, 500]]) {
    const canvas = new OffscreenCanvas(width, height);
    const paper = canvas.getContext("2d");
    const noise = paper.createImageData(width, height);
    for (let at = 0; at < noise.data.length; at += 65536) crypto.getRandomValues(noise.data.subarray(at, at + 65536));
    for (let at = 3; at < noise.data.length; at += 4) noise.data[at] = 255;
    paper.putImageData(noise, 0, 0);
    made.push(new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 1 })).arrayBuffer()));
  }
  return made;
}

async function another(picture) {
  const data = new Uint8Array(picture.length + 8);
  data.set(picture);
  crypto.getRandomValues(data.subarray(picture.length));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
  return { sha256: Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join(""), bytes: data.length, type: "image/jpeg", data: data.buffer };
}

class History {
  constructor(seed, made) {
    Object.assign(this, { seed, made, dice: chance(seed), tabs: [], kept: [] });
  }

  async run() {
    await tell(`begin-${this.seed}`);
    await wipe();
    const first = await this.newTab();
    await this.signedIn(first);
    await tell("storm");
    const matters = 1 + this.dice(2);
    for (let number = 0; number < matters; number++) await this.capture(number);
    await this.calm();
  }

  // The server may just be starting again.
  async signedIn(tab) {
    for (const until = performance.now() + PATIENCE; performance.now() < until; await pause(100)) {
      if ((await tab.fetchSession()).state === "here") return;
    }
    throw new Error("the phone is not signed in");
  }

  async newTab() {
    const clock = this.dice(4) ? 0 : this.dice(2) ? YEARS : -YEARS;
    const tab = await open(clock);
    this.tabs.push(tab);
    return tab;
  }

  killAll() {
    this.tabs.splice(0).forEach(close);
  }

  async anyTab() {
    if (!this.tabs.length || !this.dice(3)) return this.newTab();
    return this.withRoom(this.tabs[this.dice(this.tabs.length)]);
  }

  // Written keystroke by keystroke, photos in between, kept at last: whatever dies on the way.
  async capture(number) {
    let tab = await this.anyTab();
    this.session = this.session || (await tab.kept());
    const author = tab.personOf(this.session);
    const photos = await Promise.all(Array.from({ length: [0, 1, 1, 2][this.dice(4)] }, () => another(this.made[this.dice(12) ? 0 : 1])));
    const narrative = `${this.seed}.${number} ${WORDS}`;
    let value = { id: tab.uuid7(), author, state: "draft", captured_at: tab.localTime(), fields: { category: "water", village: "v01", kind: "difficulty", narrative: narrative.slice(0, 6) }, photos: [], sealed_contact: null };
    await tab.saveRecord(value);
    if (!this.dice(6)) tab = await this.dies();
    for (const photo of photos) await this.whileFull(tab, (now) => this.withPhoto(now, value.id, photo));
    value = await (await this.alive(tab)).record(value.id);
    value.fields.narrative = narrative;
    tab = await this.alive(tab);
    await tab.saveRecord(value);
    await this.keep(tab, value);
    if (!this.dice(4)) return this.dies();
    const other = this.dice(3) ? null : await this.newTab();
    for (let tries = 2 + this.dice(4); tries; tries--) {
      if (other) this.send(other);
      const sent = this.send(this.tabs[this.dice(this.tabs.length)]);
      await Promise.race([sent, pause(this.dice(400))]);
    }
    if (!this.dice(3)) this.killAll();
  }

  async withPhoto(tab, id, photo) {
    const value = await tab.record(id);
    const { sha256, bytes, type } = photo;
    value.photos.push({ sha256, bytes, type, verified: false });
    await tab.addPhoto(value, photo);
  }

  async keep(tab, value) {
    await this.whileFull(tab, async (now) => {
      const before = await now.record(value.id);
      if (before.state !== "draft") throw new Error(`${value.id}: kept, though the phone said there was no room`);
      // As the form does: another deputy's slips are not this one's to give.
      const session = await now.kept();
      await now.keep(before, (now.personOf(session) === value.author ? session : this.session).slips);
      // From here on the deputy has read "kept on this phone".
      this.kept.push({ id: value.id, narrative: value.fields.narrative, author: value.author, photos: before.photos.map(({ sha256 }) => sha256) });
    });
  }

  // One time in five there is no room at first; what then fails must have changed nothing.
  async whileFull(tab, work) {
    const now = await this.alive(tab);
    if (!this.dice(5)) {
      now.fill(this.dice(2) ? "at once" : "at the end");
      const done = await work(now).then(() => true, () => false);
      now.fill(null);
      if (done) return;
    }
    await work(now);
  }

  async dies() {
    this.killAll();
    return this.newTab();
  }

  alive(tab) {
    return tab.frame.isConnected ? this.withRoom(tab) : this.anyTab();
  }

  withRoom(tab) {
    tab.fill(null);
    return tab;
  }

  send(tab) {
    if (!this.dice(8)) {
      tab.fill("at the end");
      setTimeout(() => tab.fill(null), 40);
    }
    return tab.flush({ now: true }).catch(() => {});
  }

  async calm() {
    this.killAll();
    await tell("calm");
    const both = [await open(), await open()];
    // Opening the app asks who is signed in.
    await this.signedIn(both[0]);
    const until = performance.now() + PATIENCE;
    let left = [];
    do {
      await Promise.all(both.map((tab) => tab.flush({ now: true })));
      left = await both[0].records();
    } while (left.some(({ state }) => state === "kept") && performance.now() < until && (await pause(50), true));
    both.forEach(close);
    told.kept.push(...this.kept);
    told.wrong.push(...left.map(({ id, state, last, errors }) => `history ${this.seed}: ${id} is left as ${state} ${JSON.stringify(last || errors || "")}`));
  }
}

export async function run(from, to) {
  const made = await pictures();
  for (let seed = from; seed < to; seed++) {
    const history = new History(seed, made);
    try {
      await history.run();
    } catch (problem) {
      history.killAll();
      told.kept.push(...history.kept);
      told.wrong.push(`history ${seed}: ${problem.stack || problem}`);
    }
    told.done += 1;
  }
  told.over = true;
}

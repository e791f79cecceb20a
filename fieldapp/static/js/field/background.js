// Background Sync, where the browser has it and runs workers as modules.
import { flush, waiting } from "./queue.js";

// While something is left the promise is broken: the browser then asks again later.
async function sendAll() {
  await flush({ now: true });
  const { own } = await waiting();
  if (own.length) throw new Error("unsent");
}

self.addEventListener("sync", (event) => {
  if (event.tag === "field-send") event.waitUntil(sendAll());
});

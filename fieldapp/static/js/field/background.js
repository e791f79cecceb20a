// Background Sync, where the browser has it and runs workers as modules.
import { flush } from "./queue.js";

self.addEventListener("sync", (event) => {
  if (event.tag === "field-send") event.waitUntil(flush({ now: true }));
});

// Tells this tab, other tabs and the worker that something on the phone changed.
const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("field") : null;
const listeners = new Set();

if (channel) channel.onmessage = () => listeners.forEach((listener) => listener());

export const onNews = (listener) => listeners.add(listener);

export function tell() {
  listeners.forEach((listener) => listener());
  if (channel) channel.postMessage("changed");
}

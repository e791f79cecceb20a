// Carries a request to the station, with the present token, and reads what came back.
import { fetchSession, personOf } from "./session.js";

// Why something could not be sent now; ``stop``: nothing else can be either.
export class Later extends Error {
  constructor(reason, { after = 0, stop = false } = {}) {
    super(reason);
    Object.assign(this, { reason, after, stop });
  }
}

const REASONS = { 403: "refused", 429: "busy", 503: "busy", 507: "full" };

export function later(answer) {
  const after = Number(answer.headers.get("Retry-After")) || 0;
  return new Later(REASONS[answer.status] || (answer.status >= 500 ? "failed" : "unclear"), { after: after * 1000 });
}

export async function json(answer) {
  try {
    return await answer.json();
  } catch (problem) {
    return {};
  }
}

// Sends with the present token; a stale one is renewed once, if the person is still the same.
export async function authorised(carrier, address, options) {
  for (const again of [false, true]) {
    let answer;
    try {
      answer = await fetch(address, {
        ...options, credentials: "same-origin", redirect: "manual", cache: "no-store",
        headers: { Accept: "application/json", ...options.headers, "X-CSRF-Token": carrier.session.csrf_token },
      });
    } catch (problem) {
      throw new Later("unreached", { stop: true });
    }
    if (answer.status !== 401) return answer;
    if (again) break;
    const fresh = await fetchSession();
    if (fresh.state === "away") throw new Later("unreached", { stop: true });
    if (fresh.state !== "here" || personOf(fresh.session) !== personOf(carrier.session)) break;
    carrier.session = fresh.session;
  }
  throw new Later("sign_in", { stop: true });
}

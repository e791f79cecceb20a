// Whose phone it is now, and what the station lends it for working offline.
import { dropFact, fact, records, setFact } from "./store.js";

export const personOf = (session) => (session ? String(session.person.id === undefined ? session.person : session.person.id) : null);

// Nobody's where another person has signed in since: the cookie says who.
export async function kept() {
  const session = await fact("session");
  const who = self.document && /(?:^|; )who=(\d+)/.exec(document.cookie);
  return session && who && who[1] !== personOf(session) ? null : session;
}

// The day where the station stands, whatever zone the phone is set to.
export const dayAt = ({ utc_offset: minutes }) => new Date(Date.now() + (minutes === undefined ? -new Date().getTimezoneOffset() : minutes) * 60000).toISOString().slice(0, 10);

// "here" with the session, or why not: away (no signal), out (sign in), other (not a deputy).
export async function fetchSession() {
  let answer;
  try {
    answer = await fetch("/field/session", { headers: { Accept: "application/json" }, credentials: "same-origin", redirect: "manual", cache: "no-store" });
  } catch (problem) {
    return { state: "away" };
  }
  if (answer.status === 401) return { state: "out", revoked: (await answer.json().catch(() => ({}))).phone === "revoked" };
  if (answer.status === 404 || answer.status === 403) return { state: "other" };
  try {
    const session = await answer.json();
    if (!session.csrf_token || !session.seal) return { state: "away" };
    // What the person before was lent is not for this one.
    if (personOf(await fact("session")) !== personOf(session)) await forget();
    await setFact("session", { ...session, at: Date.now() });
    return { state: "here", session };
  } catch (problem) {
    return { state: "away" };
  }
}

export const forget = async () => {
  await dropFact("session");
  await dropFact("cases");
  await dropFact("seen");
};

export async function mine() {
  const person = personOf(await kept());
  return (await records()).filter((value) => value.author === person);
}

// The page's own sentences, in its language, with {names} to fill.
const island = document.getElementById("words");
const sentences = island ? JSON.parse(island.textContent) : {};

export function say(name, given = {}) {
  return (sentences[name] || name).replace(/\{(\w+)\}/g, (all, key) => (key in given ? given[key] : all));
}

export function age(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  if (minutes < 1) return say("now");
  if (minutes < 60) return say("minutes", { n: minutes });
  if (minutes < 60 * 24) return say("hours", { n: Math.floor(minutes / 60) });
  return say("days", { n: Math.floor(minutes / 60 / 24) });
}

export function clock(time) {
  const at = new Date(time);
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

// A place or category in the page's language.
export function named({ name, names = {} }) {
  return names[document.documentElement.lang] || name;
}

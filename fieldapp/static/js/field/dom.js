// Small elements, built without markup in strings.
import { say } from "./words.js";

export function make(tag, given = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...inside.filter((part) => part !== null && part !== undefined));
  return element;
}

// Element.replaceChildren, which browsers have had only since 2020.
export function refill(place, ...inside) {
  while (place.firstChild) place.firstChild.remove();
  place.append(...inside);
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, given, ...inside) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(given)) element.setAttribute(name, value);
  element.append(...inside);
  return element;
}

export function icon(name) {
  const sprite = document.querySelector("main").dataset.sprite;
  return svg("svg", { class: "icon", width: 20, height: 20, "aria-hidden": "true" }, svg("use", { href: `${sprite}#icon-${name}` }));
}

// The four receipts of a record that is still on this phone.
export function ladder(value, { chair = true } = {}) {
  const verified = value.photos.filter((photo) => photo.verified).length;
  const steps = [
    [true, say("kept")],
    [Boolean(value.number), say("words_received")],
    [Boolean(value.number) && verified === value.photos.length, say("photos_verified", { n: verified, all: value.photos.length })],
    [false, say("chair_seen")],
  ].filter((step, at) => (at !== 2 || value.photos.length) && (at !== 3 || chair));
  return make("ol", { class: "ladder" }, ...steps.map(([done, words]) => make("li", done ? { class: "ladder__done" } : {}, icon(done ? "circle-check" : "circle"), make("span", {}, words))));
}

// What is still the deputy's to do, and the way back into the form.
export function unfinished(value, sign, sentences, label) {
  return [
    make("p", { class: "record__attention" }, icon(sign), make("span", {}, sentences.join(" · "))),
    make("a", { class: "button button--plain", href: `/field/new?record=${value.id}` }, say(label)),
  ];
}

// What the station refused of it.
export function refused(value) {
  const sentences = Object.values(value.errors || {}).map((sentence) => sentence || say("photo_refused"));
  return unfinished(value, "triangle-alert", [say("attention"), ...sentences], "correct");
}

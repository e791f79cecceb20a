// Tiles and villages from what the phone keeps, where the page came without them.
import { preset } from "./rounds.js";
import { fact } from "./store.js";
import { named, say } from "./words.js";

const FIRST = 7;

export async function choices(form, session) {
  const tiles = form.querySelector("[data-tiles]");
  if (!tiles.querySelector("[name=category]")) draw(tiles, session.categories);
  const village = form.elements.village;
  if (village.options.length < 2) {
    for (const place of session.villages) village.add(new Option(named(place), place.code));
  }
  await preset(form, session);
  const last = await fact("village");
  if (!village.value && session.villages.some(({ code }) => code === last)) village.value = last;
}

function draw(tiles, categories) {
  const template = tiles.querySelector("template");
  const more = tiles.querySelector("[data-more]");
  categories.forEach((category, at) => {
    const tile = template.content.firstElementChild.cloneNode(true);
    const far = at >= FIRST && categories.length > FIRST + 1;
    const input = tile.querySelector("input");
    input.value = category.code;
    input.id = `category-${at}`;
    tile.querySelector("use").setAttribute("href", `${tiles.dataset.sprite}#category-${category.code}`);
    tile.querySelector("span").textContent = named(category);
    tile.classList.toggle("tile--far", far);
    if (far) tiles.append(tile);
    else tiles.insertBefore(tile, more);
  });
  more.hidden = categories.length <= FIRST + 1;
  more.setAttribute("title", say("more_cases"));
}

// On the form: today's round, and the village of its present stop, unless another was chosen.
import { refill } from "./dom.js";
import { choose, known, nameOf, open, placeOf, present } from "./rounds.js";

export function offer(select, session, { stops }, now) {
  refill(select, ...stops.map((stop) => new Option(placeOf(session, stop), stop.id, false, now && stop.id === now.id)));
}

export async function preset(form, session) {
  const { activity, village } = form.elements;
  const stops = form.querySelector("[data-stops]");
  const all = (await known(session)).filter((round) => !round.called_off);
  const [today] = await open(session, all);
  activity.closest("[data-round]").hidden = !all.length;
  const none = activity.options[0];
  refill(activity, none, ...all.map((round) => new Option(nameOf(round), round.code, false, round === today)));
  const chosen = () => all.find(({ code }) => code === activity.value);
  const show = async (move) => {
    const round = chosen();
    const stop = round && (await present(session, round));
    stops.hidden = !stop;
    if (!stop) return;
    offer(stops, session, round, stop);
    if (move) village.value = stop.village;
  };
  activity.addEventListener("change", () => show(true));
  stops.addEventListener("change", async () => {
    const stop = chosen().stops[stops.selectedIndex];
    await choose(session, chosen(), stop);
    village.value = stop.village;
    village.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await show(!village.value || village.selectedOptions[0].defaultSelected);
}

// A record that waited longer than its round is known here keeps it.
export function admit({ elements: { activity } }, code) {
  if (code && !Array.from(activity.options).some(({ value }) => value === code)) activity.add(new Option(code, code));
}

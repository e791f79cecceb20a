// Reads and fills the form; the contact is never among what is kept readable.
import { holdsNumber, slipFits } from "./numbers.js";
import { admit } from "./rounds.js";
import { say } from "./words.js";

const TEXTS = ["activity", "narrative", "summary", "village", "on_the_spot"];
const LONGEST = { narrative: 10000, summary: 200, on_the_spot: 4000 };

const chosen = (form, name) => {
  const input = form.querySelector(`[name="${name}"]:checked`);
  return input ? input.value : "";
};

export function fieldsOf(form) {
  const fields = { category: chosen(form, "category"), kind: chosen(form, "kind"), anonymous: form.elements.anonymous.checked };
  for (const name of TEXTS) fields[name] = form.elements[name].value;
  return fields;
}

export function fill(form, value) {
  admit(form, value.fields.activity);
  for (const name of TEXTS) form.elements[name].value = value.fields[name] || "";
  for (const name of ["category", "kind"]) {
    for (const input of form.querySelectorAll(`[name="${name}"]`)) input.checked = input.value === value.fields[name];
  }
  form.elements.anonymous.checked = Boolean(value.fields.anonymous);
  form.elements.slip.value = value.slip_text || "";
  for (const fold of form.querySelectorAll("details")) fold.open = fold.open || holdsWords(fold);
}

const holdsWords = (fold) => Array.from(fold.querySelectorAll("input:not([type=checkbox]):not([type=radio]), textarea")).some((input) => input.value);

export function problems(form, { knows }) {
  const fields = fieldsOf(form);
  const found = {};
  if (!fields.category) found.category = say("choose");
  if (!fields.village) found.village = say("choose");
  if (!fields.narrative.trim()) found.narrative = say("needed");
  for (const [name, most] of Object.entries(LONGEST)) if (fields[name].length > most) found[name] = say("too_long");
  const slip = form.elements.slip.value.trim();
  if (slip && !slipFits(slip)) found.slip = say("slip_wrong");
  if (holdsNumber(fields.summary)) found.summary = say("summary_number");
  if (fields.anonymous && (form.elements.contact_name.value || form.elements.contact_phone.value)) found.contact_phone = say("either");
  const doubts = !knows && (holdsNumber(fields.narrative) || holdsNumber(fields.on_the_spot));
  return { found, doubts };
}

export function showProblems(form, found) {
  let first = null;
  for (const line of form.querySelectorAll("[data-error]")) {
    const sentence = found[line.dataset.error];
    line.hidden = !sentence;
    line.querySelector("span").textContent = sentence || "";
    for (const input of form.querySelectorAll(`[name="${line.dataset.error}"]`)) {
      if (sentence) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (sentence) {
      const fold = line.closest("details");
      if (fold) fold.open = true;
      first = first || form.querySelector(`[name="${line.dataset.error}"]`);
    }
  }
  if (first) {
    first.focus({ preventScroll: true });
    first.closest(".field, fieldset").scrollIntoView({ block: "center" });
  }
}

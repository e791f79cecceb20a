/* Long text outlives an expired sign-in or a lost connection, in this tab alone, for the same person
   alone. Contact fields are never kept: they belong in no store of a browser. */
const PREFIX = "draft:";
const person = document.body.dataset.person ?? "";

function drafts() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
}

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

function write(key, draft) {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft));
  } catch {
    /* A full or forbidden store costs the convenience, never the page. */
  }
}

/* What was sent counts as arrived once the next page of the same person is there. A page of failure
   or sign-in, or a return to the form by the back button, means that it did not arrive. */
function sweep() {
  const came = performance.getEntriesByType("navigation")[0]?.type;
  const failed = document.querySelector("meta[name=drafts]") || came === "back_forward" || came === "reload";
  for (const key of drafts()) {
    const draft = read(key);
    if (!draft || (person && draft.person !== person) || (draft.sent && !failed)) sessionStorage.removeItem(key);
    else if (draft.sent) write(key, { ...draft, sent: false });
  }
}

class UnsavedDraft extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form") ?? this.querySelector("form");
    if (!this.form || this.key) return;
    this.key = PREFIX + new URL(this.form.getAttribute("action") ?? "", location).pathname;
    this.restore();
    this.form.addEventListener("input", () => this.keep(false));
    this.form.addEventListener("submit", () => this.keep(true));
    this.form.addEventListener("htmx:afterRequest", (event) => {
      if (event.detail.successful) sessionStorage.removeItem(this.key);
      else this.keep(false);
    });
  }

  get areas() {
    return [...this.form.querySelectorAll("textarea[name]")].filter(
      (area) => !area.closest("[data-contact]") && !area.autocomplete,
    );
  }

  keep(sent) {
    const words = Object.fromEntries(this.areas.map((area) => [area.name, area.value]).filter(([, text]) => text));
    if (Object.keys(words).length) write(this.key, { person, sent, words });
    else sessionStorage.removeItem(this.key);
  }

  restore() {
    const words = read(this.key)?.words ?? {};
    for (const area of this.areas) {
      if (!area.value && words[area.name]) {
        area.value = words[area.name];
        area.dispatchEvent(new Event("input"));
      }
    }
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-forget-drafts]")) for (const key of drafts()) sessionStorage.removeItem(key);
});

sweep();
customElements.define("unsaved-draft", UnsavedDraft);

/* Small elements that wrap HTML which works without them. */
import "./drafts.js";
import "./idle.js";

const csrf = document.querySelector("meta[name=csrf-token]");

document.addEventListener("htmx:configRequest", (event) => {
  if (csrf && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrf.content;
});

function unreached() {
  const words = document.getElementById("unreached");
  if (words) document.getElementById("notices").replaceChildren(words.content.cloneNode(true));
}

document.addEventListener("htmx:sendError", unreached);
document.addEventListener("htmx:timeout", unreached);

/* An error page of a proxy is a whole document: it has no place inside this one. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status >= 400 && /<html[\s>]/i.test(xhr.responseText.slice(0, 500))) {
    event.detail.shouldSwap = false;
    unreached();
  }
});

/* After a swap the reader stands where the news is: at the errors, or at the head of what opened. */
function meet(region) {
  const place = region.querySelector(".errors, [data-focus]")
    ?? (region.closest(".split__detail") && region.querySelector("h1, h2"));
  if (!place) return;
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 0 || bottom > innerHeight - 160) place.scrollIntoView({ block: "start" });
}

document.addEventListener("htmx:afterSettle", (event) => meet(event.detail.elt));

/* Of a list, the line that stands open beside it is marked. */
document.addEventListener("htmx:afterSwap", (event) => {
  const line = event.detail.requestConfig?.elt;
  if (!line?.matches("[data-beside]")) return;
  for (const other of document.querySelectorAll("[data-beside][aria-current]")) other.removeAttribute("aria-current");
  line.setAttribute("aria-current", "true");
});

document.querySelector(".errors")?.focus();

/* A menu closes where one presses elsewhere, or on Escape. */
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.more[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest("details.more[open]")
    ?? document.querySelector("details.more[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

class CharCount extends HTMLElement {
  connectedCallback() {
    this.area = this.querySelector("textarea");
    if (!this.area || this.line) return;
    this.limit = this.area.maxLength;
    this.area.removeAttribute("maxlength");
    this.line = document.createElement("output");
    this.line.className = "count";
    this.append(this.line);
    this.area.addEventListener("input", () => this.tell());
    this.tell();
  }

  /* Said aloud only near the end, so that a reader is not interrupted at every letter. */
  tell() {
    const left = this.limit - [...this.area.value].length;
    this.line.ariaLive = left < 20 ? "polite" : "off";
    this.line.classList.toggle("count--over", left < 0);
    this.line.hidden = left > 200;
    this.line.value = this.getAttribute(left < 0 ? "over" : "words").replace("{n}", Math.abs(left));
  }
}

class SelectAll extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.matches("[data-all]")) this.choose(event.target.checked);
      else if (event.target.matches("[data-one]")) this.tell();
    });
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-none]")) this.choose(false);
    });
    this.addEventListener("htmx:afterSettle", () => this.tell());
    this.tell();
  }

  get boxes() {
    return [...this.querySelectorAll("[data-one]")];
  }

  choose(chosen) {
    for (const box of this.boxes) box.checked = chosen;
    this.tell();
  }

  tell() {
    const { boxes } = this;
    const chosen = boxes.filter((box) => box.checked).length;
    const all = this.querySelector("[data-all]");
    if (all) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
    for (const line of this.querySelectorAll("[data-count]")) {
      line.textContent = this.getAttribute("words").replace("{n}", chosen);
    }
    for (const bar of this.querySelectorAll(".toolbar")) bar.hidden = chosen === 0;
  }
}

class PressSlash extends HTMLElement {
  connectedCallback() {
    this.listen = (event) => {
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      const find = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
      if (!slash && !find) return;
      if (slash && event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      this.querySelector("input").select();
      this.querySelector("input").focus();
    };
    document.addEventListener("keydown", this.listen);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.listen);
  }
}

customElements.define("char-count", CharCount);
customElements.define("select-all", SelectAll);
customElements.define("press-slash", PressSlash);

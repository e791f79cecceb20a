// The resident's page with script: it reads itself aloud, and opens photos in place.
// Nothing leaves the phone for it: only voices that live on the phone speak.
const speech = window.speechSynthesis;

function voiceFor(language) {
  const fitting = speech.getVoices().filter((voice) => {
    const tag = voice.lang.toLowerCase().replace("cmn", "zh");
    return voice.localService && tag.split(/[-_]/)[0] === language;
  });
  // Cantonese calls itself Chinese too.
  return fitting.find((voice) => !/hk|mo$/i.test(voice.lang)) || fitting[0];
}

class ReadAloud extends HTMLElement {
  connectedCallback() {
    if (!speech) return;
    const button = this.firstElementChild;
    const look = () => {
      button.hidden = !voiceFor(document.documentElement.lang);
    };
    look();
    speech.addEventListener("voiceschanged", look);
    button.addEventListener("click", () => (speech.speaking ? speech.cancel() : this.read()));
    addEventListener("pagehide", () => speech.cancel());
  }

  read() {
    for (const part of document.querySelectorAll("[data-aloud]")) {
      const voice = voiceFor(part.lang || document.documentElement.lang);
      // Sentence by sentence: some voices fall silent within a long text.
      for (const words of (voice && part.textContent.match(/[^。！？!?؟\n]+[。！？!?؟\n]*/g)) || []) {
        speech.speak(Object.assign(new SpeechSynthesisUtterance(words), { voice, lang: voice.lang }));
      }
    }
  }
}

class PhotoHere extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (tap) => {
      tap.preventDefault();
      const [link, shown] = this.children;
      if (tap.target === shown) return;
      link.setAttribute("aria-expanded", !shown || shown.hidden);
      if (shown) shown.hidden = !shown.hidden;
      else this.append(Object.assign(new Image(), { src: link.href, alt: link.textContent }));
    });
  }
}

if (window.customElements) {
  customElements.define("read-aloud", ReadAloud);
  customElements.define("photo-here", PhotoHere);
}

// Scanning a paper slip, where the browser reads codes by itself.
const EVERY = 250;

export async function scanning(form) {
  const button = form.querySelector("[data-scan]");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  button.hidden = false;
  button.addEventListener("click", () => scan(form));
}

async function scan(form) {
  const video = form.querySelector("[data-viewfinder]");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch (problem) {
    return form.elements.slip.focus();
  }
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  const stop = () => {
    clearInterval(timer);
    stream.getTracks().forEach((track) => track.stop());
    video.hidden = true;
  };
  const timer = setInterval(async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (!code || video.hidden) return;
    form.elements.slip.value = code.rawValue;
    form.elements.slip.dispatchEvent(new Event("input", { bubbles: true }));
    stop();
  }, EVERY);
  video.addEventListener("click", stop, { once: true });
}

// Reads a QR code in a picture: by the browser itself, or by the decoder that is
// fetched and kept only on phones whose browser cannot.
const EDGE = 800;

// A function of an image or a playing video: its text, or "".
export async function reader() {
  if (await readsByItself()) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    return (image) => detector.detect(image).then(([code]) => (code ? code.rawValue : "")).catch(() => "");
  }
  const { default: decode } = await import("../../vendor/qr-0.7.0.min.js");
  return async (image) => {
    try {
      return decode(pixels(image));
    } catch (problem) {
      return "";
    }
  };
}

async function readsByItself() {
  if (!("BarcodeDetector" in self)) return false;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  return formats.includes("qr_code");
}

function pixels(image) {
  const width = image.videoWidth || image.naturalWidth;
  const height = image.videoHeight || image.naturalHeight;
  const scale = Math.min(1, EDGE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d");
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  return paper.getImageData(0, 0, canvas.width, canvas.height);
}

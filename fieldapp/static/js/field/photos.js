// Draws a photo anew: at most 1600 px, JPEG, nothing of the camera's data.
import { sha256 } from "./ids.js";

const EDGE = 1600;

export async function redrawn(file) {
  const image = await decoded(file);
  const scale = Math.min(1, EDGE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  const paper = canvas.getContext("2d");
  paper.fillStyle = "#fff";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.drawImage(image, 0, 0, canvas.width, canvas.height);
  if (image.close) image.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.8));
  const data = await new Response(blob).arrayBuffer();
  return { sha256: await sha256(data), bytes: data.byteLength, type: "image/jpeg", data };
}

async function decoded(file) {
  if (typeof createImageBitmap === "function") {
    try {
      return await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch (problem) {
      // Older browsers know no options, or not this type: the <img> decides.
    }
  }
  const address = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return image;
  } finally {
    URL.revokeObjectURL(address);
  }
}

export function thumbnail(picture) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([picture.data], { type: picture.type }));
  image.onload = () => URL.revokeObjectURL(image.src);
  image.alt = "";
  return image;
}

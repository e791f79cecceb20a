// JWE compact, ECDH-ES on P-256 with A256GCM (RFC 7516, RFC 7518 section 4.6
// and appendix C): this phone can seal a contact, only the station can open it.
const utf8 = new TextEncoder();

export function base64url(bytes) {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

const length32 = (n) => new Uint8Array([n >>> 24, n >>> 16, n >>> 8, n]);

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

// Concat KDF of NIST SP 800-56A, one round of SHA-256.
export async function contentKey(secret) {
  const algorithm = utf8.encode("A256GCM");
  const round = joined(
    length32(1), new Uint8Array(secret), length32(algorithm.length), algorithm, length32(0), length32(0), length32(256),
  );
  return crypto.subtle.digest("SHA-256", round);
}

export async function seal(contact, { kid, jwk }) {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const theirs = await crypto.subtle.importKey("jwk", { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y }, curve, false, []);
  const mine = await crypto.subtle.generateKey(curve, true, ["deriveBits"]);
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", mine.publicKey);
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine.privateKey, 256);
  const key = await crypto.subtle.importKey("raw", await contentKey(secret), "AES-GCM", false, ["encrypt"]);
  const head = base64url(utf8.encode(JSON.stringify({ alg: "ECDH-ES", enc: "A256GCM", kid, epk: { kty, crv, x, y } })));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = new Uint8Array(await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: utf8.encode(head), tagLength: 128 }, key, utf8.encode(JSON.stringify(contact)),
  ));
  const tag = sealed.length - 16;
  return `${head}..${base64url(iv)}.${base64url(sealed.slice(0, tag))}.${base64url(sealed.slice(tag))}`;
}

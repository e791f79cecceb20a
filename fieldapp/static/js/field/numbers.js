// A gentle look for what betrays a person, the same the station makes: an
// 18-digit ID, a mobile number, a landline; spaced, hyphened, full-width too.
export function holdsNumber(text) {
  const plain = (text || "").normalize("NFKC").replace(/[\s\-‐-―.()]/g, "");
  return /(^|\D)\d{17}[\dXx](?!\d)/.test(plain) || /(^|\D)(86)?1[3-9]\d{9}(?!\d)/.test(plain) || /(^|\D)0\d{2,3}\d{7,8}(?!\d)/.test(plain);
}

// ISO 7064 MOD 11,10, as on the slip: true for a code, an address or a right serial.
export function slipFits(text) {
  const signs = (text || "").normalize("NFKC").replace(/[^0-9A-Za-z]/g, "").replace(/^no(?=\d)/i, "");
  if (!/^\d{7,9}$/.test(signs)) return signs.length >= 26;
  let rest = 10;
  for (const digit of signs.slice(0, -1)) rest = (((rest + Number(digit)) % 10 || 10) * 2) % 11;
  return String((11 - rest) % 10) === signs.slice(-1);
}

// The number printed on a slip after its №, not its secret code.
export const isSerial = (text) => /^(no\.?)?[\d\s-]{7,14}$/i.test((text || "").normalize("NFKC"));

export const serialOf = ({ slip, slip_text: typed }) => (slip ? slip.serial : isSerial(typed) ? typed : "");

// What counts as an answer on a page without Python: pure functions, the twins of frenemies/answers.py (tests/spellings.json holds both to one table).

const SIZES = { trillions: 1e12, billions: 1e9, millions: 1e6, thousands: 1e3 };
const UNITS = {
  percent: ["%", "percent", "per cent", "percentage"],
  dollars: ["$", "usd", "dollar"],
  euros: ["\u20ac", "eur", "euro"],
  yuan: ["yuan", "rmb"],
  roubles: ["rouble", "ruble", "rub"],
  trillions: ["trillion", "tn"],
  billions: ["billion", "bn", "milliard", "mrd", "bcm", "b"],
  millions: ["million", "mn", "mio", "m"],
  thousands: ["thousand", "k"],
};
const ASKED = {
  "USD bn": ["billions of dollars are asked", ["dollars", ...Object.keys(SIZES)]],
  "billion cubic metres": ["billions of cubic metres are asked", Object.keys(SIZES)],
  "%": ["a percentage is asked", ["percent"]],
  "percentage points": ["percentage points are asked", ["percent"]],
  index: ["an index from -1 to 1 is asked", ["percent"]],
  score: ["a score from 0 to 1 is asked", ["percent"]],
  "": ["a plain number is asked", Object.keys(SIZES)],
};
const SAID = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

class Unreadable extends Error {}

/** A text with the signs of other keyboards (full width, dashes), and a written minus, as ours. */
function signs(text) {
  const wide = text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  return wide.replace(/[\u2212\u2013\u2014\u2010\u2011\ufe63]/g, "-").replace(/[\u3001\u060c]/g, ",").replace(/\bminus\s*/gi, "-");
}

/** Every number an answer can mean, in the unit asked for. Throws Unreadable where there is none, or where another unit stands beside it. */
export function readings(answer, unit = "") {
  const { numbers, factor } = figures(answer, unit);
  return numbers.map((number) => number * factor);
}

/** The numbers an answer can mean as they are written, what the words beside them multiply them by, and that unit. */
function figures(answer, unit) {
  const said = signs(answer).trim().toLowerCase(), word = SAID.indexOf(said.replace(/\.+$/, ""));
  if (word >= 0) return { numbers: [word], factor: 1, beside: "" };
  const text = said.replace(/([0-9])[\s'\u2019_](?=[0-9]{3}(?![0-9]))/g, "$1");
  const found = [...text.matchAll(/([-+]?)\s?([.,]?[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)/g)];
  if (found.length !== 1) throw new Unreadable(found.length ? "One number is asked for." : "There is no number in that: write one with the digits 0 to 9.");
  const [, sign, digits] = found[0];
  return { numbers: decimals(digits.replace(/[.,]+$/, "")).map((one) => Number(sign + one)), ...besides(text, unit) };
}

/** A number's possible spellings with a decimal point: comma and point may each be either. */
function decimals(digits) {
  const marks = digits.match(/[.,]/g) ?? [];
  if (new Set(marks).size === 2) return [digits.replaceAll(marks.at(-1) === "." ? "," : ".", "").replace(",", ".")];
  if (marks.length > 1) return [digits.replace(/[.,]/g, "")];
  return [digits.replace(",", "."), ...(/^[1-9][0-9]{0,2},[0-9]{3}$/.test(digits) ? [digits.replace(",", "")] : [])];
}

/** What the words beside a figure multiply it by, and the unit that does so. Throws Unreadable for a unit that was not asked for. */
function besides(text, unit) {
  const named = Object.keys(UNITS).filter((name) => UNITS[name].some((word) => stands(word, text)));
  const [asked, fitting] = ASKED[unit] ?? ["", Object.keys(UNITS)];
  const other = named.find((name) => !fitting.includes(name));
  if (other) throw new Unreadable(`That is in ${other}: ${asked}.`);
  if (["index", "score"].includes(unit) && named.length) return { factor: 0.01, beside: "percent" };
  const size = Object.keys(SIZES).find((name) => named.includes(name));
  return { factor: size && asked ? SIZES[size] / (unit ? 1e9 : 1) : 1, beside: size ?? "" };
}

/** Whether a word, or a sign, stands in a text: "bn" does in "88bn", not in "lisbn". */
function stands(word, text) {
  const before = word.length === 1 ? "[0-9] ?" : "(^|[^a-z])";
  return /^[a-z]+$/.test(word) ? new RegExp(`${before}${word}s?([^a-z]|$)`).test(text) : text.includes(word);
}

/** {name in small letters: code} of a list such as "JPN=Japan|Tokyo;KOR=South Korea", and the names whose last words more than one shares. */
function known(names) {
  const rows = names.split(";").map((row) => row.split("=")), spelt = {}, ends = {};
  for (const [code, list] of rows) for (const name of [code, ...list.split("|")]) spelt[name.toLowerCase()] = code;
  for (const [, list] of rows) {
    const name = list.split("|")[0];
    (ends[name.toLowerCase().split(" ").at(-1)] ??= []).push(name);
  }
  return { spelt, ends };
}

/** Codes of the actors that an answer lists, sorted. Throws Unreadable with what could not be read, two of them at most. */
export function codes(answer, names) {
  const { spelt, ends } = known(names), found = new Set(), unread = [];
  for (const part of signs(answer).split(/[,;/&\n]|\band\b/i)) {
    try {
      called(part.trim().replace(/^[-*\u2022]+/, "").split(/\s+/).filter(Boolean), spelt, ends).forEach((code) => found.add(code));
    } catch (error) {
      unread.push(error.message);
    }
  }
  if (unread.length || !found.size) throw new Unreadable(unread.slice(0, 2).join(" ") || "No actor is named in that.");
  return [...found].sort();
}

/** Codes of the actors that some words name one after the other, with or without commas between them. */
function called(words, spelt, ends) {
  for (let size = Math.min(words.length, 5); size; size--) {
    const word = words.slice(0, size).join(" ").toLowerCase(), code = spelt[word] ?? spelt[word.replace(/\.+$/, "")];
    if (code) return [code, ...called(words.slice(size), spelt, ends)];
  }
  if (!words.length) return [];
  if (words[0].toLowerCase() === "the") return called(words.slice(1), spelt, ends);
  const several = ends[words[0].toLowerCase().replace(/\.+$/, "")] ?? [], last = several[0]?.split(" ").at(-1);
  if (several.length > 1) throw new Unreadable(`"${last}" can be ${several.sort().join(" or ")}: say which.`);
  throw new Unreadable(`There is no "${words.join(" ").replace(/\.+$/, "")}" among the actors here: write names in English, or codes of three letters such as CHN.`);
}

function written(number, digits) {
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/** A number in the spellings that were hashed; two more decimals for slips that make a figure small: 0.34 for 34.0 %. */
function rounded(number, digits) {
  return [written(number, digits), written(number, digits + 2)];
}

/** How an answer is compared: its spellings, and where the number would fit without the unit beside it, those and a sentence. Throws Unreadable. */
function compared(ask, value) {
  if (ask.kind === "text") return { texts: [codes(value, ask.names ?? "").join()] };
  if (ask.kind !== "number") return { texts: [value.toLowerCase()] };
  const { numbers, factor, beside } = figures(value, ask.unit ?? ""), digits = Number(ask.digits ?? 0);
  const texts = numbers.flatMap((number) => rounded(number * factor, digits));
  if (factor === 1) return { texts };
  const says = `The number is right, its unit is not: that is in ${beside}, and ${ASKED[ask.unit ?? ""][0]}.`;
  return { texts, bare: numbers.map((number) => written(number, digits)), says };
}

/** What a page makes of an answer: {right: true, false, or null where it cannot be read; says; told: which feedback fits, -1 for none}.
 *  ask: {kind, salt, accept, digits, unit, names, feedback}; accept and each feedback are beginnings of hashes between spaces, "" fits any answer. */
export function judged(ask, value) {
  let read;
  try { read = compared(ask, value); } catch (error) { return { right: null, says: error.message, told: -1 }; }
  const hashed = (texts) => texts.map((text) => sha256(`${ask.salt}:${text}`));
  const among = (hashes, starts) => starts.split(/\s+/).some((start) => hashes.some((hash) => hash.startsWith(start)));
  const hashes = hashed(read.texts), right = among(hashes, ask.accept);
  if (!right && read.bare && among(hashed(read.bare), ask.accept)) return { right, says: read.says, told: -1 };
  return { right, says: "", told: ask.feedback.findIndex((starts) => among(hashes, starts)) };
}

export function sha256(text) {
  const bytes = [...new TextEncoder().encode(text)], length = bytes.length * 8, turn = (x, n) => (x >>> n) | (x << (32 - n));
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const h = primes.slice(0, 8).map((p) => part(p ** 0.5)), k = primes.map((p) => part(Math.cbrt(p)));
  bytes.push(128);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let i = 7; i >= 0; i--) bytes.push(Math.floor(length / 2 ** (8 * i)) & 255);
  for (let start = 0; start < bytes.length; start += 64) {
    const w = [];
    for (let i = 0; i < 64; i++) {
      if (i < 16) { const at = start + 4 * i; w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]; continue; }
      const a = w[i - 15], b = w[i - 2];
      w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, l] = h;
    for (let i = 0; i < 64; i++) {
      const one = (l + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [l, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, l].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
  }
  return h.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
}

// What counts as an answer on a page without Python: pure functions, the twins of
// heldto/exercises/reading.py. Both read exercises/units.toml (here as UNITS), and tests/spellings.json holds both to one table.

import { ARTICLE, UNITS } from "./given.js";

class Unreadable extends Error {}

/** A text with the signs of other keyboards (full width, dashes), and a written minus, as ours. */
function signs(text) {
  const wide = text.replace(/[\uff01-\uff5e]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - 0xfee0),
  );
  return wide
    .replace(/[\u2212\u2013\u2014\u2010\u2011\ufe63]/g, "-")
    .replace(/[\u3001\u060c]/g, ",")
    .replace(/\bminus\s*/gi, "-");
}

/**
 * A figure as it was written: the numbers it can mean, what the word beside it multiplies it by,
 * that word, and those numbers in the unit asked for. Throws Unreadable where there is none, or
 * where another unit stands beside it.
 */
export function figure(answer, unit) {
  const words = signs(answer).trim().toLowerCase(),
    numeral = UNITS.numerals.indexOf(words.replace(/\.+$/, ""));
  if (numeral >= 0) return { numbers: [numeral], factor: 1, beside: "", scaled: [numeral] };
  const text = words.replace(/([0-9])[\s'\u2019_](?=[0-9]{3}(?![0-9]))/g, "$1");
  const found = [...text.matchAll(/([-+]?)\s?([.,]?[0-9][0-9.,]*(?:e[-+]?[0-9]+)?)/g)];
  if (found.length !== 1)
    throw new Unreadable(
      found.length
        ? "The question asks for one number."
        : "There is no number in that: write one with the digits 0 to 9.",
    );
  const [, sign, digits] = found[0];
  const numbers = decimals(digits.replace(/[.,]+$/, "")).map((one) => Number(sign + one)),
    { factor, beside } = besides(text, unit);
  return { numbers, factor, beside, scaled: numbers.map((number) => number * factor) };
}

// of a number with several marks: thousands alike and in groups, and one other before decimals
const MANY_MARKS = /^[0-9]{1,3}([.,])([0-9]{2,3}\1)*[0-9]{3}((?!\1)[.,][0-9]*)?(e.+)?$/;

/** A number's possible spellings with a decimal point: comma and point may each be either. */
function decimals(digits) {
  const marks = digits.match(/[.,]/g) ?? [];
  if (marks.length > 1) {
    if (!MANY_MARKS.test(digits))
      throw new Unreadable(
        `${digits} is not a number: write one point or comma before the decimals.`,
      );
    const at = digits.lastIndexOf(marks.at(-1)),
      whole = digits.slice(0, at).replace(/[.,]/g, "");
    return [`${whole}${marks.at(-1) === marks[0] ? "" : "."}${digits.slice(at + 1)}`];
  }
  const grouped = /^[1-9][0-9]{0,2}[.,][0-9]{3}$/.test(digits) && marks[0] === UNITS.thousands;
  return [digits.replace(",", "."), ...(grouped ? [digits.replace(marks[0], "")] : [])];
}

/**
 * What the words beside a figure multiply it by, and the unit that does so. Throws Unreadable for a
 * unit that was not asked for.
 */
function besides(text, unit) {
  const words = Object.keys(UNITS.beside).filter((name) =>
    UNITS.beside[name].some((word) => stands(word, text)),
  );
  const asked = UNITS.units[unit],
    other = words.find((name) => asked && !asked.fits.includes(name));
  if (other) throw new Unreadable(`That is in ${other}: ${asked.asked}.`);
  if (["index", "score"].includes(unit) && words.length) return { factor: 0.01, beside: "percent" };
  const size = Object.keys(UNITS.sizes).find((name) => words.includes(name));
  return { factor: size && asked ? UNITS.sizes[size] / (unit ? 1e9 : 1) : 1, beside: size ?? "" };
}

/** Whether a word, or a sign, stands in a text: "bn" does in "88bn", not in "lisbn". */
function stands(word, text) {
  const before = word.length === 1 ? "[0-9] ?" : "(^|[^a-z])";
  return /^[a-z]+$/.test(word)
    ? new RegExp(`${before}${word}s?([^a-z]|$)`).test(text)
    : text.includes(word);
}

/**
 * {name in small letters: code} of a list such as "JPN=Japan|Tokyo;KOR=South Korea", and the names
 * whose last words more than one shares.
 */
function known(names) {
  const rows = names.split(";").map((row) => row.split("=")),
    spelt = {},
    ends = {};
  for (const [code, list] of rows)
    for (const name of [code, ...list.split("|")]) spelt[name.toLowerCase()] = code;
  for (const [, list] of rows) {
    const name = list.split("|")[0];
    (ends[name.toLowerCase().split(" ").at(-1)] ??= []).push(name);
  }
  return { spelt, ends };
}

/**
 * Codes of the actors that an answer lists, sorted. Throws Unreadable with what could not be read,
 * two of them at most.
 */
export function codes(answer, names) {
  const { spelt, ends } = known(names),
    found = new Set(),
    unread = [];
  for (const part of signs(answer).split(/[,;/&\n]|\b(?:and|und)\b/i)) {
    try {
      called(
        part
          .trim()
          .replace(/^[-*\u2022]+/, "")
          .split(/\s+/)
          .filter(Boolean),
        spelt,
        ends,
      ).forEach((code) => found.add(code));
    } catch (error) {
      unread.push(error.message);
    }
  }
  if (unread.length || !found.size)
    throw new Unreadable(unread.slice(0, 2).join(" ") || "That names no actor.");
  return [...found].sort();
}

/**
 * Codes of the actors that some words name one after the other, with or without commas between
 * them.
 */
function called(words, spelt, ends) {
  for (let size = Math.min(words.length, 5); size; size--) {
    const word = words.slice(0, size).join(" ").toLowerCase(),
      code = spelt[word] ?? spelt[word.replace(/\.+$/, "")];
    if (code) return [code, ...called(words.slice(size), spelt, ends)];
  }
  if (!words.length) return [];
  if (["the", "die", "der", "das"].includes(words[0].toLowerCase()))
    return called(words.slice(1), spelt, ends);
  const several = ends[words[0].toLowerCase().replace(/\.+$/, "")] ?? [],
    last = several[0]?.split(" ").at(-1);
  if (several.length > 1)
    throw new Unreadable(`"${last}" can be ${several.sort().join(" or ")}: say which.`);
  throw new Unreadable(
    `There is no "${words.join(" ").replace(/\.+$/, "")}" among the actors here: write names in English, or codes of three letters such as ${ARTICLE.actor}.`,
  );
}

function written(number, digits) {
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

/**
 * A number in the spellings that stand veiled in the page; two more decimals for slips that make a
 * figure small: 0.34 for 34.0 %.
 */
function rounded(number, digits) {
  return [written(number, digits), written(number, digits + 2)];
}

/**
 * How an answer is compared: its spellings, and where the number would fit without the unit beside
 * it, those and a sentence. Throws Unreadable.
 */
function compared(ask, value) {
  if (ask.kind === "text") return { texts: [codes(value, ask.names ?? "").join()] };
  if (ask.kind !== "number") return { texts: [value.toLowerCase()] };
  const unit = ask.unit ?? "",
    digits = Number(ask.digits ?? 0),
    { numbers, factor, beside, scaled } = figure(value, unit);
  const texts = scaled.flatMap((number) => rounded(number, digits));
  if (factor === 1) return { texts };
  const says = `The number is right, but its unit is not: yours is in ${beside}, and ${UNITS.units[unit].asked}.`;
  return { texts, bare: numbers.map((number) => written(number, digits)), says };
}

/**
 * What a page makes of an answer: {right: true, false, or null where it cannot be read; says; told:
 * which feedback fits, -1 for none}. ask: {exercise, kind, accept, digits, unit, names, feedback};
 * accept and each feedback are veiled answers between spaces, "" fits any answer.
 */
export function judged(ask, value) {
  let read;
  try {
    read = compared(ask, value);
  } catch (error) {
    return { right: null, says: error.message, told: -1 };
  }
  const among = (texts, veiled) =>
    !veiled || texts.some((text) => veiled.split(" ").includes(veil(`${ask.exercise}:${text}`)));
  const right = among(read.texts, ask.accept);
  if (!right && read.bare && among(read.bare, ask.accept))
    return { right, says: read.says, told: -1 };
  return { right, says: "", told: ask.feedback.findIndex((veiled) => among(read.texts, veiled)) };
}

/**
 * A text as eight figures from which it cannot be read at a glance: FNV-1a. A veil over the answers
 * in a page, not a lock.
 */
export function veil(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text))
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, "0");
}

// Answers: kept on this device, read anew each time, as another tab may have written meanwhile.

import { LETTERS } from "./along.js";
import { root, start } from "./base.js";
import { ARTICLE } from "./given.js";

const shelf = `${ARTICLE.name}:${root.dataset.notebook}`;
export const VERDICTS = Object.values(LETTERS);

export const LOST = "This browser does not keep answers: save them before you close the page.";
export let unwritten = {}; // what the browser would not keep

export const isRecord = (one) => typeof one === "object" && one !== null && !Array.isArray(one);
export const now = () => `${new Date().toISOString().slice(0, 19)}+00:00`;

/** What one shelf of this browser holds; nothing where it cannot be read. */
export function shelved(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name));
    return isRecord(found)
      ? Object.fromEntries(Object.entries(found).filter(([, one]) => isRecord(one)))
      : {};
  } catch {
    return {};
  }
}

export const kept = () => ({ ...shelved(shelf), ...unwritten });

/**
 * Adds answers to the shelf. Returns whether the browser wrote them; if not they live until the
 * page is closed.
 */
export function keep(found) {
  const whole = { ...kept(), ...found };
  try {
    localStorage.setItem(shelf, JSON.stringify(whole));
    unwritten = {};
  } catch {
    unwritten = { ...unwritten, ...found };
  }
  follow();
  return !Object.keys(unwritten).length;
}

/** Takes the answers of this page off the shelf. */
export function empty() {
  unwritten = {};
  try {
    localStorage.removeItem(shelf);
  } catch {
    /* nothing was kept */
  }
}

/**
 * Whether an answer counts before another one: what was answered in its page before what only came
 * along, then the later one.
 */
function before(one, other) {
  return Boolean(one.came) === Boolean(other.came)
    ? (one.time ?? "") >= (other.time ?? "")
    : !one.came;
}

/** What was answered in any of our pages on this device. */
export function keptEverywhere() {
  const found = {};
  let names = [];
  try {
    names = Object.keys(localStorage).filter((name) => name.startsWith(`${ARTICLE.name}:`));
  } catch {
    /* what cannot be read is left out */
  }
  for (const one of [...names.map(shelved), kept()])
    for (const [name, what] of Object.entries(one))
      if (!found[name] || before(what, found[name])) found[name] = what;
  return found;
}

export const guesses = () =>
  Object.fromEntries(
    Object.entries(keptEverywhere()).filter(([, one]) => VERDICTS.includes(one.verdict)),
  );

/** What was guessed once more after a discussion, {verdict, sure, time}; nothing where nothing was. */
export const secondGuess = (one) =>
  isRecord(one?.again) && VERDICTS.includes(one.again.verdict) ? one.again : undefined;

export const plural = (count) => `${count} guess${count === 1 ? "" : "es"}`;

// what each form does with the answers when they have changed, here or in another tab
export const followers = [];

export function follow() {
  const found = { ...kept(), ...guesses() }; // a claim is guessed once, on whichever page
  followers.forEach((one) => start(one, found));
}

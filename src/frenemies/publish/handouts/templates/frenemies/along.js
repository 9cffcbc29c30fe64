// Guesses on their way to the next page, in the address of a link, and answers that come from elsewhere.

const LETTERS = { h: "holds", p: "partly", f: "fails", u: "undecided" };

/** Guesses as one short code: {E1: {verdict: "holds", sure: 70}} is "E1h70". */
export function packed(guesses) {
  return Object.entries(guesses).map(([claim, { verdict, sure }]) => `${claim}${verdict[0]}${sure}`).join();
}

/** The guesses of such a code; what is no guess is left out. */
export function unpacked(code) {
  const found = {};
  for (const part of code.split(",")) {
    const [, claim, letter, sure] = part.trim().match(/^([A-Z]+[0-9]+)([hpfu])([0-9]{1,3})$/) ?? [];
    if (claim && Number(sure) <= 100) found[claim] = { verdict: LETTERS[letter], sure: Number(sure) };
  }
  return found;
}

/** The address of a link with the code of some guesses in place of the one it had; without them as it was. */
export function carrying(link, code) {
  const [file, hash = ""] = link.split("#"), parts = hash.split("&").filter((part) => part && !part.startsWith("mine="));
  if (code) parts.push(`mine=${code}`);
  return file + (parts.length ? `#${parts.join("&")}` : "");
}

/** Lets every link to a page beside this one carry the guesses. */
export function sendAlong(code) {
  for (const link of document.querySelectorAll("a[href]")) {
    const to = link.getAttribute("href");
    const there = /^[^:?#]+\.html(#|$)/.test(to) ? carrying(to, code) : to;
    if (there !== to) link.setAttribute("href", there);
  }
}

/** Own answers with others: {taken, left}. What was answered here gives way only to something later, and what is left out is named. */
export function merged(own, others) {
  const taken = {}, left = [];
  for (const [name, one] of Object.entries(others)) {
    const mine = own[name], same = mine && mine.verdict === one.verdict && mine.sure === one.sure && mine.value === one.value;
    if (same) continue;
    if (!mine || mine.came || (one.time ?? "") > (mine.time ?? "")) taken[name] = one;
    else left.push(name);
  }
  return { taken, left };
}

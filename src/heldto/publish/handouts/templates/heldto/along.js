// Guesses on their way to the next page, in the address of a link, and answers that come from
// elsewhere.

export const LETTERS = { h: "holds", p: "partly", f: "fails", u: "undecided" };
export const LINK = "link"; // how a guess came
const DEVICE = "frenemies-device"; // where the token is kept
export const CLAIMS = (document.documentElement.dataset.claims ?? "").split(" "); // of the ledger

const short = ({ verdict, sure }) => `${verdict[0]}${sure}`;

/**
 * Guesses as one short code: {E1: {verdict: "holds", sure: 70}} is "E1h70", and "E1h70l" where it
 * came by a link; "E1h70f90" where it was guessed again after a discussion. A token of this device
 * may stand behind them.
 */
export function packed(guesses, token = "") {
  const code = Object.entries(guesses)
    .map(
      ([claim, one]) =>
        `${claim}${short(one)}${one.came === LINK ? "l" : ""}${one.again ? short(one.again) : ""}`,
    )
    .join();
  return code && token ? `${code};${token}` : code;
}

const GUESS = /^([A-Z]+[0-9]+)([hpfu])([0-9]{1,3})(l?)(?:([hpfu])([0-9]{1,3}))?$/;
const told = (letter, sure) =>
  letter && Number(sure) <= 100 && { verdict: LETTERS[letter], sure: Number(sure) };

/**
 * The guesses of such a code, {claim: {verdict, sure, came, again}}, and its token. What is no
 * guess on one of the known claims is left out.
 */
export function unpacked(code, known) {
  const [list, token = ""] = code.split(";"),
    found = {};
  for (const part of list.split(",")) {
    const [, claim, letter, sure, linked, ...later] = part.trim().match(GUESS) ?? [],
      first = known.includes(claim) && told(letter, sure),
      again = told(...later);
    if (first) found[claim] = { ...first, ...(linked && { came: LINK }), ...(again && { again }) };
  }
  return { guesses: found, token: /^[0-9a-f]{32}$/.test(token) ? token : "" };
}

/**
 * The token by which the pages in files on this device know each other's links; "" where the
 * browser keeps none. In Chromium all files share a shelf; in Firefox each has its own, and all
 * share a cookie.
 */
export function deviceToken() {
  try {
    const baked = document.cookie.split("; ").find((one) => one.startsWith(`${DEVICE}=`));
    return baked?.slice(DEVICE.length + 1) ?? localStorage.getItem(DEVICE) ?? "";
  } catch {
    return "";
  }
}

/** The same, made where there is none yet. */
export function madeToken() {
  if (deviceToken()) return deviceToken();
  const token = [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
  try {
    document.cookie = `${DEVICE}=${token}; path=/; max-age=31536000; samesite=strict`;
    if (!document.cookie.includes(token)) localStorage.setItem(DEVICE, token);
  } catch {
    /* then the next page asks its reader */
  }
  return deviceToken();
}

/**
 * The address of a link with the code of some guesses in place of the one it had; without them as
 * it was.
 */
export function carrying(link, code) {
  const [file, hash = ""] = link.split("#"),
    parts = hash.split("&").filter((part) => part && !part.startsWith("mine="));
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

/**
 * Own answers with others: {taken, left}. What was answered here gives way only to something later,
 * and what is left out is named.
 */
export function merged(own, others) {
  const taken = {},
    left = [];
  for (const [name, one] of Object.entries(others)) {
    const mine = own[name],
      same =
        mine && mine.verdict === one.verdict && mine.sure === one.sure && mine.value === one.value;
    if (same && one.again && !mine.again) taken[name] = { ...mine, again: one.again };
    if (same) continue;
    if (!mine || mine.came || (one.time ?? "") > (mine.time ?? "")) taken[name] = one;
    else left.push(name);
  }
  return { taken, left };
}

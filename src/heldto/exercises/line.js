// A reader's guesses as one line of letters: the twin of heldto/exercises/line.py, which says how a line
// is built. tests/lines.json holds both to one table.

const CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", // Crockford's: no I, L, O, U
  LINE_VERSION = "1",
  TAG = 5,
  CHECK = 3,
  SHORTEST = 3 + TAG + 1 + CHECK,
  FACTOR = 22707,
  PRIME = 32749,
  EDGES = [40, 60, 80], // percent sure at which a band of confidence begins
  VERDICT_ALONE = 17,
  WITHOUT_MEANING = 21, // values from which a letter means nothing yet
  BLOCK = 31,
  BEGINS = 4 + TAG + 2, // letters of a line by which a message names it
  BEFORE = 30, // signs before a line that a message shows, such as the name in a chat
  // by its hyphens: a line whatever its first letters are, or without its ends
  SHAPED =
    /(?<![0-9A-Z])(?<!UFR[0-9][-‐-―])(?:([0-9A-Z]{1,6})[-‐-―][0-9A-Z]{6}(?:[-‐-―][0-9A-Z]+)*[-‐-―][0-9A-Z]{3}[-‐-―]U(?![0-9A-Z])|[0-9A-Z]{0,5}[12IL][-‐-―]([A-Z][0-9A-Z]{2,})(?:[-‐-―][0-9A-Z]+)+)/gi,
  ENOUGH = 10, // letters of a line without its ends by which it is told from other words
  BLOCK_HEAD = 2, // the letter of a section, and how many guesses follow
  WHOLE_START = /UFR[0-9]$/i, // read by its letters alone
  // tags that may stand between two letters of a line
  INLINE =
    /<\/?(?:a|abbr|b|big|code|em|font|i|ins|kbd|mark|s|samp|small|span|strong|sub|sup|tt|u|wbr)(?:\s[^<>]*)?\/?>/gi,
  // the other tags of a page, and how it writes signs
  OTHER_MARKUP =
    /<\/?(?:blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|img|li|meta|o:p|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?:\s[^<>]*)?\/?>|<!--[^<>]*-->|&(?:[a-z][a-z0-9]*|#[0-9]+|#x[0-9a-f]+);/gi,
  CUT = "it is incomplete, one of its letters is wrong, or it belongs to another seminar",
  NEWER = "it comes from a later version of this seminar: update the wall";

const folded = (values, rest) =>
  values.reduce((sum, one) => (sum * FACTOR + one + 1) % PRIME, rest);

/** The number with which the check of a seminar's lines starts. name: of the article's package. */
export const lineStart = (name) => folded([...new TextEncoder().encode(name)], 1) || 1;

/** Five letters that tell a reader's lines from those of others, and nothing about them. */
export const newTag = () =>
  [...crypto.getRandomValues(new Uint8Array(TAG))].map((one) => CROCKFORD[one % 32]).join("");

/** The value of a guess's letter. verdicts: the four words; sure: percent, none where nobody asked. */
export function letterValue(verdicts, verdict, sure) {
  const at = verdicts.indexOf(verdict);
  if (sure === undefined) return VERDICT_ALONE + at;
  return 1 + 4 * at + EDGES.filter((edge) => sure >= edge).length;
}

/**
 * The place of a letter's verdict among the four, and its band of confidence, 0 (under 40 %) to 3
 * (80 % and more), -1 where nobody asked.
 */
export const letterMeaning = (value) =>
  value >= VERDICT_ALONE
    ? { at: value - VERDICT_ALONE, band: -1 }
    : { at: Math.floor((value - 1) / 4), band: (value - 1) % 4 };

/** The line of a reader. values: {claim: value of its letter}; start: of the check. */
export function writeLine(tag, values, round, start) {
  const head = tag + CROCKFORD[round],
    blocks = blocksOf(values),
    check = checkOf(LINE_VERSION + head + blocks.join(""), start);
  return [`UFR${LINE_VERSION}`, head, ...blocks, check, "U"].join("-");
}

function blocksOf(values) {
  const sections = new Map();
  for (const [claim, value] of Object.entries(values)) {
    const [, section, number] = claim.match(/^([A-Z])([1-9][0-9]*)$/) ?? [];
    if (!section || !CROCKFORD.includes(section)) continue;
    if (!sections.has(section)) sections.set(section, []);
    sections.get(section)[Number(number) - 1] = value;
  }
  return [...sections].flatMap(([section, known]) => {
    const letters = Array.from(known, (value) => CROCKFORD[value ?? 0]),
      parts = [];
    for (let at = 0; at < letters.length; at += BLOCK) parts.push(letters.slice(at, at + BLOCK));
    return parts.map((part) => `${section}${CROCKFORD[part.length]}${part.join("")}`);
  });
}

function checkOf(letters, start) {
  const rest = folded(
    [...letters].map((one) => CROCKFORD.indexOf(one)),
    start,
  );
  return [10, 5, 0].map((shift) => CROCKFORD[(rest >> shift) & 31]).join("");
}

/**
 * The lines in a text, whatever stands around them: {lines: [{tag, round, guesses: {claim: value},
 * later: claims whose letter means nothing yet, row}], faults: [{begins, why, row}]}; row: the line
 * of the text in which it begins, from 1.
 */
export function readLines(text, start) {
  const lines = [],
    faults = [],
    rows = text.split(/\r\n|\r|\n/).map(withoutMarkup),
    plain = rows.map(plainLetters),
    spans = []; // where the lines lie among all letters
  let row = 0, // of the piece
    rowBegin = 0, // letters before that row
    end = -1; // of the piece before
  for (const piece of plain.join("").split("U")) {
    const begin = Math.max(end, 0); // a line begins with the U before its piece
    end += 1 + piece.length;
    while (row < rows.length - 1 && rowBegin + plain[row].length <= begin)
      rowBegin += plain[row++].length;
    const letters = piece.slice(2).replace(/[IL]/g, "1").replace(/O/g, "0");
    if (!piece.startsWith("FR") || !/^[0-9]/.test(letters) || piece.length < SHORTEST) continue;
    const read = lineOf(letters, start);
    if (typeof read !== "string") lines.push({ ...read, row: row + 1 });
    // "friends", after a u, are no line
    else if (/[0-9]/.test(piece[2]))
      faults.push({ begins: asPasted(rows[row], begin - rowBegin), why: read, row: row + 1 });
    else continue;
    spans.push([begin, end]); // each is told once
  }
  faults.push(...mistyped(rows, plain, spans));
  return { lines, faults: faults.sort((one, other) => one.row - other.row) };
}

/**
 * Lines with a mistake in the letters with which each line starts, or without them. The end of a
 * line that was read, and that a mail broke in two, is none of them.
 */
function mistyped(rows, plain, spans) {
  let before = 0; // letters before the row
  return rows.flatMap((text, at) => {
    const begin = before;
    before += plain[at].length;
    return [...text.matchAll(SHAPED)]
      .map((shaped) => [shaped, plainLetters(text.slice(0, shaped.index)).length])
      .filter(([shaped, skipped]) => {
        const start = begin + skipped,
          stop = start + plainLetters(shaped[0]).length,
          inside = spans.some(([first, last]) => first < stop && start < last);
        return !inside && isLineLike(shaped);
      })
      .map(([, skipped]) => ({ begins: asPasted(text, skipped), why: CUT, row: at + 1 }));
  });
}

/** Whether what has a line's hyphens is one that was not read by its first letters. */
function isLineLike([whole, head, block]) {
  if (head) return !WHOLE_START.test(head);
  const count = block[1].toUpperCase().replace(/[IL]/, "1").replace("O", "0");
  return (
    CROCKFORD.indexOf(count) === block.length - BLOCK_HEAD && plainLetters(whole).length >= ENOUGH
  );
}

/** A row of a page, such as Moodle's onlinetext.html, without its tags. */
const withoutMarkup = (row) => row.replace(INLINE, "").replace(OTHER_MARKUP, " ");

/** The letters and digits of a text that a line could be made of. */
const plainLetters = (text) =>
  text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]+/g, "");

/**
 * How a line begins in a row of text, as it stands there, after the signs before it. skipped:
 * letters of the row before it.
 */
function asPasted(row, skipped) {
  const signs = [...row];
  let count = 0,
    before = 0,
    end = 0;
  for (; end < signs.length && count < skipped + BEGINS; end++) {
    count += plainLetters(signs[end]).length;
    if (count <= skipped) before++;
  }
  return signs
    .slice(Math.max(0, before - BEFORE), end)
    .join("")
    .trim();
}

/** A line without "FR", or why there is none. */
function lineOf(letters, start) {
  if (letters[0] !== LINE_VERSION) return NEWER;
  const body = letters.slice(0, -CHECK);
  if (letters.slice(-CHECK) !== checkOf(body, start)) return CUT;
  const told = claimsOf(body.slice(1 + TAG + 1));
  if (!told) return CUT;
  return { tag: body.slice(1, 1 + TAG), round: CROCKFORD.indexOf(body[1 + TAG]), ...told };
}

/** {guesses, later} of the blocks of a line; nothing where one is cut. */
function claimsOf(blocks) {
  const guesses = {},
    later = [],
    seen = {}; // letters of a section in the blocks before
  for (let at = 0; at < blocks.length;) {
    const section = blocks[at],
      count = CROCKFORD.indexOf(blocks[at + 1] ?? "Z"),
      letters = blocks.slice(at + 2, at + 2 + count);
    if (letters.length < count || !/[A-Z]/.test(section)) return undefined;
    [...letters].forEach((letter, place) => {
      const claim = `${section}${(seen[section] ?? 0) + place + 1}`,
        value = CROCKFORD.indexOf(letter);
      if (value >= WITHOUT_MEANING) later.push(claim);
      else if (value) guesses[claim] = value;
    });
    seen[section] = (seen[section] ?? 0) + count;
    at += 2 + count;
  }
  return { guesses, later };
}

/** Whether something is a reader's tag. */
export const isTag = (tag) => typeof tag === "string" && /^[0-9A-HJKMNP-TV-Z]{5}$/.test(tag);

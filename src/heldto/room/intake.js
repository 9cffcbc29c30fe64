// What readers hand in, taken in whole on the wall: lines in any text, files, folders of them, and
// zips such as Moodle's. The twin of heldto/exercises/intake.py; nothing of it leaves the page.

import { isTag, letterValue, lineStart, readLines } from "../exercises/line.js";

const MEGABYTE = 1000000,
  LARGEST = 5 * MEGABYTE, // bytes of one file
  UNPACKED = 100 * MEGABYTE, // bytes and files of one zip
  MEMBERS = 5000,
  PHOTO = /\.(jpe?g|png|heic|webp)$/i,
  MAC = "__MACOSX";

/**
 * What was taken in so far: readers, each once, and sentences on what was passed over, or met
 * twice. about: {article, claims: [id], verdicts, words: {name: sentence}}.
 */
export function emptyRoom(about) {
  return { about, start: lineStart(about.article), readers: [], told: [], held: new Map() };
}

function tell(room, word, told) {
  const sentence = room.about.words[word];
  room.told.push(sentence.replace(/\{(\w+)\}/g, (_, name) => told[name]));
}

/** Takes in the lines in a text. Returns how many there were, the unreadable among them. */
export function takeText(room, name, text) {
  const { lines, faults } = readLines(text, room.start);
  for (const fault of faults) tell(room, "line", { name, ...fault });
  const numbers = {}; // of the readers' lines in a line of the text
  for (const one of lines) {
    const number = (numbers[one.row] = (numbers[one.row] ?? 0) + 1),
      row = lines.length === 1 ? "" : `, line ${one.row}`,
      again = number === 1 ? "" : `, number ${number} in it`,
      called = `${name}${row}${again}`;
    if (one.later.length) tell(room, "later", { name: called, claims: one.later.join(", ") });
    const guesses = ofThisSeminar(room, called, one.guesses);
    if (Object.keys(guesses).length)
      addReader(room, { name: called, guesses, tag: one.tag, round: one.round });
    else tell(room, "no_guess", { name: called });
  }
  return lines.length + faults.length;
}

function ofThisSeminar(room, name, guesses) {
  const strange = Object.keys(guesses).filter((claim) => !room.about.claims.includes(claim));
  if (strange.length) tell(room, "strange", { name, claims: strange.join(", ") });
  return Object.fromEntries(Object.entries(guesses).filter(([claim]) => !strange.includes(claim)));
}

/** Takes in a file's bytes: a reader's own file, or a text with lines in it. */
export function takeBytes(room, name, bytes) {
  const text = decoded(bytes),
    held = ownFile(text);
  if (held) takeOwnFile(room, name, held, text);
  else if (!takeText(room, name, text))
    tell(room, wasRecord(name, text) ? "cut" : "none", { name });
}

function decoded(bytes) {
  const [first, second] = bytes;
  const kind =
    first === 0xff && second === 0xfe
      ? "utf-16le"
      : first === 0xfe && second === 0xff
        ? "utf-16be"
        : "utf-8";
  return new TextDecoder(kind).decode(bytes);
}

/** Whether a file that is no JSON was one, by its name and its first sign. */
const wasRecord = (name, text) =>
  /\.json$/i.test(name.split(" in ")[0]) && /^[\ufeff \t\r\n]*\{/.test(text);

const record = (one) => typeof one === "object" && one !== null && !Array.isArray(one);

/** What a file of JSON holds. Python also writes NaN and Infinity, which no entry here may be. */
function ownFile(text) {
  for (const written of [text, text.replace(/-?\b(NaN|Infinity)\b/g, "{}")])
    try {
      const held = JSON.parse(written);
      return record(held) ? held : undefined;
    } catch {
      continue;
    }
  return undefined;
}

function takeOwnFile(room, name, held, text) {
  const { article, verdicts, claims } = room.about;
  if (typeof held.article === "string" && !["", article].includes(held.article)) {
    tell(room, "elsewhere", { name, article: held.article });
    return;
  }
  const lists = [held.guesses, held.again ?? []];
  if (!lists.every(Array.isArray)) {
    tell(room, "none", { name });
    return;
  }
  const isSound = (one) =>
    record(one) &&
    claims.includes(one.claim) &&
    verdicts.includes(one.verdict) &&
    Number.isInteger(one.sure) &&
    one.sure >= 0 &&
    one.sure <= 100 &&
    typeof one.time === "string";
  const all = [...held.guesses, ...(held.again ?? [])],
    lost = all.length - all.filter(isSound).length;
  if (lost === all.length) {
    tell(room, "no_guess", { name });
    return;
  }
  if (lost) tell(room, "entries", { name, lost });
  const linked = held.guesses.filter((one) => isSound(one) && one.came === "link").length;
  if (linked) tell(room, "links", { name, linked });
  const tag = isTag(held.tag) ? held.tag : "",
    rounds = [held.guesses, held.again ?? []].map((some) => {
      const guesses = {};
      for (const { claim, verdict, sure } of some.filter(isSound))
        guesses[claim] ??= letterValue(verdicts, verdict, sure);
      return guesses;
    });
  let twin = false;
  rounds.forEach((guesses, at) => {
    if (!Object.keys(guesses).length) return;
    const called = at ? `${name}, second round` : name;
    twin = addReader(room, { name: called, guesses, tag, round: at + 1 }, tag ? "" : text, twin);
  });
}

const within = (one, other) =>
  Object.entries(one).every(([claim, value]) => other[claim] === value);

/**
 * Takes in a reader, unless they are here. text: by which a copy without a tag is known; quiet:
 * whether a copy is not told. Returns whether it is one.
 */
function addReader(room, reader, text = "", quiet = false) {
  const whose = `${text || reader.tag} ${reader.round}`,
    places = room.held.get(whose) ?? [];
  room.held.set(whose, places);
  for (const at of places) {
    const twin = room.readers[at],
      less = within(reader.guesses, twin.guesses),
      more = within(twin.guesses, reader.guesses);
    if (!less && !more) continue;
    const same = less && more;
    if (!(same && quiet))
      tell(room, same ? "twin" : "fuller", { name: reader.name, twin: twin.name });
    if (!less) room.readers[at] = reader;
    return same;
  }
  if (places.length) tell(room, "other", { name: reader.name, twin: room.readers[places[0]].name });
  places.push(room.readers.length);
  room.readers.push(reader);
  return false;
}

/** Takes in files that were chosen or dropped: pairs of [name, File], zips among them. */
export async function takeFiles(room, files) {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  for (const [name, file] of sorted) {
    if (name.split("/").some((part) => part.startsWith(".") || part === MAC)) continue;
    try {
      if (/\.zip$/i.test(name)) await takeZip(room, name, file);
      else if (PHOTO.test(name)) tell(room, "photo", { name });
      else if (file.size > LARGEST) tell(room, "large", { name, most: LARGEST / MEGABYTE });
      else takeBytes(room, name, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      tell(room, "unread", { name, why: error.message });
    }
  }
}

async function takeZip(room, name, file) {
  const bytes = new Uint8Array(await file.arrayBuffer()),
    all = membersOf(bytes);
  if (!all) {
    tell(room, "broken", { name });
    return;
  }
  const members = all
    .filter((one) => !besides(one.name))
    .sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  if (members.length > MEMBERS) tell(room, "many", { name, most: MEMBERS });
  let left = UNPACKED;
  for (const member of members.slice(0, MEMBERS)) {
    const called = `${member.name} in ${name}`,
      word = refused(member);
    if (word) {
      tell(room, word, { name: called });
      continue;
    }
    const most = Math.min(left, LARGEST),
      held = await unpacked(bytes, member, most);
    if (!held) {
      tell(room, "damaged", { name: called });
      continue;
    }
    left -= held.length;
    if (left < 0) {
      tell(room, "bomb", { name, most: UNPACKED / MEGABYTE });
      return;
    }
    if (held.length > most) tell(room, "large", { name: called, most: LARGEST / MEGABYTE });
    else takeBytes(room, called, held);
  }
}

function besides(name) {
  const parts = name.split("/").filter((one) => one !== "." && one !== "..");
  return name.endsWith("/") || parts.some((one) => one === MAC || one.startsWith("."));
}

function refused({ name, flags }) {
  const parts = name.replaceAll("\\", "/").split("/");
  if (parts.includes("..") || parts[0] === "" || parts[0].endsWith(":")) return "outside";
  if (flags & 1) return "locked";
  if (/\.zip$/i.test(parts.at(-1))) return "inner";
  return PHOTO.test(name) ? "photo" : "";
}

/** The members that a zip's list at its end tells of; nothing where there is no such list. */
function membersOf(bytes) {
  const view = new DataView(bytes.buffer),
    members = [];
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 65558 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return undefined;
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left; left--) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const length = view.getUint16(at + 28, true);
    members.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + length)),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      from: view.getUint32(at + 42, true),
    });
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return members;
}

/** The bytes of a member, at most one more than asked; nothing where it cannot be unpacked. */
async function unpacked(bytes, { from, method, packed }, most) {
  const view = new DataView(bytes.buffer);
  if (from + 30 > bytes.length) return undefined;
  const begin = from + 30 + view.getUint16(from + 26, true) + view.getUint16(from + 28, true),
    held = bytes.subarray(begin, begin + packed);
  if (method === 0) return held.subarray(0, most + 1);
  if (method !== 8) return undefined;
  const reader = new Blob([held])
      .stream()
      .pipeThrough(new DecompressionStream("deflate-raw"))
      .getReader(),
    parts = [];
  let length = 0;
  try {
    for (let part; length <= most && !(part = await reader.read()).done;) {
      parts.push(part.value);
      length += part.value.length;
    }
    await reader.cancel();
  } catch {
    return undefined;
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.subarray(0, most + 1);
}

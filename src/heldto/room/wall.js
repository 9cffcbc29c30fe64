// The wall: what a room says of a claim, for the projector. It counts hands, lines and files, and
// where a kernel helps (`camera.js`) cards; a verdict stays hidden until somebody shows it.

import { element, save } from "../toggles/made.js";
import { against, answersIn, counted, divided, emptyCount, toCsv, together } from "./count.js";
import { emptyRoom, takeFiles, takeText } from "./intake.js";

const ROUNDS = { 1: "First round", 2: "Second round, after discussion" };

/** Where this browser keeps counts of this seminar, and of no other on the same host. */
const shelfOf = (wall, what = "") => `${wall.about.article}-hands${what}`;

/** A word of the table as the article's language has it. */
export const saidOf = (wall, word) => wall.about.said?.[word] ?? word;

function plural(wall, count, word) {
  const counted = count === 1 ? word : word + "s";
  return `${count} ${saidOf(wall, counted)}`;
}

/** What the browser kept under a name; else what is given. */
function fromShelf(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise; // what cannot be read is counted anew
  }
}

function toShelf(name, value) {
  try {
    localStorage.setItem(name, JSON.stringify(value));
  } catch {
    /* it stands until the page is left */
  }
}

/** The claims with those first that a plan names, in its address or when the page was made. */
function inTurn({ claims, first = [] }) {
  const asked = new URLSearchParams(location.search).get("claims")?.split(",") ?? first;
  const named = asked.map((name) => claims.find(({ id }) => id === name)).filter(Boolean);
  const rest = claims.filter((one) => !named.includes(one));
  return [...named.map((one) => ({ ...one, group: "Of the plan" })), ...rest];
}

/**
 * Builds the wall in an element. about: {article, claims: [{id, text, group, computed}], verdicts,
 * words}; kept: whether this browser keeps what was typed.
 */
export function startWall(root, told, kept) {
  const about = { ...told, claims: inTurn(told) };
  const wall = {
    root,
    about,
    kept,
    room: emptyRoom({ ...about, claims: about.claims.map(({ id }) => id) }),
    hands: { 1: {}, 2: {} },
    own: [],
    cards: { 1: {}, 2: {} }, // {round: {claim: {seat: place of the verdict}}}
    round: 1,
    shown: new Set(), // claims whose verdict is shown
    at: "",
    parts: {},
    moved: () => undefined, // what is to be done when another claim, or round, is asked
    read: {}, // what readers said, counted once for each that comes
    seals: {}, // {letters of a seal: when they first came}
  };
  if (kept) {
    takeHands(wall);
    addEventListener("storage", () => {
      takeHands(wall);
      draw(wall, root.contains(document.activeElement));
    });
    wall.own = fromShelf(shelfOf(wall, "-own"), []);
    wall.seals = fromShelf(shelfOf(wall, "-seals"), {});
  }
  buildHead(wall);
  buildBars(wall);
  buildIntake(wall);
  buildOwn(wall);
  buildSeals(wall);
  buildTable(wall);
  goTo(wall, kept ? fromShelf(shelfOf(wall, "-at"), "") : "");
  toAnswers(wall);
  return wall;
}

// What is asked ----------------------------------------------------------------------------------

const asked = (wall) => [...wall.about.claims, ...wall.own];

function buildHead(wall) {
  const head = element("form", wall.root, { className: "wall-head" });
  head.addEventListener("submit", (event) => event.preventDefault());
  const step = (text, label, by) => {
    const button = element("button", head, { type: "button", title: label }, text);
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => {
      const ids = asked(wall).map(({ id }) => id);
      goTo(wall, ids[(ids.indexOf(wall.at) + by + ids.length) % ids.length]);
    });
  };
  step("‹", "The claim before", -1);
  const label = element("label", head, {}, "Claim "),
    select = element("select", label, { name: "claim", autocomplete: "off" });
  step("›", "The next claim", 1);
  select.addEventListener("change", () => goTo(wall, select.value));
  const rounds = element("fieldset", head);
  element("legend", rounds, {}, "Count in");
  for (const [number, words] of Object.entries(ROUNDS)) {
    const one = element("label", rounds),
      radio = element("input", one, { type: "radio", name: "round", value: number });
    radio.checked = number === "1";
    one.append(` ${words}`);
    radio.addEventListener("change", () => {
      wall.round = Number(number);
      wall.moved();
      draw(wall);
    });
  }
  const claim = element("h1", wall.root);
  claim.setAttribute("aria-live", "polite");
  Object.assign(wall.parts, { select, claim });
  fillSelect(wall);
}

/** Leaves a claim that nobody answered for the one that most did, if there is one. */
function toAnswers(wall) {
  const answers = ({ id }) => answersIn(countOf(wall, id, 1)) + answersIn(countOf(wall, id, 2)),
    here = asked(wall).find(({ id }) => id === wall.at);
  if (wall.own.includes(here) || answers(here)) return;
  const most = Math.max(...asked(wall).map(answers));
  if (most) goTo(wall, asked(wall).find((one) => answers(one) === most).id);
}

function fillSelect(wall) {
  const groups = {};
  wall.parts.select.replaceChildren();
  for (const { id, text, group } of asked(wall)) {
    groups[group] ??= element("optgroup", wall.parts.select, { label: group });
    element("option", groups[group], { value: id }, nameOf({ id, text }));
  }
}

const nameOf = ({ id, text }) => (id.startsWith("own ") ? text : `${id}, ${text}`);

function goTo(wall, id) {
  const known = asked(wall).some((one) => one.id === id);
  wall.moved();
  wall.at = known ? id : wall.about.claims[0].id;
  wall.parts.select.value = wall.at;
  if (wall.kept) toShelf(shelfOf(wall, "-at"), wall.at);
  draw(wall, false);
}

/** A sentence of the class's own: asked beside the claims, and judged by nobody. */
function buildOwn(wall) {
  const box = element("details", wall.root);
  element("summary", box, {}, "Ask about a sentence of our own");
  const form = element("form", box),
    label = element("label", form, {}, "The sentence "),
    field = element("input", label, { type: "text", maxLength: 200, required: true });
  element("button", form, {}, "Ask it");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    const number = Math.max(0, ...wall.own.map(({ id }) => Number(id.slice(4)))) + 1;
    wall.own.push({
      id: `own ${number}`,
      text,
      group: "Of the class",
      order: 1e6 + number,
      computed: "",
    });
    if (wall.kept) toShelf(shelfOf(wall, "-own"), wall.own);
    field.value = "";
    box.open = false;
    fillSelect(wall);
    goTo(wall, `own ${number}`);
  });
}

// Seals of claims of readers' own ----------------------------------------------------------------

const SEAL = /(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])/g; // the letters that `seal` prints

/** Notes the letters of seals with the time: it proves to others that a rule came first. */
function buildSeals(wall) {
  const box = element("details", wall.root, { className: "wall-seals" });
  element("summary", box, {}, "Note the seals of claims of your own");
  const label = element("label", box, {}, "Paste the twelve letters of each seal "),
    field = element("textarea", label, { rows: 2, spellcheck: false }),
    row = element("p", box, { className: "wall-do" }),
    told = element("p", box, { role: "status" }),
    list = element("ol", box, { className: "wall-noted" });
  const button = (text, act) =>
    element("button", row, { type: "button" }, text).addEventListener("click", act);
  const lines = () => Object.entries(wall.seals).map(([letters, time]) => `${time} ${letters}`);
  const show = () => list.replaceChildren(...lines().map((one) => element("li", null, {}, one)));
  button("Note them with the time", () => {
    const found = field.value.toLowerCase().match(SEAL) ?? [],
      fresh = new Set(found.filter((letters) => !Object.hasOwn(wall.seals, letters))),
      time = `${new Date().toISOString().slice(0, 19).replace("T", " ")} UTC`;
    for (const letters of fresh) wall.seals[letters] = time;
    if (wall.kept) toShelf(shelfOf(wall, "-seals"), wall.seals);
    told.textContent = found.length
      ? `${plural(wall, fresh.size, "seal")} noted at ${time}. Those noted before keep their time.`
      : "No seal in this text: a seal has twelve letters, 0 to 9 and a to f.";
    if (found.length) field.value = "";
    show();
  });
  button("Save the seals (text)", () => save(`${lines().join("\n")}\n`, `seals-${today()}.txt`));
  show();
}

// The four bars ----------------------------------------------------------------------------------

function buildBars(wall) {
  const form = element("form", wall.root, { className: "wall-bars" });
  form.addEventListener("submit", (event) => event.preventDefault());
  const fields = [],
    bars = { 1: [], 2: [] },
    numbers = { 1: [], 2: [] },
    rows = [];
  const row = (name, words, sign) => {
    const line = element("div", form, { className: `wall-row is-${name}` }),
      label = element("label", line);
    element("b", label, {}, sign).setAttribute("aria-hidden", "true");
    element("span", label, {}, words);
    fields.push(
      element("input", label, { type: "number", name, min: "0", max: "9999", step: "1" }),
    );
    fields.at(-1).autocomplete = "off";
    for (const round of [1, 2]) {
      const cell = element("div", line, { className: `wall-bar round-${round}` });
      bars[round].push(element("i", cell));
      numbers[round].push(element("span", cell));
    }
    fields.at(-1).addEventListener("input", () => typed(wall));
    rows.push(line);
  };
  const heads = element("div", form, { className: "wall-row wall-rounds" });
  element("span", heads, {}, saidOf(wall, "hands"));
  for (const round of [1, 2])
    element("span", heads, { className: `round-${round}` }, ROUNDS[round].split(",")[0]);
  wall.about.verdicts.forEach((word, at) => row(word, saidOf(wall, word), wall.about.signs[at]));
  row("sure", "more than 80 % sure", "");
  const total = element("p", wall.root, { role: "status", className: "wall-total" });
  const verdict = element("p", wall.root, { className: "wall-verdict" });
  const show = element("button", wall.root, { type: "button", className: "wall-show" });
  show.addEventListener("click", () => {
    if (!wall.shown.delete(wall.at)) wall.shown.add(wall.at);
    draw(wall);
  });
  verdict.setAttribute("aria-live", "polite");
  Object.assign(wall.parts, { fields, bars, numbers, rows, total, verdict, show, form });
}

/** Keeps what was typed, where it is a count; else it is left out, and said. */
function typed(wall) {
  const counts = Object.fromEntries(
    wall.parts.fields
      .filter((one) => one.value && one.validity.valid)
      .map((one) => [one.name, Number(one.value)]),
  );
  takeHands(wall);
  if (Object.keys(counts).length) wall.hands[wall.round][wall.at] = counts;
  else delete wall.hands[wall.round][wall.at];
  keepHands(wall);
  draw(wall, true);
}

/** Hands that a projector or another window of this browser has kept meanwhile. */
function takeHands(wall) {
  if (!wall.kept) return;
  wall.hands[1] = fromShelf(shelfOf(wall), wall.hands[1]);
  wall.hands[2] = fromShelf(shelfOf(wall, "-2"), wall.hands[2]);
}

function keepHands(wall) {
  if (!wall.kept) return;
  toShelf(shelfOf(wall), wall.hands[1]);
  toShelf(shelfOf(wall, "-2"), wall.hands[2]);
}

/** What hands, cards and readers said of a claim in a round, each as a count. */
function sources(wall, id, round) {
  const hands = wall.hands[round][id],
    cards = wall.cards[round][id],
    byHand = emptyCount(),
    byCard = emptyCount();
  wall.about.verdicts.forEach((word, at) => (byHand.said[at] = hands?.[word] ?? 0));
  byHand.sure = byHand.loose = hands?.sure ?? 0;
  Object.values(cards ?? {}).forEach((at) => byCard.said[at]++);
  return { byHand, byCard, read: wall.read[id]?.[round] ?? emptyCount() };
}

const countOf = (wall, id, round) => together(...Object.values(sources(wall, id, round)));

/** Draws the wall anew. typing: whether the fields hold what is being typed. */
export function draw(wall, typing = false) {
  const { select, claim, fields, bars, numbers, rows, total, form } = wall.parts,
    about = asked(wall).find(({ id }) => id === wall.at),
    second = wall.round === 2 || answersIn(countOf(wall, wall.at, 2)) > 0,
    most = { 1: countOf(wall, wall.at, 1), 2: countOf(wall, wall.at, 2) };
  select.value = wall.at;
  claim.textContent = nameOf(about);
  form.classList.toggle("two-rounds", second);
  const hands = wall.hands[wall.round][wall.at] ?? {};
  fields.forEach((field) => {
    if (!typing) field.value = hands[field.name] ?? "";
    field.setAttribute("aria-invalid", String(!field.validity.valid));
  });
  for (const round of [1, 2]) {
    const answers = answersIn(most[round]);
    [...most[round].said, most[round].sure].forEach((number, at) => {
      // of all answers, so that "sure" moves no other
      const share = Math.min(100, (100 * number) / Math.max(1, answers));
      bars[round][at].style.width = `calc((100% - var(--number)) * ${share / 100})`; // room for the number
      const part = at < 4 ? ` (${Math.round(share)} %)` : "";
      numbers[round][at].textContent = answers ? number + part : "";
    });
  }
  total.textContent = totalled(wall);
  rows.forEach((row, at) =>
    row.classList.toggle(
      "is-computed",
      wall.shown.has(wall.at) && about.computed === wall.about.verdicts[at],
    ),
  );
  drawVerdict(wall, about, most);
  drawTable(wall);
}

function totalled(wall) {
  const { byHand, byCard, read } = sources(wall, wall.at, wall.round),
    parts = [];
  const read_ = answersIn(read),
    cards = answersIn(byCard),
    hands = answersIn(byHand);
  if (read_) parts.push(plural(wall, read_, "reader"));
  if (cards) parts.push(plural(wall, cards, "card"));
  if (hands || !parts.length) parts.push(plural(wall, hands, "hand"));
  const over = byHand.sure > hands ? `, and ${byHand.sure} of them sure: count again` : "";
  const wrong = wall.parts.fields
    .filter((field) => !field.validity.valid)
    .map((field) => field.labels[0].querySelector("span").textContent);
  const told = `${parts.join(", ")}${over}.`;
  if (!wrong.length) return told;
  return `${told} Not counted: ${wrong.join(", ")}. A count is a whole number, 0 or more.`;
}

function drawVerdict(wall, about, most) {
  const { verdict, show } = wall.parts,
    shown = wall.shown.has(wall.at);
  show.hidden = !about.computed;
  show.textContent = shown ? "Hide the verdict" : "Show the verdict";
  verdict.hidden = !(shown && about.computed);
  verdict.replaceChildren();
  if (verdict.hidden) return;
  element("strong", verdict, {}, `${wall.about.month}: ${saidOf(wall, about.computed)}.`);
  for (const round of [1, 2]) {
    const told = against(most[round], about.computed, wall.about.verdicts),
      answers = answersIn(most[round]);
    if (!told || !answers) continue;
    const where = answersIn(most[2]) ? `${ROUNDS[round].split(",")[0]}: ` : "";
    const sure = most[round].sure - most[round].loose;
    const wrong = sure ? ` Of ${sure} who were sure, ${told.wrong} said something else.` : "";
    verdict.append(
      ` ${where}${told.agree} of ${answers} agree; guessing at random, ${told.lot} would.${wrong}`,
    );
  }
}

// What readers hand in ---------------------------------------------------------------------------

function buildIntake(wall) {
  const box = element("details", wall.root, { className: "wall-intake" });
  element("summary", box, {}, "Add lines and files");
  const label = element(
      "label",
      box,
      {},
      "Paste lines here, as many as you like; other text around them is ignored ",
    ),
    field = element("textarea", label, { rows: 3, spellcheck: false }),
    row = element("p", box),
    told = element("ul", box, { className: "wall-told" }),
    said = element("p", null, { role: "status" });
  element("button", row, { type: "button" }, "Count these lines").addEventListener("click", () => {
    if (!takeText(wall.room, "pasted", field.value))
      wall.room.told.push("The pasted text has no line: a line begins with UFR1.");
    else field.value = "";
    tookIn(wall);
  });
  const pick = (words, more) => {
    const one = element("label", row, { className: "wall-pick" }, words),
      input = element("input", one, { type: "file", multiple: true, ...more });
    input.addEventListener("change", async () => {
      const files = [...input.files].map((file) => [
        file.webkitRelativePath.split("/").slice(1).join("/") || file.name,
        file,
      ]);
      await take(wall, files);
      input.value = "";
    });
  };
  pick("Files, or a zip ", {});
  pick("A folder ", { webkitdirectory: true });
  box.insertBefore(said, told);
  for (const way of ["dragover", "drop"])
    box.addEventListener(way, (event) => event.preventDefault());
  box.addEventListener("drop", async (event) => take(wall, await dropped(event.dataTransfer)));
  element(
    "p",
    box,
    { className: "wall-note" },
    "You can also drop files here. Nothing is sent anywhere, and everything is deleted when you close the page.",
  );
  Object.assign(wall.parts, { told, took: said, intake: box });
}

async function take(wall, files) {
  await takeFiles(wall.room, files);
  tookIn(wall);
}

/** Pairs of [name, File] of what was dropped, folders walked through. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((one) => one.webkitGetAsEntry()).filter(Boolean),
    found = [];
  const walk = async (entry, place) => {
    if (entry.isFile) {
      const file = await new Promise((good, bad) => entry.file(good, bad));
      found.push([place + entry.name, file]);
      return;
    }
    const reader = entry.createReader();
    for (;;) {
      const some = await new Promise((good, bad) => reader.readEntries(good, bad));
      if (!some.length) return;
      for (const one of some) await walk(one, `${place}${entry.name}/`);
    }
  };
  for (const entry of entries) await walk(entry, "");
  return found;
}

/** How many readers are counted, in words; by round where there are several. */
function readersIn(wall, readers) {
  const first = readers.filter(({ round }) => round === 1).length,
    later = readers.length - first;
  if (!later) return `${plural(wall, first, "reader")} counted.`;
  return `${plural(wall, first, "reader")} counted in the first round, ${later} after the discussion.`;
}

/** Counts what has come, and says what was passed over. */
export function tookIn(wall) {
  const { readers, told } = wall.room;
  wall.read = counted(readers);
  const toKnow = told.length ? ` ${plural(wall, told.length, "thing")} to know:` : "";
  wall.parts.took.textContent = `${readersIn(wall, readers)}${toKnow}`;
  wall.parts.told.replaceChildren(...told.map((one) => element("li", null, {}, one)));
  draw(wall);
  toAnswers(wall);
}

// All that was counted ---------------------------------------------------------------------------

function buildTable(wall) {
  const frame = element("div", wall.root, { className: "wall-frame", tabIndex: 0, role: "group" }),
    table = element("table", frame);
  frame.setAttribute("aria-label", "Counted so far");
  element("caption", table, {}, "Counted so far");
  const head = element("tr", element("thead", table));
  for (const word of ["Claim", "round", ...wall.about.verdicts, "sure", "computed"])
    element("th", head, { scope: "col" }, saidOf(wall, word));
  const body = element("tbody", table),
    row = element("p", wall.root, { className: "wall-do" });
  element("button", row, { type: "button" }, "Save the table (CSV)").addEventListener("click", () =>
    save(toCsv(allRows(wall), wall.about.verdicts), `class-${today()}.csv`, "text/csv"),
  );
  element("button", row, { type: "button" }, "Forget all counts").addEventListener("click", () => {
    if (confirm("Forget the counts of all claims?")) forget(wall);
  });
  Object.assign(wall.parts, { table, body });
}

/** Rows of all that was counted, in the order of the ledger. */
function allRows(wall) {
  const claims = asked(wall).sort((one, other) => one.order - other.order);
  return claims.flatMap(({ id, text, computed }) =>
    [1, 2, ...Object.keys(wall.read[id] ?? {}).map(Number)]
      .filter((round, at, all) => all.indexOf(round) === at)
      .map((round) => ({
        claim: id,
        text,
        round,
        computed,
        count: round > 2 ? wall.read[id][round] : countOf(wall, id, round),
      }))
      .filter(({ count }) => answersIn(count) || count.sure),
  );
}

function drawTable(wall) {
  const { table, body } = wall.parts,
    rows = divided(allRows(wall));
  body.replaceChildren(
    ...rows.map(({ claim, text, round, count, few, computed }) => {
      const row = element("tr", null, { className: few ? "few" : "" });
      element("th", row, { scope: "row" }, nameOf({ id: claim, text }));
      for (const number of [round, ...count.said, count.sure]) element("td", row, {}, number);
      element("td", row, {}, wall.shown.has(claim) ? saidOf(wall, computed) : "");
      return row;
    }),
  );
  table.hidden = !rows.length;
  table.caption.textContent = `Counted so far, what divides the room most first${rows.some(({ few }) => few) ? "; claims that few answered are grey, and come last" : ""}`;
}

const today = () => new Date().toISOString().slice(0, 10);

function forget(wall) {
  wall.hands = { 1: {}, 2: {} };
  wall.cards = { 1: {}, 2: {} };
  wall.own = [];
  keepHands(wall);
  if (wall.kept) toShelf(shelfOf(wall, "-own"), wall.own);
  wall.room = emptyRoom(wall.room.about);
  fillSelect(wall);
  tookIn(wall);
  goTo(wall, wall.at);
}

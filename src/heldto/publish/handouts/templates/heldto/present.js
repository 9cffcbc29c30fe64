// The projector (`page.html?present`): one claim at a time, one step a screen, one key a step. No
// key leads past a verdict: each has a screen of its own.

import { fromAddress, toAddress } from "../../../../toggles/address.js";
import { element } from "../../../../toggles/made.js";
import { all, bar, byId, captions, place, root, showComments, start, state } from "./base.js";
import { ARTICLE } from "./given.js";
import { VERDICTS, shelved } from "./shelf.js";

/**
 * @typedef {{ kind: string, cells: Element[], one?: Element, later?: boolean }} Step
 * one: what a screen shows of its cells, where that is not all; later: a picture after the verdict
 * @typedef {{ name: string, title: string, core: boolean, steps: Step[], waiting: Element[], seen: number, tall?: boolean }} Talk
 * waiting: cells for the next step; seen: the furthest step that was shown; tall: whether its
 * picture scrolls
 */

const STEP_NAMES = {
  claim: "the claim",
  guess: "your guess",
  hands: "the show of hands",
  text: "a word before",
  picture: "the picture",
  titled: "the picture with its title",
  said: "a word on the picture",
  figures: "the figures",
  instead: "another in its place",
  verdict: "the verdict",
  comment: "our comment",
};
const ONWARD = ["ArrowRight", "PageDown", " ", "Enter"],
  BACKWARD = ["ArrowLeft", "PageUp"];
const SCROLL = { ArrowUp: -40, ArrowDown: 40 }; // px, as browsers do
const NOT_SHOWN =
  ".tag-draw, .tag-exercise, .tag-answer, .tag-solution, .tag-instructor, .tag-live, .tag-setup, #cell-aims";
const WITHIN = ".tag-after-verdict, .tag-exercise"; // their headings open no claim
const SPOKEN = ":scope > :not(h3, h4, .of-code)"; // more than a heading
const OF_CODE = /\b(cells?|pandas|seaborn|python|notebook)\b/i;
const OF_PICTURE = /\b(pictures?|panels?|(pale|dark|blue) (bars|dots|lines?)|squares|Bild)\b/i;
const OF_PLOT = /\bplot\b/i;
const LONG = 500; // letters of words that stand below a table on its own slide, at most
const SMALLEST = 0.65; // how small a slide becomes, so that its last line stands above the foot
const FITTED = ["claim", "guess", "figures", "instead", "text", "comment"]; // steps without a drawing to lower
const OPENED = ["verdict", "comment", "figures", "instead"]; // steps that open the cards they hold
const LEGIBLE = 12, // px: a drawing that is fitted with smaller letters scrolls, with
  READABLE = 17,
  RULER_LETTERS = 20; // px: of a ruler, at least
const HIGH = 0.86; // a drawing is high below this part of the screen's width to its height
const COUNT = { min: "0", max: "9999", step: "1" }; // what a field for hands takes
// the shelves of the wall, one a round
const HANDS = ["", "-2"].map((round) => `${ARTICLE.name}-hands${round}`);

/** The claims of a page, and its other parts that hold a picture, each with its steps. */
function talksOf(main) {
  const talks = [];
  let core = true;
  for (const cell of all(":scope > .cell", main)) {
    const heads = cell.matches(WITHIN) ? [] : all("h2, h3", cell),
      head = heads.at(-1);
    if (heads.some((one) => one.id === main.dataset.more)) core = false;
    const last = talks.at(-1);
    if (head && !(last?.steps.length === 1 && head.matches("h3") && last.third))
      talks.push({ ...talkOf(cell, head, core), third: head.matches("h3") });
    else if (head) joinHeading(last, cell, head);
    else if (last) addCell(last, cell);
  }
  const held = talks.filter((talk) =>
    talk.steps.some((step) => ["guess", "picture"].includes(step.kind)),
  );
  held.forEach(endTalk);
  held.forEach(nameLast);
  return held;
}

/** Words that nothing follows come before nothing: they are a comment. */
function nameLast(talk) {
  const before = talk.steps.findLastIndex((step) => step.kind !== "text");
  for (const step of talk.steps.slice(before + 1)) step.kind = "comment";
}

/** @returns {Talk} */
const talkOf = (cell, head, core) => ({
  name: claimName(head),
  title: head.textContent,
  core,
  steps: [{ kind: "claim", cells: [cell] }],
  waiting: [],
  seen: 0,
});

/** Of "Part 1. E4: a surplus?" E4. */
const claimName = (head) =>
  head.textContent.replace(/^Part \d+\. (?=[A-Z]\d)/, "").split(/[.:]/)[0];

/** Two headings with nothing but words between them are asked about together. */
function joinHeading(talk, cell, head) {
  talk.steps[0].cells.push(...talk.waiting.splice(0), cell);
  talk.title += ` ${head.textContent}`;
  talk.name += `, ${claimName(head)}`;
}

function addCell(talk, cell) {
  const add = (kind, one) =>
    talk.steps.push({ kind, cells: [...talk.waiting.splice(0), cell], ...(one && { one }) });
  const judged = talk.steps.some((step) => step.kind === "verdict"),
    verdict = cell.querySelector("details.verdict[id]");
  if (cell.querySelector(".examine")) {
    addExamined(talk, cell);
  } else if (cell.matches(NOT_SHOWN) || cell.querySelector(".tap")) {
    endTalk(talk);
  } else if (cell.querySelector("form.guess")) {
    talk.steps[0].cells.push(...talk.waiting.splice(0));
    for (const form of all("form.guess", cell)) {
      add("guess", form);
      add("hands", form);
    }
  } else if (verdict) {
    endTalk(talk);
    add("verdict");
  } else if (cell.matches(".tag-picture:not(.tag-after-verdict)")) {
    endTalk(talk);
    add("picture");
    if (hasTitleToShow(cell)) add("titled");
  } else if (cell.matches(".tag-number")) addNumber(talk, cell, judged);
  else if (judged && cell.matches(".tag-picture")) {
    add("titled");
    talk.steps.at(-1).later = true;
  } else if (judged && cell.querySelector(SPOKEN)) {
    if (explains(talk, cell)) talk.steps.at(-1).cells.push(cell);
    else if (isOfPlot(talk, cell)) {
      const last = talk.steps.pop();
      talk.steps.push({ kind: "said", cells: [...last.cells, cell] });
    } else if (pictureOf(talk) && OF_PICTURE.test(cell.textContent))
      addBeside(talk, [...talk.waiting.splice(0), cell]);
    else add("comment");
  } else talk.waiting.push(cell);
}

/** A number; one that follows a verdict stands with the words or the number right above it. */
function addNumber(talk, cell, judged) {
  const last = talk.steps.at(-1),
    isNext = last?.cells.at(-1) === cell.previousElementSibling;
  if (cell.querySelector("details.verdict"))
    talk.steps.push({ kind: "instead", cells: [...talk.waiting.splice(0), cell] });
  else if (judged && isNext && ["comment", "figures"].includes(last.kind))
    Object.assign(last, { kind: "figures", cells: [...last.cells, cell] });
  else talk.steps.push({ kind: "figures", cells: [...talk.waiting.splice(0), cell] });
}

/** Whether few words stand right below a table: they tell what is in it. */
function explains(talk, cell) {
  const last = talk.steps.at(-1);
  return (
    last.kind === "figures" &&
    last.cells.at(-1) === cell.previousElementSibling &&
    cell.previousElementSibling.matches(".tag-number") &&
    cell.textContent.trim().length < LONG
  );
}

/** Whether words stand right below a plot that came after the verdict, and are about it. */
function isOfPlot(talk, cell) {
  const last = talk.steps.at(-1);
  return (
    last.later &&
    last.cells.at(-1) === cell.previousElementSibling &&
    OF_PLOT.test(cell.textContent)
  );
}

/** Whether the title of a picture says more than what stood above it before. */
const hasTitleToShow = (part) =>
  all("figcaption b", part).some((title) => {
    const neutral = title.querySelector(".neutral")?.textContent.trim();
    return !neutral || all(".finding", title).some((one) => one.textContent.trim() !== neutral);
  });

/** The titles of a picture as they stand on a slide of a kind, with the actors that are on. */
function titlesAt(kind, cells) {
  const now = root.dataset.step;
  root.dataset.step = kind;
  const isSeen = (one) => getComputedStyle(one).display !== "none",
    titles = cells
      .flatMap((cell) => all("figcaption b", cell))
      .filter(isSeen)
      .flatMap((title) => [...title.childNodes])
      .filter((part) => part instanceof Text || isSeen(part)) // a picture of nobody has no spans
      .map((part) => part.textContent.trim());
  root.dataset.step = now;
  return titles.join();
}

/** Whether a slide shows nothing that the one before it does not show. */
const isDead = (step) =>
  step.kind === "titled" &&
  !step.later &&
  titlesAt("picture", step.cells) === titlesAt("titled", step.cells);

/** The last step of a claim that shows its picture. @returns {Step | undefined} */
const pictureOf = (talk) =>
  talk.steps.findLast((step) => ["picture", "titled"].includes(step.kind) && !step.later);

/** Words on a picture stand beside it, on a slide of their own. */
function addBeside(talk, cells) {
  const shown = pictureOf(talk);
  talk.steps.push({ ...shown, kind: "said", cells: [...shown.cells, ...cells] });
}

/** The steps of a claim in one element: its guesses, its picture where it has one, its verdicts. */
function addExamined(talk, cell) {
  const add = (kind, one) => talk.steps.push({ kind, cells: [cell], one });
  talk.steps[0].cells.push(...talk.waiting.splice(0));
  for (const form of all("form.guess", cell)) {
    add("guess", form);
    add("hands", form);
  }
  const behind = cell.querySelector(".behind");
  if (behind.querySelector("figure")) {
    add("picture", behind);
    if (hasTitleToShow(behind)) add("titled", behind);
  }
  for (const card of all(".examine > details.verdict[id]", cell)) add("verdict", card);
}

/**
 * Words that wait for a step which does not come stand with the picture right above them, or alone;
 * a heading alone goes.
 */
function endTalk(talk) {
  const cells = talk.waiting.splice(0);
  if (!cells.some((cell) => cell.querySelector(SPOKEN))) return;
  const last = talk.steps.at(-1),
    isBelow = last.cells.at(-1) === cells[0].previousElementSibling;
  const speaks = pictureOf(talk) && cells.some((cell) => OF_PICTURE.test(cell.textContent));
  if (speaks || (isBelow && ["picture", "titled"].includes(last.kind))) addBeside(talk, cells);
  else talk.steps.push({ kind: "text", cells });
}

/** Marks the sentences that speak of code: a slide shows none, and so does not explain it. */
function markCode(paragraph) {
  const sentences = [[]];
  for (let part of [...paragraph.childNodes]) {
    for (;;) {
      const end = part instanceof Text && part.data.match(/^[^]*?[.?!]["”)]*\s/);
      if (!end || end[0].length === part.data.length) break;
      const rest = part.splitText(end[0].length);
      sentences.at(-1).push(part);
      sentences.push([]);
      part = rest;
    }
    sentences.at(-1).push(part);
    if (part instanceof Text && /[.?!]["”)]*\s$/.test(part.data)) sentences.push([]);
  }
  for (const parts of sentences) {
    const words = parts.map((part) => part.textContent).join("");
    if (!OF_CODE.test(words) && !parts.some((part) => part.nodeName === "CODE")) continue;
    const span = document.createElement("span");
    span.className = "of-code";
    parts[0].before(span);
    span.append(...parts);
  }
  const isSaid = (part) => part.className !== "of-code" && part.textContent.trim();
  if (!all(":scope > .of-code", paragraph).length) return;
  if (![...paragraph.childNodes].some(isSaid)) paragraph.classList.add("of-code");
}

/** Marks a table whose rows have no name but a number, which says nothing on a slide. */
function markNumbered(table) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]),
    heads = [...(table.tHead?.rows ?? [])];
  const isNumbered = rows.every((row) => /^\d+$/.test(row.cells[0].textContent.trim()));
  if (heads.length === 1 && !heads[0].cells[0].textContent.trim() && isNumbered)
    table.classList.add("numbered");
}

/**
 * Remembers whether the focus came by a pointer. `:focus-visible` cannot tell: it turns true with the
 * first key after a click.
 */
const pointed = { last: false, focus: false };
function watchFocus() {
  addEventListener("pointerdown", () => Object.assign(pointed, { last: true, focus: true }), true);
  addEventListener("focusin", () => Object.assign(pointed, { focus: pointed.last }), true);
  const byKey = ({ ctrlKey, metaKey, altKey }) => {
    if (!ctrlKey && !metaKey && !altKey) pointed.last = false; // one that leaves the window is none
  };
  addEventListener("keydown", byKey, true);
}

/** Whether a key belongs to what has the focus. What was only clicked on leaves all to the talk. */
function keepsKey(target, key) {
  const own = target.closest?.("button, a, summary, input, select, textarea");
  if (!own || key.startsWith("Page") || own.type === "number") return false; // a count needs no →
  if (own.matches("textarea, [type=text], [type=search]")) return true;
  if (own.matches("select") && CSS.supports("selector(:open)") && own.matches(":open")) return true;
  if (pointed.focus) return false;
  const moves = own.matches("select, [type=radio], [type=range]") && key.startsWith("Arrow");
  return moves || [" ", "Enter"].includes(key);
}

/**
 * Lowers the ruler of a verdict until its three lines stand above the foot of the screen. Its letters
 * stay legible: it has room for large ones.
 */
function fitRuler(card, foot) {
  root.style.removeProperty("--ruler");
  const ruler = all(".drawing svg", card).find((one) => one.getClientRects().length);
  if (!ruler) return;
  const lines = all(".ruling, .firm", card)
      .filter((one) => one.checkVisibility()) // those of its folds are not
      .map((one) => one.getBoundingClientRect().bottom),
    over = Math.max(...lines) - foot.getBoundingClientRect().top,
    high = ruler.getBoundingClientRect().height - over - 8;
  if (over > 0) root.style.setProperty("--ruler", `${Math.max(innerHeight / 6, high)}px`);
  const letters = Math.max(RULER_LETTERS, 0.8 * parseFloat(getComputedStyle(root).fontSize)),
    unit = ruler.getBoundingClientRect().width / ruler.viewBox.baseVal.width;
  root.style.setProperty("--letters", `${letters / unit}px`);
}

/**
 * Lowers the drawing of a step until it stands whole above the foot of the screen. One whose letters
 * nobody could read then is as large as they need it, and scrolls, if it may grow.
 */
function fitDrawing(drawing, foot, mayGrow) {
  const box = drawing.getBoundingClientRect(),
    over = box.bottom - foot.getBoundingClientRect().top;
  if (over > 0 && scrollY === 0 && !root.classList.contains("tall"))
    root.style.setProperty("--fits", `${Math.max(innerHeight / 3, box.height - over - 8)}px`);
  if (!mayGrow) return;
  const { width, height } = drawing.getBoundingClientRect(),
    { viewBox } = drawing,
    high = smallest(drawing) && (height * READABLE) / smallest(drawing),
    highest = ((width * viewBox.baseVal.height) / viewBox.baseVal.width) | 0;
  if (!viewBox.baseVal.width || smallest(drawing) >= LEGIBLE || highest <= height) return;
  root.classList.add("tall");
  root.style.setProperty("--fits", `${Math.min(high, highest)}px`);
}

/** Whether a drawing is larger with its title beside it than below its title. */
const isHigh = ({ viewBox: { baseVal } }) =>
  baseVal.width / baseVal.height < (HIGH * innerWidth) / innerHeight;

/** How high the smallest letters of a drawing are. */
const smallest = (drawing) =>
  Math.min(
    ...all("text", drawing)
      .map((one) => one.getBoundingClientRect().height)
      .filter(Boolean),
  );

/** Makes the words of a slide smaller until their last line stands above the foot of the screen. */
function fitWords(parts, foot) {
  const isCut = () =>
    parts.some(
      (one) => one.getBoundingClientRect().bottom + scrollY > foot.getBoundingClientRect().top,
    );
  for (let size = 1; size >= SMALLEST; size -= 0.05) {
    root.style.setProperty("--size", `${size}`);
    if (!isCut()) return;
  }
}

/** Where a place of a plan is: {page, at}, of its address; and the words of its link. */
function placeOf([address, words = ""] = [""]) {
  const { pathname, hash } = new URL(address, location.href),
    { at } = fromAddress(hash);
  return { page: pathname.split("/").at(-1), at, words: words || at };
}

/** The projector of a page. */
function present(main) {
  if (main.querySelector("form.guess")) all(".markdown :is(p, li)", main).forEach(markCode);
  all("table.dataframe", main).forEach(markNumbered);
  const talks = talksOf(main);
  if (!talks.length) return;
  root.classList.add("present");
  const head = document.createElement("p"),
    list = element("nav", document.body, { className: "stage-list", ariaLabel: "Claims" }),
    foot = element("nav", document.body, { className: "stage-foot", ariaLabel: "Projector" });
  head.className = "stage-head";
  main.prepend(head);
  const count = handsForm(main);
  let talk = null,
    at = 0,
    everything = false,
    left = null; // the slide that C left for the list: {talk, at, scrolled}
  const plan = new URLSearchParams(location.search).get("present"),
    stops = ARTICLE.plans?.[plan] ?? []; // [address, words] of the places that a plan opens, in its order
  let stop = -1; // the one where the talk is

  const button = (text, act) => {
    const made = element("button", foot, { type: "button" }, text);
    made.addEventListener("click", act);
    return made;
  };
  const fitted = new ResizeObserver(([found]) => {
    const isTitled = root.dataset.step === "titled"; // it stays as large as it was before its title
    fitDrawing(found.target, foot, !isTitled || talk?.tall);
    if (talk && !isTitled) talk.tall = root.classList.contains("tall");
    tellRest();
  });
  const where = element("p", foot, { role: "status" });
  button("Back", () => backward());
  const onwardButton = button("Next", () => onward());
  button("Actors (A)", () => toBar());
  button("Claims (C)", () => toList());
  element("a", foot, { href: location.href.replace(/\?[^#]*/, "") }, "Leave");

  /** Shows what stands at a step, and nothing else; its verdict is opened there and not before. */
  function show() {
    const step = talk?.steps[at];
    all(".on-stage", main).forEach((one) => one.classList.remove("on-stage"));
    root.dataset.step = step?.kind ?? "list";
    list.hidden = Boolean(step);
    count.hidden = step?.kind !== "hands";
    head.textContent = headOf(step);
    where.textContent = step
      ? `${talk.name}, ${at + 1} of ${talk.steps.length}: ${STEP_NAMES[step.kind]}`
      : "";
    if (!step) return nameNext();
    talk.seen = Math.max(talk.seen, at);
    if (step.kind === "hands") count.ask(step.one);
    else [...step.cells, step.one].forEach((one) => one?.classList.add("on-stage"));
    const holder = step.one ?? step.cells.at(-1),
      cards = holder.matches("details") ? [holder] : all("details.verdict", holder);
    for (const card of OPENED.includes(step.kind) ? cards : []) {
      card.open = true;
      fitRuler(card, foot);
    }
    showComments(); // the page's own listener comes later than a quick key
    nameNext();
    all(".on-stage figcaption", main).forEach((one) => captions.observe(one));
    scrollTo({ top: 0, behavior: "instant" });
    fitPicture();
    root.style.setProperty("--size", "1");
    if (FITTED.includes(step.kind)) fitWords([main], foot);
    if (step.kind === "said") fitWords(all(":scope > .on-stage:not(.tag-picture)", main), foot);
    tellRest();
  }

  /** Makes the drawing in sight as large as its slide has room for. */
  function fitPicture() {
    root.style.removeProperty("--fits");
    root.classList.remove("tall");
    fitted.disconnect();
    const drawing = all(".on-stage .actorfig:not(.yardstick) .drawing svg", main).find(
      (one) => one.getClientRects().length,
    );
    const isAlone = ["picture", "titled"].includes(root.dataset.step);
    root.classList.toggle("beside", isAlone && Boolean(drawing) && isHigh(drawing));
    if (drawing) fitted.observe(drawing);
  }

  /** Marks a slide of words that go on below the foot: ↓ scrolls to them, and the foot says so. */
  function tellRest() {
    const end = main.getBoundingClientRect().bottom + scrollY,
      isWords = talk && !["picture", "titled"].includes(root.dataset.step);
    root.classList.toggle("longer", isWords && end > foot.getBoundingClientRect().top);
  }

  /** Says on its button where the key leads. */
  function nameNext() {
    const step = next() && talk.steps[next()];
    if (left) onwardButton.textContent = `Back to ${left.talk.name}`;
    else onwardButton.textContent = step ? `Next: ${STEP_NAMES[step.kind]}` : afterClaim();
  }

  function afterClaim() {
    if (planned()) return `Next in the plan: ${placeOf(planned()).words}`;
    if (isEnd()) return "End of the plan";
    return claimAhead() ? "Next claim" : "All claims";
  }

  function headOf(step) {
    if (!step || ["claim", "guess"].includes(step.kind)) return ""; // these say it large
    return step.kind === "hands" ? step.one.querySelector("legend").textContent : talk.title;
  }

  function go(to, step = 0) {
    talk = to;
    at = step;
    left = null;
    if (talk) {
      state.at = talk.steps[0].cells.at(-1).id;
      history.replaceState(history.state, "", toAddress(state));
    }
    show();
  }

  const walked = () => talks.filter((one) => one.core || everything);

  /** The step of a claim that comes next: what waits for a verdict that was not opened is none. */
  function next() {
    const found = talk?.steps.findIndex(
      (step, place) => place > at && !step.cells.every((cell) => cell.hidden) && !isDead(step),
    );
    return found > 0 ? found : 0;
  }

  function onward() {
    if (left) return backToSlide();
    const to = next();
    if (to) go(talk, to);
    else if (planned()) toStop(placeAhead());
    else go(claimAhead());
  }

  /** The claim that comes next; after one that a link opened alone, and after the last, the list. */
  function claimAhead() {
    const here = walked().indexOf(talk);
    return (talk && here < 0) || isEnd() ? null : (walked()[here + 1] ?? null);
  }

  const planned = () => (stop < 0 ? undefined : stops[placeAhead()]);
  const isEnd = () => stop >= 0 && placeAhead() >= stops.length;

  /** The number of the plan's next place: a picture whose table was opened before it is none. */
  const placeAhead = () =>
    stop + 1 + Number(`${placeOf(stops[stop + 1]).at}-figures` === placeOf(stops[stop]).at);

  /** Opens a place of the plan, on this page or another. */
  function toStop(number) {
    const [page, hash] = stops[number][0].split("#");
    location.assign(`${page}?present=${plan}#${hash}`);
  }

  /** A step back; from a claim to the one before, as far as that one was seen. */
  function backward() {
    if (left) return backToSlide();
    const shown = talk?.steps.findLastIndex((one, to) => to < at && !isDead(one)) ?? -1;
    if (shown >= 0) return go(talk, shown);
    if (talk && stops[stop - 1]) return toStop(stop - 1);
    const before = walked()[walked().indexOf(talk) - 1];
    if (before) go(before, before.seen);
    else toList();
  }

  function toBar() {
    if (!bar) return;
    const open = root.classList.toggle("bar-open");
    bar.querySelector("details").open = open;
    if (open) focusIn(bar);
  }

  /** Leaves a slide for the list; on the list that was so opened back to the slide, where it stood. */
  function toList() {
    if (left) return backToSlide();
    const from = talk && { talk, at, scrolled: scrollY };
    go(null);
    left = from;
    nameNext();
    focusIn(list);
  }

  function backToSlide() {
    const { scrolled, ...from } = left;
    go(from.talk, from.at);
    const settled = () => scrollTo({ top: scrolled, behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(settled)); // once its drawing is fitted
  }

  /** Goes where the address says: to a picture, or to a claim; to the list where it says nothing. */
  function follow() {
    const found = state.at ? place(state.at) : null,
      cell = found?.closest("main > .cell");
    const here = location.pathname.split("/").at(-1),
      isHere = (one) => placeOf(one).page === here && placeOf(one).at === state.at,
      later = stops.findIndex((one, number) => number > stop && isHere(one));
    stop = later < 0 ? stops.findIndex(isHere) : later;
    const to = talks.find((one) => one.steps.some((step) => step.cells.includes(cell)));
    const step = to?.steps.findIndex((one) => one.kind === "picture" && one.cells.includes(cell));
    go(to ?? null, Math.max(step ?? 0, 0));
    if (!to || !found.matches(".fig-table")) return;
    /** @type {any} */ (found).open = true;
    found.scrollIntoView({ behavior: "instant" });
  }

  fillList(list, talks, go, () => {
    everything = true;
  });
  watchFocus();
  addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (key in SCROLL && all("[type=number]:focus", main).length) {
      event.preventDefault(); // else it would change the count
      scrollBy(0, SCROLL[key]);
    }
    if (key === "Escape" && root.classList.contains("bar-open")) return toBar();
    if (keepsKey(target, key)) return;
    const act = { a: toBar, c: toList, ...keys(ONWARD, onward), ...keys(BACKWARD, backward) }[key];
    if (!act) return;
    event.preventDefault();
    /** @type {any} */ (document.activeElement).blur(); // else Space would press it, too
    if (!event.repeat) act(); // a key held down leads no further
  });
  addEventListener("toggle", () => setTimeout(() => (nameNext(), tellRest())), true); // a comment waits for its verdict
  addEventListener("popstate", follow);
  addEventListener("resize", fitPicture);
  main.addEventListener("change", fitPicture); // another choice is another drawing
  follow();
}

/** @param {any} box */
const focusIn = (box) => box.querySelector("button, input")?.focus();

const keys = (names, act) => Object.fromEntries(names.map((name) => [name, act]));

/** The claims of a page to choose from: the core, and behind a fold all others. */
function fillList(list, talks, go, all_) {
  element("h1", list, {}, document.querySelector("h1").textContent);
  const core = talks.filter((one) => one.core),
    more = talks.filter((one) => !one.core);
  const offer = (box, some, act = () => {}) => {
    const items = element("ol", box);
    for (const talk of some)
      element("button", element("li", items), { type: "button" }, talk.title).addEventListener(
        "click",
        () => {
          act();
          go(talk);
        },
      );
  };
  if (more.length) element("h2", list, {}, "Core");
  offer(list, core);
  if (!more.length) return;
  const fold = element("details", list);
  element("summary", fold, {}, "All other claims");
  offer(fold, more, all_);
}

/**
 * A form for a show of hands, before a discussion and after it; it shares its counts with the wall.
 */
function handsForm(main) {
  const form = /** @type {any} */ (element("form", main, { className: "stage-hands" })),
    said = element("p", form, { role: "status" });
  const rows = [...VERDICTS, "sure"].map((word) => {
    const label = element("label", form, {}, word === "sure" ? "more than 80 % sure" : `${word}`);
    const field = element("input", label, { type: "number", name: word, ...COUNT }),
      bars = element("span", label);
    return { word, field, drawn: HANDS.map(() => element("i", bars)) };
  });
  const later = element("label", form, { className: "stage-round" }),
    second = element("input", later, { type: "checkbox" });
  later.append(" second round, after the discussion");
  let claim = "",
    counted = HANDS.map(() => ({}));
  const handsIn = (counts) => VERDICTS.reduce((sum, word) => sum + (counts[word] ?? 0), 0);
  const draw = () => {
    const rounds = counted.map((all) => all[claim] ?? {}),
      hands = rounds.map(handsIn);
    for (const { word, drawn } of rows)
      drawn.forEach((bar, at) => {
        const share = (rounds[at][word] ?? 0) / Math.max(1, hands[at]);
        bar.style.width = `${Math.min(100, 100 * share)}%`;
        bar.hidden = at > 0 && !second.checked && !hands[at];
      });
    const told = hands.map((count) => `${count} hand${count === 1 ? "" : "s"}`);
    const wrong = rows.filter(({ field }) => !field.validity.valid).map(({ word }) => word);
    said.textContent = hands[1] ? `${told[0]}, then ${told[1]}.` : `${told[0]}.`;
    if (wrong.length)
      said.textContent += ` Not counted: ${wrong.join(", ")}. A count is a whole number from 0 to ${COUNT.max}.`;
  };
  const fill = () => {
    const counts = counted[Number(second.checked)][claim] ?? {};
    rows.forEach(({ word, field }) => {
      field.value = counts[word] ?? "";
    });
    draw();
  };
  /** Counts that the count page, or another window, has kept meanwhile. */
  const takeCounted = () => {
    counted = counted.map((all, round) => ({ ...all, ...shelved(HANDS[round]) }));
  };
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", ({ target }) => {
    if (target === second) return fill();
    const sound = rows.filter(({ field }) => field.value && field.validity.valid),
      round = Number(second.checked);
    takeCounted();
    counted[round][claim] = Object.fromEntries(
      sound.map(({ word, field }) => [word, Number(field.value)]),
    );
    try {
      localStorage.setItem(HANDS[round], JSON.stringify(counted[round]));
    } catch {
      /* they stand until the page is left */
    }
    draw();
  });
  form.ask = (guess) => {
    claim = guess.dataset.claim;
    for (const { word, field } of rows)
      field.parentElement.hidden = word !== "sure" && !guess.querySelector(`[value=${word}]`);
    takeCounted();
    fill();
  };
  form.append(said);
  return form;
}

/** A page with claims says where its projector is. */
function offerProjector() {
  const facts = document.querySelector(".facts");
  if (!facts || !document.querySelector("form.guess")) return;
  element("a", element("li", facts, { className: "projector" }), { href: "?present" }, "Projector");
}

/** The projector, where the address asks for it; else the page says where it is. */
export function startProjector() {
  if (new URLSearchParams(location.search).has("present"))
    setTimeout(() => start(present, byId("text")));
  else start(offerProjector);
}

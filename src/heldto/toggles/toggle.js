// The one script that notebook and handout share. It shows, hides, joins sentences and counts what is visible; it computes nothing.

import { element } from "./made.js";

const BURST = 500; // milliseconds: changes no further apart are undone together, so a double click is one step
const FEW = 4; // actors whose lines have room for a name each
const ALONE = "double click, or Shift+Space: alone, and back";

/**
 * The style that hides what is off: a mark, sentence, row or column shows if and only if all its actors are on. Of whom every mark of
 * a picture is, those are always on there, and it says so. Where nothing of it is left, its message stands in its place; not in a drawing made while somebody who is on
 * now was off, which is about to be drawn anew. While few are on, lines that stood back get the colours and names of those actors, and lines have the figures that titles name. On a page a drawing of sums alone goes with one of them. A yardstick folds away strips without a dot; who of everybody
 * has a dot there and no box in the bar shows while all are on. within: a selector of what the bar is for, with a space behind it, where a page holds more.
 */
export function rules(key, actors, shown, vintage, everybody = actors, within = "", colours = {}) {
  const listens = `${within}[data-bar="${key}"]`,
    page = `${within}.actorfig[data-bar="${key}"]`,
    then = vintage === "then";
  const codes = actors.filter((code) => !shown.includes(code)),
    off = codes.map((code) => `.a-${code}:not(.n-${code} *)`);
  if (off.length)
    off.push(
      ...everybody
        .filter((code) => !actors.includes(code))
        .map((code) => `.a-${code}:is(.yardstick *)`),
    );
  const none = (letter, some) =>
    some.length ? `:not(${some.map((code) => "." + letter + "-" + code).join()})` : "";
  const fresh = none("o", shown);
  const left = (gone) => `:has(svg [class*="a-"]:not(${[gone, ...off].join()})>:not(text))`; // .then: of all that is known now
  const some = `${page}:has(svg :is(${off.join()}))`; // of which some marks are off
  const unseen = [".a-claim", ...off, ...(then ? [".since"] : [])].join();
  const bare = `${page} svg.folds:not(:has([class*="a-"]:not(${unseen})))`;
  const says = (picture, what) =>
    `${page}${fresh}${picture}>:not(figcaption,.missing,.bar){display:none}${page}${fresh}${picture}>.missing.${what}{display:block!important}`;
  const each = (what, after = "") => off.map((one) => page + what + one + after).join();
  const on = shown.map((code) => `.a-${code}`).join();
  const front = on && shown.length <= FEW ? `${page}:has(svg .faint:is(${on})) svg ` : ""; // in these all get names
  return [
    then
      ? `${page} svg .then:not(.few){visibility:visible}${page} svg .since{visibility:hidden}`
      : "",
    front
      ? `${front}.many{visibility:hidden!important}${front}.few:is(${on}):not(.${then ? "since" : "then"}){visibility:visible}` +
        shown
          .map(
            (code) =>
              `${front}.faint.a-${code}>*{stroke:${colours[code]}!important;stroke-width:1.6px!important}`,
          )
          .join("")
      : "",
    shown.length <= FEW ? `${page} svg .told${then ? ":not(.since)" : ""}{visibility:visible}` : "",
    then
      ? `${listens} :is(tr,th,td,span,p,div,figure,details).since{display:none}${page} span.then{display:inline!important}`
      : "",
    then ? says(`${left(".then")}:not(${left(".since")})`, "late") : "",
    codes.length ? `${each(" svg ")}{visibility:hidden}` : "",
    codes.length ? `${each(" :is(tr,th,td,span)")}{display:none}` : "",
    then ? `${page} svg.folds{aspect-ratio:var(--then)}` : "",
    codes.length ? `${bare}{aspect-ratio:var(--bare)}` : "",
    codes.length
      ? `${some}>.some-off{display:block!important}${some}.summed>.drawing{display:none}`
      : "",
    codes.length
      ? `${page} .other:not(${off.join()}),${page} .finding:is(${off.join()})~.neutral{display:inline!important}` +
        `${page} .finding:not(${off.join()})~:is(.other,.neutral){display:none!important}` // the first title that is true
      : "",
    codes.length > 1 || then ? says(`:not(${left(".then")})`, "nobody") : "",
    ...codes.map((code) => `${page}.n-${code}>.kept{display:block}`),
  ].join("");
}

/** Says in words what is shown. */
export function sentence({ actors, names, shown, vintage, known }) {
  const on = actors.filter((code) => shown.includes(code)).map((code) => names[code]);
  const list =
    on.length === actors.length
      ? "all"
      : on.length > 4
        ? on.slice(0, 4).join(", ") + " and others"
        : on.join(", ") || "none";
  return (
    `${on.length} of ${actors.length} actors shown: ${list}` +
    (vintage === "then" ? `; only what was known in ${known}` : "")
  );
}

/** What a bar says whose kernel has gone; the box around it names the remedy, where there is one. */
const GONE = "The kernel was restarted, so this bar no longer works.",
  REMEDY = "Run the first cell of this page, then this one (Shift+Enter).";

/** Scrolls so that an element stands where it stood before words and pictures above it came or went. A page does so by itself, JupyterLab's box does not. */
function anchor(one, before) {
  const moved = one.getBoundingClientRect().top - before;
  let box = moved && one.parentElement;
  while (
    box &&
    !(/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight)
  )
    box = box.parentElement;
  if (box) box.scrollTop += moved;
}

/** Why named selections leave nothing of the picture beside a bar, by their names: of those that do. */
const emptied = (root) =>
  JSON.parse(
    root.closest(".heldto-beside")?.querySelector(":scope > [data-empty]")?.dataset.empty ?? "{}",
  );

/** Whether the picture beside a bar always shows an actor. */
const isLocked = (root, code) =>
  Boolean(root.closest(".heldto-beside")?.querySelector(`.actorfig.n-${code}`));

/** Greys those selections; each says why. */
function grey(root) {
  const empty = emptied(root);
  for (const button of root.querySelectorAll(".presets [data-codes]")) {
    const why = empty[button.textContent] ?? "";
    button.ariaDisabled = why ? "true" : null;
    button.title = why;
  }
}

/** Build the bar inside `root`. state: {key, actors, names, colours, presets, known, shown, vintage}, same_axes where pictures are drawn anew, and gone once its kernel is; tell(state) is called after each change. Returns paint(). */
export function build(root, state, tell) {
  const { actors, names, colours, presets, known } = state,
    { past } = state.style;
  root.classList.add("actorbar");
  const presetBox = element("div", root, {
    className: "presets",
    role: "group",
    ariaLabel: "Selections of actors",
  });
  const fold = element("details", root, { open: true });
  element("summary", fold, {}, "Single actors");
  const field = element("fieldset", fold);
  element("legend", field, {}, "Shown in the pictures");
  const boxes = actors.map((code) => {
    const label = element("label", field, {
      title: `${names[code]} (${ALONE})`,
    });
    label.style.setProperty("--c", colours[code]);
    const box = element("input", label, { type: "checkbox", value: code });
    element("span", label, {}, names[code]);
    element("small", label, { hidden: true }, "always on here");
    const others = () => past.findLast((some) => some.join() !== code) ?? actors;
    const alone = () => change({ shown: state.shown.join() === code ? others() : [code] });
    box.addEventListener("change", () =>
      change({
        shown: actors.filter((one, at) =>
          boxes[at].disabled ? state.shown.includes(one) : boxes[at].checked,
        ),
      }),
    );
    label.addEventListener("dblclick", alone); // its two clicks have undone each other
    box.addEventListener("keydown", (event) => {
      if (event.key === " " && event.shiftKey) {
        event.preventDefault();
        alone();
      }
    });
    return box;
  });
  for (const [name, codes] of Object.entries(presets)) {
    const button = element("button", presetBox, { type: "button" }, name);
    button.dataset.codes = codes.join();
    button.addEventListener("click", () => {
      const why = emptied(root)[name];
      if (why) status.textContent = why;
      else change({ shown: codes });
    });
  }
  const undo = element("button", presetBox, { type: "button" }, "Undo");
  undo.addEventListener("click", () => {
    if (past.length) turn({ shown: past.pop() });
  });
  const offer = (className, value, text, as) => {
    const label = element("label", presetBox, { className }),
      box = element("input", label, { type: "checkbox", value });
    element("span", label, {}, text);
    box.addEventListener("change", () => change({ [className]: as(box.checked) }));
    return box;
  };
  const then = offer("vintage", "then", `only what was known in ${known}`, (on) =>
    on ? "then" : "since",
  );
  const same = "same_axes" in state && offer("same_axes", "same", "same axes", (on) => on);
  const status = element("p", root, { className: "status", role: "status" });

  const hidden = (code) => !state.shown.includes(code);
  function paint() {
    root.querySelectorAll("input, button").forEach((one) => {
      one.disabled = Boolean(state.gone);
    });
    if (state.gone)
      return status.replaceChildren(root.closest(".heldto-alive") ? GONE : `${GONE} ${REMEDY}`); // pictures are another bar's by now, or nobody's
    boxes.forEach((box) => {
      const locked = isLocked(root, box.value);
      box.disabled = locked;
      box.checked = locked || state.shown.includes(box.value);
      box.parentElement.lastChild.hidden = !locked;
    });
    then.checked = state.vintage === "then";
    if (same) same.checked = state.same_axes;
    undo.ariaDisabled = String(!past.length);
    grey(root);
    presetBox.querySelectorAll("[data-codes]").forEach((one) => {
      one.ariaPressed = String(
        one.dataset.codes === actors.filter((code) => state.shown.includes(code)).join(),
      );
    });
    status.textContent = sentence(state);
    const text = rules(
      state.key,
      actors,
      state.shown,
      state.vintage,
      Object.keys(names),
      state.style.within,
      colours,
    );
    if (state.style.textContent !== text) state.style.textContent = text; // once, however many bars of this key follow
    Object.assign(state.style, { offered: actors, off: actors.filter(hidden), names });
    document.querySelectorAll(figures(state.key, state.style.within)).forEach(state.style.haunt);
  }
  function change(next) {
    const now = performance.now();
    if (next.shown && now - state.style.last > BURST) past.push(state.shown);
    if (next.shown) state.style.last = now;
    turn(next);
  }
  function turn(next) {
    const before = root.getBoundingClientRect().top;
    Object.assign(state, next);
    paint();
    anchor(root, before);
    tell(state);
  }
  state.style.flip = (code) =>
    !state.gone &&
    change({
      shown: actors.filter((one) => (one === code) !== state.shown.includes(one)),
    });
  state.style.press = ({ value }) =>
    change(value === "since" ? { vintage: "since" } : { shown: actors });
  paint();
  return paint;
}

const GHOSTS = 8; // names of whom is off that stand below a drawing
const figures = (key, within = "") => `${within}.actorfig[data-bar="${key}"]:not(.yardstick)`;

/** Codes of the actors that a mark is of. */
const whose = (mark) =>
  [...(mark?.classList ?? [])].filter((one) => /^a-[A-Z]/.test(one)).map((one) => one.slice(2));

/**
 * Of a mark or its label the one actor whom a bar offers and it is about: whom its words name first,
 * or who is left without those whom the whole picture needs. Nothing where it is of several.
 */
function alone(part, figure, { offered = [], names }) {
  const mark = part?.closest('[class*="a-"]'),
    codes = whose(mark),
    words = part?.dataset.tell ?? part?.textContent ?? "";
  const own = codes.filter((code) => !figure.classList.contains(`n-${code}`)),
    named = codes.filter((code) => words.startsWith(names?.[code]));
  const [code, ...more] = named.length ? named : own.length ? own : codes;
  return more.length || !offered.includes(code) ? "" : code;
}

/**
 * Whom a picture shows while they are on stands below its drawing while they are off, to be
 * brought back. A picture drawn anew has no marks of theirs: who once had some is kept.
 */
function haunt(style, figure) {
  const drawing = figure.querySelector(":scope > .drawing, :scope > svg"),
    seen = (style.seen[figure.id] ??= new Set());
  if (!drawing || !style.offered) return;
  style.off.filter((code) => drawing.querySelector(`.a-${code}`)).forEach((code) => seen.add(code));
  const off = style.off.filter((code) => seen.has(code) && !figure.classList.contains(`n-${code}`)),
    line =
      figure.querySelector(":scope > .ghosts") ?? element("p", figure, { className: "ghosts" });
  if (line.previousElementSibling !== drawing) drawing.after(line);
  if (line.dataset.off === off.join()) return;
  line.dataset.off = off.join();
  line.replaceChildren(off.length ? "Switched off: " : "");
  for (const code of off.slice(0, GHOSTS)) {
    const ghost = element("button", line, { type: "button", value: code }, style.names[code]);
    ghost.ariaLabel = `Show ${style.names[code]} again`;
  }
  if (off.length > GHOSTS) line.append(` and ${off.length - GHOSTS} more`);
}

/** Places as near as can be to those wanted between low and high, `gap` apart, or as far as fits: as `spread` in labels.py. */
function spaced(wanted, gap, low, high) {
  const apart = Math.min(gap, (high - low) / Math.max(1, wanted.length - 1)),
    room = high - low - (wanted.length - 1) * apart,
    blocks = [];
  wanted.forEach((place, at) => {
    blocks.push([place - low - at * apart, 1]);
    while (blocks.length > 1 && blocks.at(-2)[0] >= blocks.at(-1)[0]) {
      const [[below, some], [above, more]] = blocks.splice(-2);
      blocks.push([(below * some + above * more) / (some + more), some + more]);
    }
  });
  const means = blocks.flatMap(([mean, count]) => Array(count).fill(mean));
  return means.map((mean, at) => low + Math.min(Math.max(mean, 0), room) + at * apart);
}

/** Labels at lines' ends are drawn as far apart as all of them need: those that are seen go back to where their lines end, as far as they have room, and their leaders with them. */
function bringBack(figure) {
  const ends = [...figure.querySelectorAll("svg [data-end]")].map((mark) => {
    const [panel, drawn, own, gap] = mark.dataset.end.split(" ").map(Number),
      words = Boolean(mark.querySelector("text"));
    return { mark, words, drawn, own, gap, panel: `${panel} of ${mark.ownerSVGElement.classList}` };
  });
  for (const one of new Set(ends.map(({ panel }) => panel))) {
    const all = ends.filter(({ panel }) => panel === one),
      places = all.map(({ drawn }) => drawn),
      seen = all
        .filter(({ mark, words }) => words && getComputedStyle(mark).visibility === "visible")
        .sort((one, other) => one.drawn - other.drawn);
    if (!seen.length) continue;
    const wanted = seen.map(({ own }) => own),
      now = spaced(wanted, seen[0].gap, Math.min(...places), Math.max(...places)),
      moved = new Map(seen.map(({ drawn }, at) => [drawn, now[at]]));
    for (const { mark, words, drawn, own } of all)
      if (moved.has(drawn)) move(mark, words, drawn - moved.get(drawn), moved.get(drawn) - own);
  }
}

/** Moves a label down by so many points, or the end of a leader, which goes where it is short. */
function move(mark, words, down, off) {
  let [lean, fall] = [0, down];
  if (!words) {
    const [start, , , , end] = mark
      .querySelector("path")
      .getAttribute("d")
      .match(/-?[\d.]+/g);
    lean = down / (start - end);
    fall = -lean * end;
    mark.style.display = Math.abs(off) > 4 ? "" : "none";
  }
  mark.style.transform = Math.abs(down) < 0.3 ? "" : `matrix(1,${lean},0,1,0,${fall})`;
}

/** Has labels and ghosts of a bar's pictures switch, by a click or by keys. */
function switchInPictures(style, key, within) {
  const inside = figures(key, within),
    flip = (figure, code) => {
      const before = figure.getBoundingClientRect().top;
      style.flip?.(code);
      anchor(figure, before);
    };
  document.addEventListener("click", ({ target }) => {
    const figure = target.closest?.(inside),
      ghost = target.closest?.(".ghosts button"),
      text = target.closest?.("svg text");
    if (!figure) return;
    const code = ghost?.value ?? alone(text, figure, style);
    if (!code) return;
    flip(figure, code);
    if (!ghost) return; // it has gone, and of two drawings one is in sight
    const drawn = [...figure.querySelectorAll("svg")].find((one) => one.getClientRects().length);
    drawn?.focus({ preventScroll: true });
  });
  document.addEventListener("pointerover", ({ target }) => {
    const text = target.closest?.("svg text"),
      figure = text?.closest(inside);
    if (figure) text.classList.toggle("switch", Boolean(alone(text, figure, style)));
  });
  document.addEventListener("heldto-switch", (/** @type {any} */ { target, detail }) => {
    const figure = target.closest(inside),
      code = figure && alone(detail, figure, style);
    if (code) flip(figure, code);
  });
  document.addEventListener("heldto-drawn", (/** @type {any} */ { target }) => {
    for (const figure of document.querySelectorAll(inside))
      if (target.contains(figure)) style.haunt(figure);
  });
}

/**
 * One style element a bar and page, however often the bar is shown: it holds the selections before this one, and through it a button in a picture presses the bar that was shown last.
 * notebook: which of those that are open in one window, where there may be several; the bar then hides in what is marked as its own.
 */
export function sheet(key, notebook = "") {
  const id = ["actorbar-style", key, ...(notebook && [notebook])].join("-"),
    known = document.getElementById(id);
  if (known) return known;
  const within = notebook && `[data-actorbars~="${notebook}"] `;
  const style = Object.assign(element("style", document.head, { id }), {
    past: [],
    last: -Infinity,
    seen: {},
    within,
  });
  style.haunt = (figure) => {
    haunt(style, figure);
    bringBack(figure);
  };
  switchInPictures(style, key, within);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest(":is(.missing, .some-off) button"),
      figure = button?.closest(`${within}.actorfig[data-bar="${key}"]`);
    if (!figure) return;
    const before = figure.getBoundingClientRect().top;
    style.press(button);
    anchor(figure, before);
    figure.tabIndex = -1; // the button has gone: who pressed it stays at the picture
    figure.focus();
  });
  return style;
}

// The handout's own script: the bar, the address, the reader's answers. It counts and compares;
// every figure was computed before.

import "../../../../pictures/pointing.js";
import { offerPicture } from "../../../../exercises/share.js";
import { fromAddress, toAddress } from "../../../../toggles/address.js";
import { element, save } from "../../../../toggles/made.js";
import { build, sentence, sheet } from "../../../../toggles/toggle.js";
import { csv } from "../../../../toggles/tools.js";
import {
  CLAIMS,
  LINK,
  deviceToken,
  madeToken,
  merged,
  packed,
  sendAlong,
  unpacked,
} from "./along.js";
import { judged } from "./answers.js";
import { all, bar, byId, captions, place, root, showComments, start, state } from "./base.js";
import { startDraw } from "./drawing.js";
import { ARTICLE } from "./given.js";
import { keepTag, keptTag, showLine, startLine } from "./my_line.js";
import { startProjector } from "./present.js";
import {
  LOST,
  VERDICTS,
  empty,
  follow,
  followers,
  guesses,
  isRecord,
  keep,
  kept,
  keptEverywhere,
  now,
  plural,
  secondGuess,
  unwritten,
} from "./shelf.js";
import { startTaps } from "./tapping.js";

// The bar -----------------------------------------------------------------------------------------

/**
 * Follows what an address says; guesses in it are looked at by themselves. Returns whether there is
 * a place to go to.
 */
function readAddress() {
  const { mine, plain, ...said } = fromAddress(location.hash, state.actors, state.opens),
    before = state.at,
    fresh = !history.state; // else one came back to it
  if (mine) handedOver(mine);
  if (fresh && !plain)
    hideTitles(new URLSearchParams(location.hash.slice(1)).has("untitled") || titlesAreKept());
  else if (titlesAreKept() && !root.classList.contains("untitled")) hideTitles(true);
  Object.assign(state, plain ? { at: said.at } : said);
  const rewritten = mine || (plain && state.actors.length);
  setTimeout(() =>
    history.replaceState(
      history.state ?? { seen: true },
      "",
      rewritten ? toAddress(state) : location.href,
    ),
  ); // which takes as long as all the rest
  // a link within the page goes by itself
  return (fresh || state.at !== before) && (Boolean(mine) || !plain);
}

/** Switches made one after the other are one step: Back undoes them together. */
function writeAddress() {
  history[history.state?.switched ? "replaceState" : "pushState"](
    { switched: true },
    "",
    toAddress(state),
  );
}

function goThere() {
  const found = state.at ? place(state.at) : undefined,
    isTable = found?.matches(".fig-table"),
    there = isTable ? found : (found?.closest("[data-ahead]") ?? found);
  if (!there) return;
  clear({ target: there });
  for (let one = there; one; one = one.parentElement)
    if (one.matches(".folded, .fig-table")) one.open = true;
  there.scrollIntoView({ behavior: "instant" });
}

/** Keeps the titles of all pictures a blur until one clicks on them, or shows them. */
function hideTitles(hidden) {
  root.classList.toggle("untitled", hidden);
  if (hidden) all("figcaption.clear").forEach((one) => one.classList.remove("clear"));
  all(".titles").forEach((one) => {
    one.ariaPressed = String(hidden);
  });
}

/**
 * Whether the button hid titles in this tab: so they stay, from link to link, until it is pressed
 * again.
 */
function titlesAreKept() {
  try {
    return sessionStorage.getItem("titles") === "hidden";
  } catch {
    return false; /* then the button is for its page */
  }
}

function pressTitles() {
  const hidden = !root.classList.contains("untitled");
  try {
    sessionStorage.setItem("titles", hidden ? "hidden" : "shown");
  } catch {
    /* for this page alone */
  }
  hideTitles(hidden);
}

/** What one came to see, or asked to see, is not covered; a title that one clicks on is not hidden. */
function clear({ target }) {
  if (target.closest(".behind, .look")) target.closest(".examine")?.classList.add("clear");
  target.closest("figcaption")?.classList.add("clear");
}

/**
 * Of a picture drawn ahead for some selections the one of the smallest that holds all who are
 * shown; the one of everybody where there is none. Whom the picture needs is in each of them.
 */
function showAhead() {
  const holding = Object.keys(state.presets).filter((name) =>
    state.shown.every((one) => state.presets[name].includes(one)),
  );
  const [chosen] = holding.sort(
    (one, other) => state.presets[one].length - state.presets[other].length,
  );
  for (const box of all("[data-ahead]"))
    start(() => {
      const parts = all(":scope > :not(.bar)", box);
      show(parts, (one) => chosen && one.dataset.preset === chosen);
    });
}

function startBar(bar) {
  const details = bar.querySelector("details"),
    count = bar.querySelector(".bar-count"),
    paper = document.querySelector(".shown-now");
  state.style = sheet(state.key);
  const say = () => {
    const until = state.vintage === "then" ? `, to ${ARTICLE.year}` : "";
    count.textContent = `${state.shown.length} of ${state.actors.length}${until}`;
    paper.textContent = sentence(state) + ".";
    paper.hidden = state.vintage !== "then" && state.shown.length === state.actors.length;
    showAhead();
  };
  const paint = build(bar.querySelector(".bar-body"), state, () => {
    say();
    writeAddress();
  });
  choosers.push(showAhead);
  addEventListener("popstate", () => {
    if (!history.state && document.fullscreenElement) {
      // a new place is on the page
      addEventListener("fullscreenchange", goThere, { once: true });
      document.exitFullscreen();
    }
    const moved = readAddress();
    paint();
    say();
    if (moved) goThere();
  });
  const wide = matchMedia("(min-width: 75rem)");
  const fit = () => {
    details.open = wide.matches;
  };
  wide.addEventListener("change", fit);
  fit();
  say();
  bar.hidden = false;
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !wide.matches) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
}

// Tables and drawings -----------------------------------------------------------------------------

function offerTables(from) {
  for (const part of all(".actorfig .fig-table:not(:has(.fig-save))", from))
    start(offerTable, part); // what a link shows has its own already
}

function offerTable(part) {
  const name = part.closest("figure").id.replace(/^fig-/, "") || "table";
  const line = element("p", part, { className: "fig-save" });
  const button = element("button", line, { type: "button" }, "Save these rows as CSV");
  button.addEventListener("click", () =>
    save(csv(part.querySelector("table")), `${name}.csv`, "text/csv"),
  );
}

function offerEnlarging(from) {
  for (const box of all(".drawing:not(:has(+ .enlarge))", from)) start(offerLarger, box);
}

// the second card of a claim on a page is verdict-A1-2
function claimOf(card) {
  return card.id.replace(/^verdict-|-\d+$/g, "");
}

function offerLarger(box) {
  const line = document.createElement("p"),
    figure = box.closest("figure");
  line.className = "enlarge";
  box.after(line);
  const larger = element(
    "button",
    line,
    { type: "button", className: "larger", ariaPressed: "false" },
    "Enlarge the picture",
  );
  larger.addEventListener("click", () => {
    larger.ariaPressed = String(box.classList.toggle("big"));
  });
  [box, box.firstElementChild].forEach((one) => reach.observe(one));
  const card = verdictBelow(box);
  if (card) element("a", line, { href: `#${card.id}` }, "Verdict on " + claimOf(card));
  if (figure && !figure.matches(".yardstick")) {
    const titles = element(
      "button",
      line,
      {
        type: "button",
        className: "titles",
        ariaPressed: String(root.classList.contains("untitled")),
      },
      "Hide titles",
    );
    titles.addEventListener("click", pressTitles);
    box.before(...all(":scope > .some-off", figure)); // read before what it is about
  }
  if (!figure || !document.fullscreenEnabled) return;
  const whole = element("button", line, { type: "button", className: "whole" }, "Full screen");
  // with all its variants
  const screen = figure.closest("[data-choices]") ?? figure.closest("[data-ahead]") ?? figure;
  whole.addEventListener("click", () =>
    document.fullscreenElement ? document.exitFullscreen() : screen.requestFullscreen(),
  );
  const fill = () => {
    const full = document.fullscreenElement === screen;
    whole.textContent = full ? "Back to the page" : "Full screen";
    captions[full ? "observe" : "unobserve"](figure.querySelector("figcaption"));
    if (bar && full && bar.parentElement !== screen)
      screen.prepend(bar); // the bar comes along
    else if (bar && !full) byId("text").before(bar);
    if (!full && figure.getClientRects().length)
      // it may have moved meanwhile
      figure.scrollIntoView({ behavior: "instant", block: "nearest" });
  };
  screen.addEventListener("fullscreenchange", fill);
  if (document.fullscreenElement === screen) fill();
}

/**
 * The verdict that a picture leads to: the first one between it and the next heading; nothing where
 * there is none.
 */
function verdictBelow(box) {
  if (box.closest("details.verdict")) return null; // it is a card's own
  const own = box.closest(".examine");
  if (own) return own.querySelector(":scope > details.verdict[id]");
  let one = box.closest(".cell.tag-picture")?.nextElementSibling;
  while (one && !one.querySelector("details.verdict[id], h2, h3")) one = one.nextElementSibling;
  return one?.querySelector("details.verdict[id]");
}

/** A drawing that is wider than its frame can be scrolled by keys, too. */
const reach = new ResizeObserver((found) => {
  for (const { target } of found) {
    const box = target.closest(".drawing"),
      wide = box.scrollWidth > box.clientWidth + 1;
    if (wide !== box.hasAttribute("tabindex")) box.toggleAttribute("tabindex", wide);
    if (wide) box.tabIndex = 0;
  }
});

/** What was worked out beforehand and is not shown yet: {number: HTML}, once it is unpacked. */
let asleep = {};
const choosers = []; // what chooses again once it is

/** Unpacks the page's block. A browser that cannot leaves what is shown as it is. */
async function unpack(block) {
  const bytes = Uint8Array.from(atob(block), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  asleep = JSON.parse(await new Response(stream).text());
  choosers.forEach((choose) => start(choose));
}

const phone = matchMedia("(max-width: 34rem)");

/** Puts in place, on a narrow screen, the drawings for a phone: each in a task of its own. */
function drawNarrow() {
  for (const one of phone.matches ? all("script.narrow") : [])
    setTimeout(() => {
      const html = asleep[one.dataset.part];
      if (html && one.isConnected) one.outerHTML = html;
    });
}
choosers.push(drawNarrow);
phone.addEventListener("change", drawNarrow);

/**
 * Shows of several parts the one that is wanted, the first where none is. What was not shown yet is
 * made when it is.
 */
function show(parts, wanted) {
  const own = parts.find(wanted) ?? parts[0],
    html = asleep[own.dataset.part];
  if (own.tagName === "SCRIPT" && html === undefined) return;
  parts.forEach((one) => {
    one.hidden = one !== own;
  });
  if (own.tagName !== "SCRIPT") return;
  const made = document.createElement("div");
  Object.assign(made.dataset, own.dataset);
  delete made.dataset.part;
  made.innerHTML = html;
  own.replaceWith(made);
  offerTables(made);
  offerEnlarging(made);
  made.dispatchEvent(new Event("heldto-drawn", { bubbles: true }));
}

/**
 * Choices over pictures or sentences that were worked out beforehand: one of them shows at a time.
 */
function offerChoices(box) {
  const line = document.createElement("p");
  line.className = "choices";
  const picked = Object.entries(JSON.parse(box.dataset.choices)).map(([name, words]) => {
    const pick = element("select", element("label", line, {}, `${name.replaceAll("_", " ")} `));
    words.forEach((word) => element("option", pick, {}, word));
    return pick;
  });
  const parts = () => all(":scope > [data-choice]", box);
  const choose = () => {
    const wanted = picked.map((pick) => pick.value).join("|");
    show(parts(), (part) => part.dataset.choice === wanted);
  };
  const first = (
    parts().find((part) => part.tagName !== "SCRIPT") ?? parts()[0]
  ).dataset.choice.split("|");
  picked.forEach((pick, at) => {
    pick.value = first[at];
    pick.addEventListener("change", () => {
      choose();
      if (bar) showAhead(); // each choice has selections of its own
    });
  });
  choosers.push(choose);
  box.prepend(line);
}

/**
 * The choices of a claim's readings as switches: each leaves only the readings that share it, and
 * has them counted. On paper all are counted.
 */
function startReadings(box) {
  const readings = box.dataset.readings.split(" "),
    rows = all("[data-option]", box),
    tally = box.querySelector(".tally"),
    chosen = new Map(); // of each dimension the option
  const count = (some) =>
    [..."HPF"].map((verdict) => some.filter((one) => one[0] === verdict).length);
  // the words of claims/readings.py
  const said = (some) => {
    const [hold, partly, fail] = count(some);
    return `${hold} of ${some.length} readings hold, ${partly} partly, ${fail} fail${fail === 1 ? "s" : ""}`;
  };
  const inWords = (some) => {
    const known = some.filter((one) => !one.endsWith("*")),
      late = some.length - known.length,
      distinct = new Set(some.map((one) => one.match(/\d+/)?.[0])).size,
      without = `Without the ${late} that take${late === 1 ? "s" : ""} a later year ${said(known)}.`;
    const told = `${said(some)}, by ${distinct} distinct figure${distinct === 1 ? "" : "s"}.`;
    if (!late) return told;
    return `${told} ${known.length ? without : "All of them use a later year."}`;
  };
  const paint = (choices) => {
    const fits = (one, but) =>
      [...choices].every(([dimension, option]) => dimension === but || one.includes(option));
    for (const row of rows) {
      const counts = count(
        readings.filter((one) => one.includes(row.dataset.option) && fits(one, row.parentElement)),
      );
      [...row.cells].slice(1, -1).forEach((cell, at) => {
        cell.textContent = counts[at];
      });
      all(".mix i", row).forEach((part, at) => {
        part.style.flexGrow = counts[at];
      });
      row.querySelector("button").ariaPressed = String(
        choices.get(row.parentElement) === row.dataset.option,
      );
    }
    const left = readings.filter((one) => fits(one));
    tally.textContent = left.length
      ? inWords(left)
      : "No reading combines all of these: some options are only combined with our own choices.";
    readings.forEach((one, at) =>
      all(`svg .a-r${at}`, box).forEach((mark) => {
        mark.style.visibility = fits(one) ? "" : "hidden";
      }),
    );
  };
  for (const row of rows) {
    const text = row.cells[0].firstChild,
      button = element("button", row, { type: "button" }, text.textContent.trim()),
      dimension = row.parentElement;
    text.replaceWith(button, " ");
    const bar = element("span", element("td", row), { className: "mix" });
    for (const _ of "HPF") element("i", bar);
    button.addEventListener("click", () => {
      if (chosen.get(dimension) === row.dataset.option) chosen.delete(dimension);
      else chosen.set(dimension, row.dataset.option);
      paint(chosen);
    });
  }
  tally.role = "status";
  paint(chosen);
  addEventListener("beforeprint", () => paint(new Map()));
  addEventListener("afterprint", () => paint(chosen));
}

/** Readings that are folded wait until they are opened. */
function offerReadings() {
  all("div.readings").forEach((box) => start(startReadings, box));
  for (const box of all("details.readings"))
    box.addEventListener("toggle", () => startReadings(box), { once: true });
}

/** Escape closes the box of a term, pointed at or in focus, which opens again the next time. */
function startTerms() {
  const reopen = () =>
    all("dfn.shut:not(:hover, :focus)").forEach((one) => one.classList.remove("shut"));
  addEventListener("keydown", (event) => {
    if (event.key === "Escape")
      all("dfn.term:is(:hover, :focus)").forEach((one) => one.classList.add("shut"));
  });
  addEventListener("pointerover", reopen);
  addEventListener("focusout", reopen);
}

// Answers ----------------------------------------------------------------------------------------

const UNSAID =
  "You have not guessed yet. Give your own verdict first, then look at the picture, and then open this verdict. A second click opens it without a guess.";
const AGAIN = "Guess again",
  FIRST_COUNTS = "Your first answer is the one that counts.";

/**
 * Takes what came from elsewhere (a link, a file, another page of this device) onto this page's
 * shelf, and says what stays as it was. What came by a link before still did. Returns how many were
 * new.
 */
function receive(others, from) {
  const { taken, left } = merged(keptEverywhere(), others);
  for (const [name, one] of Object.entries(taken))
    taken[name] = { time: now(), came: from, ...one };
  if (Object.keys(taken).length) keep(taken);
  const one = left.length === 1;
  if (left.length)
    tellAnswers(
      `The ${from} brought ${one ? "another answer" : "other answers"} to ${left.join(", ")}: yours here ${one ? "stays" : "stay"}.`,
    );
  return Object.keys(taken).length;
}

/**
 * Takes the guesses in an address where another page on this device wrote it; anybody else's wait
 * until the reader says so.
 */
function handedOver(code) {
  const { guesses: others, token } = unpacked(code, CLAIMS),
    fresh = Object.keys(merged(keptEverywhere(), others).taken).length;
  if (token && token === deviceToken()) receive(others, "page");
  else if (fresh) askWhose(others, fresh);
  else receive(others, LINK);
}

/**
 * One line at the foot of the window: whether to take the guesses that a link brings. Nothing of
 * them shows before.
 */
function askWhose(others, fresh) {
  byId("brought")?.remove();
  const box = document.createElement("section"),
    said = element("p", box, { role: "status" }),
    line = element("p", box);
  Object.assign(box, { id: "brought", ariaLabel: "Guesses from a link" });
  document.body.prepend(box);
  const offer = (text, act) => {
    const button = element("button", line, { type: "button" }, text);
    button.addEventListener("click", act);
    return button;
  };
  const say = (text) => {
    said.textContent = text;
    line.replaceChildren();
    offer("Close", () => box.remove()).focus();
  };
  offer("Take them", () => {
    receive(others, LINK);
    say(
      `Taken: ${plural(fresh)}. What you save says that ${fresh === 1 ? "it" : "they"} came by a link.`,
    );
  });
  offer("No", () => say("Nothing was taken."));
  setTimeout(() => {
    said.textContent = `A link brings ${plural(fresh)}.`;
  }); // a status that is there before its words is read aloud
}

/**
 * Lets links carry the guesses where the next page may not see this one's shelf; between files with
 * the token of this device.
 */
function passOn() {
  const mine = guesses(),
    filed = location.protocol === "file:";
  if (filed || Object.keys(unwritten).length)
    sendAlong(packed(mine, filed && Object.keys(mine).length ? madeToken() : ""));
}

/**
 * Puts the reader's guesses into the tables that have room for them, and counts them against the
 * ledger.
 */
function showGuesses() {
  const mine = guesses();
  all("[data-guess]").forEach((cell) => {
    cell.textContent = `${mine[cell.dataset.guess]?.verdict ?? ""}`;
  });
  start(uncover, mine);
  for (const box of all(".reckoning[data-ledger]"))
    start(() => reckon(box, Object.entries(mine), JSON.parse(box.dataset.ledger)));
}

/**
 * Shows the verdicts, in a table of many, of each claim that was guessed: they stand in the fold
 * below it.
 */
function uncover(mine) {
  for (const cell of all("[data-covered]").filter((one) => one.dataset.covered in mine)) {
    const row = cell.closest(".standing").querySelector(`[data-claim="${cell.dataset.covered}"]`);
    cell.replaceWith(...[...row.cells].slice(1).map((one) => one.cloneNode(true)));
  }
}

function counted(all, right) {
  if (!all)
    return "No guesses here yet. Make them in the handouts of the three sections and come back by the links from page to page: in some browsers each file keeps its own. Or save your answers there, and load them here.";
  const agree =
    all > 1
      ? `Of your ${all} guesses ${right} ${right === 1 ? "agrees" : "agree"}`
      : `Your one guess ${right ? "agrees" : "does not agree"}`;
  return `${agree} with the computed verdict.`;
}

/** The part of a reckoning that is written anew each time; the button below it stays. */
function startReckoning(box) {
  box.replaceChildren(...all(".square", box));
  const part = element("div", box, { className: "counted" });
  element(
    "button",
    element("p", box, { className: "load" }),
    { type: "button" },
    "Load my answers",
  ).addEventListener("click", load);
  return part;
}

/**
 * Dots on the page's square: how sure was said, across; how often that was right, up; the larger
 * the more guesses.
 */
function showDots(square, mine, ledger) {
  const drawing = square.querySelector("svg");
  const [left, bottom, right, top] = square.dataset.corners.split(" ").map(Number);
  all(".own", square).forEach((one) => one.remove());
  square.toggleAttribute("hidden", !mine.length);
  for (const sure of new Set(mine.map(([, one]) => one.sure))) {
    const some = mine.filter(([, one]) => one.sure === sure),
      agree = some.filter(([name, one]) => one.verdict === ledger[name]).length;
    const dot = document.createElementNS(drawing.namespaceURI, "circle"),
      title = document.createElementNS(drawing.namespaceURI, "title");
    const places = {
      class: "own",
      cx: left + ((right - left) * sure) / 100,
      cy: bottom + ((top - bottom) * agree) / some.length,
      r: 3 + 2 * Math.sqrt(some.length),
      fill: "#1F5FA8",
      "fill-opacity": 0.85,
    };
    for (const [name, value] of Object.entries(places)) dot.setAttribute(name, value);
    title.textContent = `${sure} % sure: ${agree} of ${some.length} right`;
    dot.append(title);
    drawing.append(dot);
  }
}

function reckon(box, found, ledger) {
  const mine = found.filter(([name]) => name in ledger),
    right = mine.filter(([name, one]) => one.verdict === ledger[name]);
  const part = box.querySelector(".counted") ?? startReckoning(box);
  part.replaceChildren();
  for (const text of [counted(mine.length, right.length), ...news]) element("p", part, {}, text);
  const square = box.querySelector(".square"),
    texts = JSON.parse(box.dataset.texts ?? "{}");
  if (square) showDots(square, mine, ledger);
  if (!mine.length) return;
  const abouts = JSON.parse(box.dataset.abouts ?? "{}");
  const each = mine.map(([claim, { verdict, sure }]) => ({
    ...{ claim, verdict, sure },
    ...{ computed: ledger[claim], about: abouts[claim] },
  }));
  offerPicture(element("p", part, { className: "share" }), () => each, box.dataset.seminar);
  const table = element(
    "table",
    element("div", part, {
      className: "scroll",
      tabIndex: 0,
      role: "group",
      ariaLabel: "Your guesses",
    }),
  );
  const head = element("tr", element("thead", table)),
    body = element("tbody", table);
  for (const word of [
    "claim",
    ...(box.dataset.texts ? ["what it says"] : []),
    "your guess",
    "how sure",
    "verdict",
  ])
    element("th", head, { scope: "col" }, `${word}`);
  for (const [name, one] of mine.sort((a, b) => b[1].sure - a[1].sure)) {
    const row = element("tr", body);
    element("th", row, { scope: "row" }, name);
    for (const text of [
      ...(box.dataset.texts ? [texts[name]] : []),
      `${one.verdict}`,
      `${one.sure} %`,
      `${ledger[name]}${one.verdict === ledger[name] ? " \u2713" : ""}`,
    ])
      element("td", row, {}, text);
  }
}

function entered(form) {
  const boxes = all("input[type=radio], input[type=checkbox]", form);
  if (boxes.length)
    return boxes
      .filter((box) => box.checked)
      .map((box) => box.value)
      .join();
  return form.querySelector("input, select, textarea")?.value.trim() ?? "";
}

function enter(form, value) {
  const boxes = all("input[type=radio], input[type=checkbox]", form);
  for (const box of boxes) box.checked = value.split(",").includes(box.value);
  const field = form.querySelector("input, select, textarea");
  if (!boxes.length && field) field.value = value;
}

function startExercise(form) {
  const name = form.dataset.exercise,
    said =
      form.querySelector(".result") ?? element("p", form, { className: "result", role: "status" });
  const told = all(".feedback", form),
    ask = { ...form.dataset, feedback: told.map((one) => one.dataset.for) };
  const tell = (text, kind = "") => {
    said.textContent = text;
    said.className = `result ${kind}`;
  };
  const way = form.querySelector(".way-out");
  let tries = 0,
    shown = "";
  const tried = (right) => {
    if (way && (right || ++tries > 1)) way.hidden = false;
  };
  if (way) way.hidden = true; // the solution waits for a right answer, or the second wrong one
  const forget = () => {
    tell("");
    told.forEach((one) => {
      one.hidden = true;
    });
  };
  const show = (value) => {
    forget();
    const found = judged(ask, value);
    if (told[found.told]) told[found.told].hidden = false;
    if (found.right === null) tell(found.says);
    else if (found.right) tell("✓ Right.", "is-right");
    else {
      const why = found.says || (told[found.told] ? "" : "A hint helps.");
      tell(`✗ Not yet. ${why}`.trimEnd(), "is-wrong");
    }
    if (found.right !== null) tried(found.right);
    return found.right;
  };
  const check = () => {
    const value = (shown = entered(form));
    if (!value) {
      forget();
      tell("Give an answer first.");
      return;
    }
    const right = show(value);
    if (right === null) return;
    if (!keep({ [name]: { value, right, tries: (kept()[name]?.tries ?? 0) + 1, time: now() } }))
      said.append(` ${LOST}`);
  };
  const note = () => {
    if (entered(form)) {
      tried(true);
      shown = entered(form);
      keep({ [name]: { value: shown, time: now() } });
    }
  };
  const answer = form.dataset.accept ? check : note;
  if (form.dataset.accept) form.addEventListener("input", forget);
  else form.addEventListener("change", answer);
  form.querySelector(".check")?.addEventListener("click", check);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  }); // Enter in the box
  followers.push((found) => {
    const value = found[name]?.value;
    if (typeof value !== "string" || value === shown || form.contains(document.activeElement))
      return;
    enter(form, (shown = value));
    if (form.dataset.accept) show(value);
    else tried(true);
  });
}

function startGuess(form) {
  const name = form.dataset.claim,
    sure = form.querySelector("input[type=range]"),
    shown = form.querySelector("output");
  const said =
    form.querySelector(".result") ?? element("p", form, { className: "result", role: "status" });
  const card = byId(`verdict-${name}`),
    mine = card?.querySelector(".mine");
  const ask = card && askFirst(card, () => name in guesses() || form.matches(".clear"));
  const follow = () => {
    if (shown && sure) shown.textContent = sure.value;
  };
  const recordButton = form.querySelector(".record"),
    first = recordButton?.textContent,
    againButton = element("button", form, { type: "button", className: "again" }, AGAIN);
  recordButton?.after(againButton);
  let seen = "",
    asksAgain = false, // the form asks for a second guess
    opened = false;
  const say = (found) => {
    const { verdict, sure: share, came } = found[name] ?? {},
      again = secondGuess(found[name]),
      second = asksAgain || Boolean(again);
    const kept = `${came === LINK ? "From a link" : "Recorded"}: ${verdict}, ${share} %`;
    let text = verdict ? `${kept}. Go on below.` : "";
    if (verdict && again) text = `${kept}; then: ${again.verdict}, ${again.sure} %. Go on below.`;
    else if (verdict && asksAgain) text = `${kept}, which stays. What do you say now?`;
    if (recordButton) recordButton.textContent = second ? "Record my second guess" : first;
    againButton.hidden = !verdict || second || opened || came === LINK;
    said.textContent = name in unwritten ? `${text} ${LOST}` : text;
    form.classList.toggle("done", Boolean(text)); // until then its picture is covered
    if (mine) {
      const then = again ? `; then ${again.verdict}, ${again.sure} % sure` : "";
      mine.textContent = `${came === LINK ? "A link" : "You"} said ${verdict}, ${share} % sure${then}. `;
      mine.hidden = !text;
    }
    if (text && card) {
      card.querySelector("summary .guess-first")?.remove();
      ask.hidden = true;
    }
    if (text !== seen && text && (again || !asksAgain))
      fill(again?.verdict ?? verdict, again?.sure ?? share);
    seen = text;
  };
  const fill = (verdict, share) => {
    all("input[type=radio]", form).forEach((box) => {
      box.checked = box.value === verdict;
    });
    if (sure) sure.value = share;
    follow();
  };
  const askAgain = () => {
    asksAgain = true;
    fill("", 50);
    say(guesses());
    form.querySelector("input[type=radio]")?.focus();
  };
  const record = () => {
    const verdict = all("input[type=radio]", form).find((box) => box.checked)?.value;
    if (!verdict) {
      said.textContent = "Choose a verdict first.";
      return;
    }
    const guess = { verdict, sure: Number(sure?.value ?? 50), time: now() },
      before = guesses()[name],
      second = asksAgain || secondGuess(before);
    if (before && before.came !== LINK && !second) {
      fill(before.verdict, before.sure);
      said.textContent = `You said: ${before.verdict}, ${before.sure} % sure. ${FIRST_COUNTS}`;
      return;
    }
    keep({ [name]: second ? { ...before, again: guess } : guess });
  };
  againButton.addEventListener("click", askAgain);
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record();
  });
  form.querySelector(".record")?.addEventListener("click", record);
  card?.addEventListener("toggle", () => {
    card.querySelector("summary .guess-first")?.remove();
    opened = true; // what is guessed from here on has seen the verdict
    againButton.hidden = true;
  });
  followers.push(say);
  follow();
}

/**
 * A verdict asked for before a guess asks for one, once, and opens all the same at a second click.
 * Returns the line that asks.
 */
function askFirst(card, guessed) {
  const line = document.createElement("p");
  Object.assign(line, { className: "ask", role: "status", hidden: true });
  card.after(line);
  card.querySelector("summary").addEventListener("click", (event) => {
    if (card.open || guessed() || !line.hidden) {
      line.hidden = true;
      return;
    }
    event.preventDefault();
    line.hidden = false;
    line.textContent = UNSAID;
  });
  return line;
}

/** A verdict that was opened says more than the picture that waits for a guess or a line. */
function clearWithVerdicts() {
  for (const card of all("details.verdict")) {
    const forms = all("form:is(.guess, .draw)").filter(
      ({ dataset }) => card.id === `verdict-${dataset.claim}`,
    );
    card.addEventListener("toggle", () => {
      forms.forEach((form) => form.classList.add("clear"));
      uncoverPictures(kept());
    });
  }
}

/**
 * A picture whose claims are asked for above waits for these guesses, and for the lines of the page
 * that it would give away.
 */
function uncoverPictures(found) {
  const undrawn = all("form.draw[data-line]:not(.done, .clear)")
    .filter((form) => !form.closest(".examine.clear")) // who looked anyway has seen it
    .map(({ dataset }) => dataset.claim);
  for (const box of all(".examine[data-waits]")) {
    const guessed = box.dataset.waits.split(" ").every((claim) => found[claim]?.verdict),
      draws = box.dataset.draws?.split(" ") ?? [];
    box.classList.toggle("guessed", guessed);
    if (guessed && !draws.some((claim) => undrawn.includes(claim))) box.classList.add("clear");
  }
}

/** What is said of a verdict waits until it is open; what is said of several, until all are. */
function holdComments() {
  all("details.verdict").forEach((card) => card.addEventListener("toggle", showComments));
  showComments();
}

/** What a page asks, each once: a round and the form of a claim ask for the same guess. */
const asked = () => [
  ...new Set(
    all("form.guess, .round .tap, form.exercise:has(input, textarea)").map(
      (form) => form.dataset.claim ?? form.dataset.exercise,
    ),
  ),
];

/** What was answered on this page. */
function answered() {
  const found = kept();
  return asked()
    .filter((name) => name in found)
    .map((name) => [name, found[name]]);
}

const afterTalk = (one) => {
  const again = secondGuess(one);
  return again ? `; then: ${again.verdict}, ${again.sure} % sure` : "";
};

function answersText() {
  const lines = answered().map(([name, one]) =>
    one.verdict
      ? `${name} guess: ${one.verdict}, ${one.sure} % sure${one.came === LINK ? ", from a link" : ""}${afterTalk(one)}`
      : `${name} answer: ${one.value}${"right" in one ? (one.right ? " (right)" : " (not yet)") : ""}`,
  );
  return [document.querySelector("h1").textContent, ...lines].join("\n") + "\n";
}

/**
 * All answers of this device as a reader's file: what reckoning.our_class counts, and what Load my
 * answers reads. A guess that came by a link says so.
 */
function answersFile() {
  const found = Object.entries(keptEverywhere()),
    time = now();
  const guessed = found
    .filter(([, one]) => VERDICTS.includes(one.verdict))
    .map(([claim, one]) => ({
      claim,
      verdict: one.verdict,
      sure: one.sure,
      time: one.time ?? time,
      ...(one.came === LINK && { came: LINK }),
    }));
  const again = found
    .filter(([, one]) => secondGuess(one))
    .map(([claim, { again: one }]) => ({ claim, time, ...one })); // by a link it has no time
  const tried = found
    .filter(([, one]) => "value" in one)
    .map(([name, one]) => [
      name,
      {
        tries: one.tries ?? 1,
        right: Boolean(one.right),
        time: one.time ?? time,
        answer: one.value,
      },
    ]);
  const lines = found
    .filter(([, one]) => isRecord(one.drawn))
    .map(([name, one]) => ({
      claim: name.replace("draw-", ""),
      line: one.drawn,
      time: one.time ?? time,
    }));
  const tag = keptTag();
  return `${JSON.stringify({ version: 1, article: ARTICLE.name, ...(tag && { tag }), guesses: guessed, ...(again.length && { again }), exercises: Object.fromEntries(tried), lines }, null, 1)}\n`;
}

/** What a file holds, nothing where it is no JSON. */
function readFile(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Answers in what a reader's file holds: guesses of any page, exercises of this one; nothing where
 * it is no such file. The first guess on a claim counts.
 */
function fromFile(whole) {
  const found = {},
    here = asked();
  if (typeof whole?.tag === "string") keepTag(whole.tag);
  const sound = (some) =>
    (Array.isArray(some) ? some : [])
      .filter(isRecord)
      .filter(
        (one) =>
          CLAIMS.includes(one.claim) &&
          VERDICTS.includes(one.verdict) &&
          Number.isInteger(one.sure) &&
          one.sure >= 0 &&
          one.sure <= 100,
      );
  for (const one of sound(whole?.guesses))
    found[one.claim] ??= {
      verdict: one.verdict,
      sure: one.sure,
      time: String(one.time ?? ""),
      ...(one.came === LINK && { came: LINK }),
    };
  for (const { claim, verdict, sure, time } of sound(whole?.again))
    if (found[claim]) found[claim].again ??= { verdict, sure, time: String(time ?? "") };
  for (const [name, one] of Object.entries(isRecord(whole?.exercises) ? whole.exercises : {})) {
    const had = isRecord(one) && typeof one.answer === "string" && here.includes(name);
    if (had)
      found[name] = {
        value: one.answer,
        right: one.right === true,
        tries: Number(one.tries) || 1,
        time: String(one.time ?? ""),
      };
  }
  for (const one of (Array.isArray(whole?.lines) ? whole.lines : []).filter(isRecord))
    if (CLAIMS.includes(one.claim) && isRecord(one.line))
      found[`draw-${one.claim}`] ??= { drawn: one.line, time: String(one.time ?? "") };
  return found;
}

/** Has the reader choose a file of answers, and takes it in. said: where to say what came of it. */
function load() {
  const pick = element("input", document.createElement("p"), {
    type: "file",
    accept: ".json,application/json",
  });
  pick.addEventListener("change", async () => {
    const held = readFile(await pick.files[0].text()),
      article = held?.article;
    if (typeof article === "string" && article !== ARTICLE.name) {
      tellAnswers(`That file has answers to another seminar, ${article}: nothing was loaded.`);
      return;
    }
    const found = fromFile(held),
      all = Object.keys(found).length;
    if (!all) {
      tellAnswers(
        "That is not a file of answers: choose one that \u201cSave my answers\u201d wrote, or your my-answers.json.",
      );
      return;
    }
    const fresh = receive(found, "file");
    tellAnswers(`${fresh} of ${all} answers in the file ${fresh === 1 ? "is" : "are"} new here.`);
  });
  pick.click();
}

let news = []; // what came of a link or a file, until the page is closed

function tellAnswers(text) {
  if (!news.includes(text)) news.push(text);
  showAnswers();
  showGuesses();
}

function showAnswers() {
  const section = byId("answers"),
    names = asked(),
    done = answered().length;
  section.hidden = !names.length;
  section.querySelector(".answers-text").textContent = answersText();
  section.querySelector(".answers-text").hidden = !done;
  const where = Object.keys(unwritten).length ? LOST : "They stay on this device.";
  section.querySelector(".answers-said").textContent = [
    `${done} of ${names.length} questions answered. ${where}`,
    ...news,
  ].join(" ");
  showLine();
}

async function copyAnswers(said) {
  try {
    await navigator.clipboard.writeText(answersText());
    said.textContent = "Copied.";
  } catch {
    const text = byId("answers").querySelector(".answers-text");
    getSelection().selectAllChildren(text);
    said.textContent = document.execCommand("copy")
      ? "Copied."
      : "This browser did not copy them: save them as a file.";
  }
}

function saveAnswers(said) {
  const text = answersFile();
  save(text, "my-answers.json", "application/json");
  said.textContent = `my-answers.json is in your downloads. It has all guesses of this browser: ${JSON.parse(text).guesses.length}.`;
}

/** Hands the answers to another program of the device; where it has no way to, copies them. */
async function shareAnswers(said) {
  if (!navigator.share) return copyAnswers(said);
  try {
    await navigator.share({ title: document.title, text: answersText() });
  } catch (error) {
    if (error.name !== "AbortError") await copyAnswers(said); // a reader may think better of it
  }
}

/** On a phone the page's end is far: Save and Share stand at the foot of the window. */
function startFoot() {
  if (!asked().length) return;
  const foot = element("aside", document.body, {
      id: "at-hand",
      ariaLabel: "Your answers at hand",
    }),
    said = element("p", foot, { role: "status" });
  const offer = (text, act) =>
    element("button", foot, { type: "button" }, text).addEventListener("click", () => act(said));
  offer("Save my answers", saveAnswers);
  offer("Share", shareAnswers);
  followers.push(() => {
    said.textContent = `${answered().length} of ${asked().length} answered`;
  });
}

function startAnswers() {
  const line = byId("answers").querySelector(".answers-do"),
    said = byId("answers").querySelector(".answers-said");
  const offer = (text, act) =>
    element("button", line, { type: "button" }, text).addEventListener("click", act);
  offer("Copy my answers", () => copyAnswers(said));
  offer("Save my answers", () => saveAnswers(said));
  offer("Load my answers", load);
  offer("Forget them", forgetAnswers);
}

function forgetAnswers() {
  if (!confirm("Forget the answers of this page? They cannot be brought back.")) return;
  empty();
  location.reload();
}

// Paper: closed verdicts go to a key at the end, so that a guess can be made first ----------------

function beforePrint() {
  // the picture of a round's claim stands below that claim's heading, too: paper has it there alone
  for (const one of all(".round + .examine"))
    one.classList.toggle(
      "again",
      all(`form.guess[data-claim="${one.dataset.waits.split(" ")[0]}"]`).length > 0,
    );
  const closed = all("main details.verdict:not([open])"),
    covered = all(".standing:has([data-covered]) .uncovered table");
  if (!(closed.length || covered.length) || byId("key")) return;
  const key = element("section", document.querySelector("footer"), {
    id: "key",
    className: "print-only",
  });
  element("h2", key, {}, "Verdicts: guess first, then compare");
  for (const table of covered) key.append(table.cloneNode(true));
  const lastClosed = (comment) =>
    comment.dataset.of
      .split(" ")
      .filter((id) => !byId(id).open)
      .at(-1);
  // a claim of a round has its card there and under its own heading: paper has the last of them
  for (const card of closed) {
    const cards = closed.filter((one) => claimOf(one) === claimOf(card));
    if (card !== cards.at(-1)) continue;
    const copy = element("div", key, { className: "verdict" });
    element("p", copy, { className: "key-head" }, claimOf(card));
    for (const child of card.children)
      if (child.tagName !== "SUMMARY" && !child.hidden) copy.append(child.cloneNode(true));
    const ids = cards.map((one) => one.id),
      comments = all("[data-of][hidden]").filter((one) => ids.includes(lastClosed(one)));
    // a heading alone: what is said under it stands in its place
    if (!comments.some((one) => one.querySelector(":scope > :not(h3, h4)"))) comments.length = 0;
    for (const comment of comments) copy.append(...comment.cloneNode(true).childNodes);
    all("[id]", copy).forEach((one) => one.removeAttribute("id"));
    // a column may not end with its head
    all(".readings", copy).forEach((one) => one.remove());
    all(".fold, .door", copy).forEach((one) => one.replaceWith(...one.childNodes));
  }
}

// A link to a neighbouring page leads nowhere on paper, and in a PDF it would tell where the reader
// keeps the file.
function cutLinks() {
  for (const link of all('a[href]:not([href^="#"]):not([href*=":"])')) {
    link.dataset.href = link.getAttribute("href");
    link.removeAttribute("href");
  }
}

function mendLinks() {
  for (const link of all("a[data-href]")) {
    link.setAttribute("href", link.dataset.href);
    delete link.dataset.href;
  }
}

if (bar) Object.assign(state, JSON.parse(bar.dataset.state));
state.shown = state.actors;
all("[data-choices]").forEach((box) => start(offerChoices, box));
all("form.exercise").forEach((form) => start(startExercise, form));
all("form.guess").forEach((form) => start(startGuess, form));
all(".round").forEach((box) => start(startTaps, box));
all("form.draw[data-line]").forEach((form) => start(startDraw, form));
start(clearWithVerdicts);
followers.push(uncoverPictures);
start(holdComments);
start(startAnswers);
start(startFoot);
start(startLine);
followers.push(showAnswers, showGuesses, passOn);
for (const way of ["click", "focusin"]) byId("text").addEventListener(way, clear);
start(readAddress);
if (bar) start(startBar, bar);
else
  addEventListener("popstate", () => {
    if (readAddress()) goThere();
  });
addEventListener("pageshow", (event) => {
  if (event.persisted) follow();
}); // by Back, to a page that the browser had put aside
addEventListener("beforeprint", beforePrint);
addEventListener("afterprint", () => byId("key")?.remove());
addEventListener("beforeprint", cutLinks);
addEventListener("afterprint", mendLinks);
const contents = document.querySelector(".contents details");
if (contents && !matchMedia("(min-width: 75rem)").matches) contents.open = false;
// In tasks of their own, so that the page answers in between; the browser fetches its shelf in the
// last two.
setTimeout(() => offerTables(document));
setTimeout(() => offerEnlarging(document));
setTimeout(() => {
  start(offerReadings);
  start(startTerms);
});
setTimeout(() => {
  follow();
  goThere();
});
setTimeout(() => addEventListener("storage", follow));

// The start ---------------------------------------------------------------------------------------

/** Lays out what is far from the window piece by piece, where nothing else is to be done. */
const far = all(".cell, .foot"),
  idle = window.requestIdleCallback ?? ((work) => setTimeout(work));
function layOut(moment) {
  do {
    const one = far.shift();
    one.style.contentVisibility = "visible";
    one.offsetHeight; // now, not all at once later
  } while (far.length && moment?.timeRemaining() > 25);
  if (far.length) idle(layOut, { timeout: 100 });
  else root.classList.add("whole");
}
async function settle() {
  const block = byId("asleep")?.textContent;
  if (block) await unpack(block).catch(console.error);
  layOut();
}
idle(settle, { timeout: 100 });
startProjector();

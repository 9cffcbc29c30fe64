// Keeps what a cell has just put on the page in the window, until the reader does something; puts a
// new drawing in the place of an old one; goes past a folded heading and past a form that was
// filled in; unfolds what waits for a verdict; has a form heard as it is seen.

import { save } from "./made.js";
import { csv } from "./tools.js";

const READER = ["wheel", "touchstart", "pointerdown", "keydown"];
const SPACE = 8; // pixels above and below
const STILL = 5000; // milliseconds: what has not grown for so long has come to rest
const PASSING = 100; // milliseconds: what leaves the window sooner was only scrolled past

/**
 * Whether a cell is the one that was just run: it is selected, or the next one that is not folded
 * away is.
 */
function justRun(cell) {
  const cells = [...cell.closest(".jp-Notebook").querySelectorAll(".jp-Cell")],
    at = cells.indexOf(cell);
  const active = cells.findIndex((one) => one.classList.contains("jp-mod-active"));
  return active >= at && cells.slice(at + 1, active).every((one) => !one.offsetParent);
}

function scroller(cell) {
  let box = cell.parentElement;
  while (
    box &&
    !(/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight)
  )
    box = box.parentElement;
  return box;
}

/**
 * What to show of an output, the most first: [top, bottom] of all of it, of its picture, of that
 * down to the drawing, of the drawing; a verdict is read from its top.
 */
function views(output) {
  const box = (one) => one?.getBoundingClientRect(),
    picture = output.querySelector("figure:not(.yardstick)");
  const all = box(output),
    figure = box(picture),
    drawing = box(picture?.querySelector("svg"));
  const found = [[all.top, all.bottom]];
  if (figure) found.push([figure.top, figure.bottom]);
  if (drawing) found.push([figure.top, drawing.bottom], [drawing.top, drawing.bottom]);
  return found;
}

/**
 * Scrolls as little as shows as much of the output as there is room for; what is too tall stands
 * from its top.
 */
function bring(output) {
  const box = scroller(output);
  if (!box) return;
  const { top, bottom } = box.getBoundingClientRect(),
    room = bottom - top - 2 * SPACE;
  const found = views(output),
    [first, last] = found.find(([from, to]) => to - from <= room) ?? found.at(-1);
  const above = first - SPACE - top,
    below = last + SPACE - bottom;
  if (above < 0 || last - first > room) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

/**
 * Shows what a cell has put on the page again whenever it grows, whenever a cell above it grows,
 * and whenever JupyterLab scrolls; no more once the reader does something.
 */
function stay(cell) {
  const output = cell.querySelector(".jp-Cell-outputArea");
  if (!output || !justRun(cell)) return;
  let timer;
  const show = () => bring(output);
  const grown = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(stop, STILL);
    show();
  });
  const moved = new ResizeObserver(show);
  const stop = () => {
    clearTimeout(timer);
    [grown, moved].forEach((watch) => watch.disconnect());
    removeEventListener("scroll", show, true);
    READER.forEach((name) => removeEventListener(name, stop, true));
  };
  READER.forEach((name) => addEventListener(name, stop, true));
  addEventListener("scroll", show, true);
  grown.observe(output);
  moved.observe(cell.parentElement);
}

const parts = (el) => [...el.querySelectorAll("figure, figure svg, details, summary, .fig-scroll")];

/** Gives a picture what it has in a handout: its table as CSV, its titles hidden, the full screen. */
function equip(el) {
  const figure = el.querySelector(":scope > .actorfig:not(.yardstick)"),
    table = figure?.querySelector(".fig-table table");
  if (!figure) return;
  const line = Object.assign(document.createElement("p"), { className: "heldto-tools" });
  const offer = (text, act) => {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: text,
    });
    button.addEventListener("click", act);
    line.append(button);
    return button;
  };
  if (table)
    offer("Save the figures as CSV", () => {
      const fold = table.closest("details"),
        { open } = fold;
      fold.open = true; // rows that are folded away count as hidden
      save(csv(table), `${figure.id.replace(/^fig-/, "")}.csv`, "text/csv");
      fold.open = open;
    });
  const page = () => el.closest(".jp-Notebook") ?? document.body;
  const titles = offer("Hide titles", () => {
    const hidden = page().classList.toggle("heldto-untitled");
    page()
      .querySelectorAll(".heldto-tools [data-titles]")
      .forEach((one) => {
        one.ariaPressed = String(hidden);
      });
  });
  titles.dataset.titles = "";
  titles.ariaPressed = String(page().classList.contains("heldto-untitled"));
  if (document.fullscreenEnabled)
    offer("Full screen", () =>
      document.fullscreenElement
        ? document.exitFullscreen()
        : (el.closest(".heldto-beside") ?? el).requestFullscreen(),
    );
  figure.append(line);
}

/**
 * Puts a drawing in the place of another: what was open, scrolled or in focus stays so, and what
 * the reader looks at or clicks does not move.
 */
function redraw(el, value) {
  const before = parts(el),
    held = before.indexOf(document.activeElement),
    { top, bottom } = el.getBoundingClientRect();
  const as = before.map(({ open, scrollTop }) => ({ open, scrollTop }));
  const used = document.activeElement.closest(".actorbar"),
    below = used && el.compareDocumentPosition(used) & Node.DOCUMENT_POSITION_FOLLOWING;
  el.innerHTML = value;
  equip(el);
  const after = parts(el);
  after.forEach((one, at) => Object.assign(one, as[at]));
  if (after[held]) after[held].tabIndex = before[held].tabIndex;
  after[held]?.focus({ preventScroll: true });
  el.dispatchEvent(new Event("heldto-drawn", { bubbles: true }));
  const box = scroller(el);
  if (box && (below || top < box.getBoundingClientRect().top))
    box.scrollTop += el.getBoundingClientRect().bottom - bottom;
}

/** Tells the kernel whether something is in the window. Returns what ends that. */
function watch(model, el) {
  let timer;
  const tell = (seen) => {
    if (seen !== model.get("in_view")) {
      model.set("in_view", seen);
      model.save_changes();
    }
  };
  const eye = new IntersectionObserver((found) => {
    clearTimeout(timer);
    timer = setTimeout(tell, PASSING, found.at(-1).isIntersecting);
  });
  eye.observe(el);
  return () => {
    eye.disconnect();
    clearTimeout(timer);
    tell(false);
  };
}

const FORM = ".heldto-alive";

/** An id of an element, for others to name. */
function idOf(one) {
  if (!one.id) one.id = `heldto-name-${(window.heldtoNames = (window.heldtoNames ?? 0) + 1)}`;
  return one.id;
}

/**
 * Says to who hears a form what it looks like: ipywidgets gives a slider, choices and a line to
 * answer on no name, buttons to choose by no state, and says nothing of what comes below.
 */
function dress(form) {
  const own = (selector) =>
      [...form.querySelectorAll(selector)].filter((one) => one.closest(FORM) === form),
    [title] = own(".widget-html b");
  const call = (one, ...names) =>
    one.setAttribute(
      "aria-labelledby",
      names
        .filter((name) => name?.textContent.trim())
        .map(idOf)
        .join(" "),
    );
  for (const one of own(".widget-radio-box")) {
    one.setAttribute("role", "radiogroup");
    call(one, title);
    one.querySelectorAll("input").forEach((input) => {
      input.name ||= idOf(one);
    });
  }
  for (const one of own(".widget-toggle-buttons")) {
    one.setAttribute("role", "group");
    call(one, title, one.querySelector(".widget-label"));
    one.querySelectorAll("button").forEach((button) => {
      button.ariaPressed = String(button.classList.contains("mod-active"));
    });
  }
  for (const one of own(".widget-slider")) {
    const names = [one.querySelector(".widget-label"), title],
      readout = one.querySelector(".widget-readout");
    one.querySelectorAll(".noUi-handle").forEach((handle) => call(handle, ...names));
    readout?.setAttribute("role", "textbox");
    if (readout) call(readout, ...names);
  }
  for (const one of own(".widget-text input, .widget-textarea textarea")) call(one, title);
  if (form.parentElement.closest(FORM))
    // one of several rows with the same buttons
    own(".widget-button").forEach((one) => call(one, one, title));
  for (const one of own(".widget-button"))
    one.ariaDisabled = one.matches(".heldto-state") ? "true" : null;
  for (const one of own(".heldto-said")) one.setAttribute("role", "status");
}

/** Unfolds the heading right below a cell once all its verdicts are open: what is said there waits. */
function unfoldBelow(form) {
  const cell = form.closest(".jp-Cell"),
    heading = cell?.nextElementSibling,
    rulings = [...(cell?.querySelectorAll(".heldto-ruling") ?? [])];
  if (rulings.some((one) => !one.querySelector("details.verdict"))) return;
  if (heading?.matches(".jp-MarkdownHeadingCollapsed"))
    heading.querySelector(".jp-collapseHeadingButton")?.click();
}

/**
 * Scrolls what is said below a form into the window, as much of it as there is room for, where the
 * reader is at work in that form.
 */
function showSaid(said) {
  const form = said.closest(FORM),
    box = form?.contains(document.activeElement) && scroller(form);
  if (!box) return;
  const pane = box.getBoundingClientRect(),
    { top, bottom } = said.getBoundingClientRect();
  const below = Math.min(bottom + SPACE - pane.bottom, top - SPACE - pane.top);
  if (below > 0) box.scrollTop += below;
}

/**
 * Dresses a form, now and whenever it changes, and unfolds what waits for a verdict in it, once.
 * Returns what ends that.
 */
function follow(form) {
  let opened = false;
  const look = () => {
    dress(form);
    if (opened || !form.querySelector("details.verdict")) return;
    opened = true; // a reader may fold it again
    if (form.matches(".heldto-ruling") && form.contains(document.activeElement))
      form.querySelector("details.verdict > summary").focus({ preventScroll: true }); // the button that was pressed goes
    unfoldBelow(form);
  };
  const watch = new MutationObserver(look);
  watch.observe(form, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["class"],
  });
  look();
  const ears = new MutationObserver(([{ target }]) => showSaid(target.closest(".heldto-said"))),
    said = form.querySelector(":scope > .heldto-said");
  if (said) ears.observe(said, { childList: true, subtree: true });
  return () => [watch, ears].forEach((one) => one.disconnect());
}

/**
 * A form in which somebody presses Shift+Enter is filled in, and not run again: the cell in use is
 * the next one. Below the last cell nothing is run.
 */
function past(form, event) {
  const cell = form.closest(".jp-Cell");
  let next = cell?.nextElementSibling;
  while (next && !next.offsetParent) next = next.nextElementSibling;
  if (next) return next.focus({ preventScroll: true });
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * A folded heading that is run: on to the next cell in sight. JupyterLab goes through all that is
 * hidden, the window at the top of the page. Where nothing follows, the heading opens.
 */
function pass(event) {
  const pressed =
    event.type === "mousedown" &&
    event.target.closest("[data-command='notebook:run-cell-and-select-next']");
  if (!pressed && !(event.key === "Enter" && event.shiftKey && !event.altKey && !event.ctrlKey))
    return;
  const written = event.target.matches("input[type=text], textarea"),
    form =
      !pressed &&
      !written &&
      event.target.closest(".jp-OutputArea .heldto-form:not(.jupyter-widgets-disconnected)");
  if (form) return past(form, event);
  const page = event.target.closest(pressed ? ".jp-NotebookPanel" : ".jp-Notebook");
  const heading = page?.querySelector(".jp-MarkdownHeadingCollapsed.jp-mod-rendered.jp-mod-active");
  if (!heading || page.querySelectorAll(".jp-Cell.jp-mod-selected").length > 1) return;
  let next = heading.nextElementSibling;
  while (next && !next.offsetParent) next = next.nextElementSibling;
  if (!next) return heading.querySelector(".jp-collapseHeadingButton").click();
  event.preventDefault();
  event.stopImmediatePropagation();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/**
 * Keys where one chooses are for the choice: JupyterLab takes an arrow for another cell, and m for
 * a cell of text.
 */
function keep({ target, key, shiftKey, ctrlKey }) {
  if (target.matches?.(".jp-OutputArea :is(select, [type=radio], [role=slider])"))
    target.toggleAttribute("data-lm-suppress-shortcuts", !shiftKey && !ctrlKey && key !== "Escape");
}

function listen() {
  if (window.heldtoListen) return; // each part of a page has this script
  window.heldtoListen = true;
  ["keydown", "mousedown"].forEach((name) => addEventListener(name, pass, true));
  addEventListener("keydown", keep, true);
}

function render({ model, el }) {
  listen();
  if (!model.get("value")) el.style.display = "none";
  el.innerHTML = model.get("value");
  equip(el);
  const tell = () => {
    el.dataset.empty = JSON.stringify(model.get("empty") ?? {});
    el.dispatchEvent(new Event("heldto-drawn", { bubbles: true }));
  };
  tell();
  model.on("change:empty", tell);
  const renew = () => redraw(el, model.get("value")),
    ends = [watch(model, el)];
  model.on("change:value", renew);
  const last = performance.now() + 5000;
  const wait = () => {
    if (!el.isConnected) return performance.now() < last && requestAnimationFrame(wait);
    const cell = el.closest(".jp-Cell"),
      form = el.closest(".widget-vbox");
    if (form) ends.push(follow(form));
    el.dispatchEvent(new Event("heldto-drawn", { bubbles: true }));
    if (cell) stay(cell);
  };
  wait();
  return () => {
    model.off("change:value", renew);
    model.off("change:empty", tell);
    ends.forEach((end) => end());
  };
}

export default { render };

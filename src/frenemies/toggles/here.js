// Keeps what a cell has just put on the page in the window, until the reader does something; puts a new drawing in the place of an old one; goes past a folded heading.

const READER = ["wheel", "touchstart", "pointerdown", "keydown"];
const SPACE = 8; // pixels above and below
const PASSING = 100; // milliseconds: what leaves the window sooner was only scrolled past

/** Whether a cell is the one that was just run: it is selected, or the next one that is not folded away is. */
function justRun(cell) {
  const cells = [...cell.closest(".jp-Notebook").querySelectorAll(".jp-Cell")], at = cells.indexOf(cell);
  const active = cells.findIndex((one) => one.classList.contains("jp-mod-active"));
  return active >= at && cells.slice(at + 1, active).every((one) => !one.offsetParent);
}

function scroller(cell) {
  let box = cell.parentElement;
  while (box && !(/auto|scroll/.test(getComputedStyle(box).overflowY) && box.scrollHeight > box.clientHeight)) box = box.parentElement;
  return box;
}

/** What to show of an output, the most first: [top, bottom] of all of it, of its picture, of that down to the drawing, of the drawing; a verdict is read from its top. */
function views(output) {
  const box = (one) => one?.getBoundingClientRect(), picture = output.querySelector("figure:not(.yardstick)");
  const all = box(output), figure = box(picture), drawing = box(picture?.querySelector("svg"));
  const found = [[all.top, all.bottom]];
  if (figure) found.push([figure.top, figure.bottom]);
  if (drawing) found.push([figure.top, drawing.bottom], [drawing.top, drawing.bottom]);
  return found;
}

/** Scrolls as little as shows as much of the output as there is room for; what is too tall stands from its top. */
function bring(output) {
  const box = scroller(output);
  if (!box) return;
  const { top, bottom } = box.getBoundingClientRect(), room = bottom - top - 2 * SPACE;
  const found = views(output), [first, last] = found.find(([from, to]) => to - from <= room) ?? found.at(-1);
  const above = first - SPACE - top, below = last + SPACE - bottom;
  if (above < 0 || last - first > room) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

function stay(cell) {
  const output = cell.querySelector(".jp-Cell-outputArea");
  if (!output || !justRun(cell)) return;
  const watch = new ResizeObserver(() => bring(output));
  const stop = () => { watch.disconnect(); READER.forEach((name) => removeEventListener(name, stop, true)); };
  READER.forEach((name) => addEventListener(name, stop, true));
  setTimeout(stop, 5000);
  watch.observe(output);
}

const parts = (el) => [...el.querySelectorAll("figure, figure svg, details, summary, .fig-scroll")];

/** Puts a drawing in the place of another: what was open, scrolled or in focus stays so, and what the reader looks at or clicks does not move. */
function put(el, value) {
  const before = parts(el), held = before.indexOf(document.activeElement), { top, bottom } = el.getBoundingClientRect();
  const as = before.map(({ open, scrollTop }) => ({ open, scrollTop }));
  const used = document.activeElement.closest(".actorbar"), below = used && el.compareDocumentPosition(used) & Node.DOCUMENT_POSITION_FOLLOWING;
  el.innerHTML = value;
  const after = parts(el);
  after.forEach((one, at) => Object.assign(one, as[at]));
  if (after[held]) after[held].tabIndex = before[held].tabIndex;
  after[held]?.focus({ preventScroll: true });
  const box = scroller(el);
  if (box && (below || top < box.getBoundingClientRect().top)) box.scrollTop += el.getBoundingClientRect().bottom - bottom;
}

/** Tells the kernel whether something is in the window. Returns what ends that. */
function watch(model, el) {
  let timer;
  const tell = (seen) => { if (seen !== model.get("in_view")) { model.set("in_view", seen); model.save_changes(); } };
  const eye = new IntersectionObserver((found) => { clearTimeout(timer); timer = setTimeout(tell, PASSING, found.at(-1).isIntersecting); });
  eye.observe(el);
  return () => { eye.disconnect(); clearTimeout(timer); tell(false); };
}

/** A folded heading that is run: on to the next cell in sight. JupyterLab goes through all that is hidden, the window at the top of the page. Where nothing follows, the heading opens. */
function pass(event) {
  const pressed = event.type === "mousedown" && event.target.closest("[data-command='notebook:run-cell-and-select-next']");
  if (!pressed && !(event.key === "Enter" && event.shiftKey && !event.altKey && !event.ctrlKey)) return;
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

/** Keys where one chooses are for the choice: JupyterLab takes an arrow for another cell, and m for a cell of text. */
function keep({ target, key, shiftKey, ctrlKey }) {
  if (target.matches?.(".jp-OutputArea :is(select, [type=radio], [role=slider])")) target.toggleAttribute("data-lm-suppress-shortcuts", !shiftKey && !ctrlKey && key !== "Escape");
}

function listen() {
  if (window.frenemiesListen) return; // each part of a page has this script
  window.frenemiesListen = true;
  ["keydown", "mousedown"].forEach((name) => addEventListener(name, pass, true));
  addEventListener("keydown", keep, true);
}

function render({ model, el }) {
  listen();
  if (!model.get("value")) el.style.display = "none";
  el.innerHTML = model.get("value");
  const follow = () => put(el, model.get("value")), end = watch(model, el);
  model.on("change:value", follow);
  const last = performance.now() + 5000;
  const wait = () => {
    const cell = el.closest(".jp-Cell");
    if (cell) stay(cell);
    else if (performance.now() < last) requestAnimationFrame(wait); // not yet on the page
  };
  wait();
  return () => { model.off("change:value", follow); end(); };
}

export default { render };

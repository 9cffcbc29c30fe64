// The actor bar in a notebook: it tells the kernel what is switched, and reads and writes the address.

import { fromAddress, toAddress } from "./address.js";
import { build, sheet } from "./toggle.js";

const PAUSE = 40; // milliseconds: a change no further from the one before waits so long until the kernel is told, as a key held down repeats sooner
/** A name for the notebook that a bar stands in: all that it shows has one manager of widgets. */
function notebookOf(manager) {
  manager.frenemies ??= `notebook-${(window.frenemiesNotebooks = (window.frenemiesNotebooks ?? 0) + 1)}`;
  return manager.frenemies;
}

/** Marks the part of the window that a bar stands in as its notebook's own: its marks hide there, and nowhere else. */
function mark(el, notebook) {
  const part = el.closest(".jp-Notebook, .jp-LinkedOutputView") ?? document.body;
  part.dataset.actorbars = [
    ...new Set([...(part.dataset.actorbars?.split(" ") ?? []), notebook]),
  ].join(" ");
}

/** Whether an address is that of a notebook, or of none. path: of the notebook, where it is known. */
function speaksOf({ pathname }, path) {
  return !path || !pathname.includes("/tree/") || decodeURIComponent(pathname).endsWith(`/${path}`);
}

/** What the address says of a notebook's bar that nobody has switched yet; nothing where it speaks of another bar, or names a place. JupyterLab drops what a page was opened with. */
function readBar({ actors, shown, vintage, key, path, style }) {
  const first = new URL(performance.getEntriesByType("navigation")[0].name),
    opened = !style.model && speaksOf(first, path) ? first.hash : "";
  const hash = (speaksOf(location, path) && location.hash) || opened;
  const said = fromAddress(hash, actors),
    ours = /[#&](actors|vintage)=/.test(hash) && [key, ""].includes(said.bar);
  return ours && shown.length === actors.length && vintage === "since"
    ? { shown: said.shown, vintage: said.vintage }
    : null;
}

/** Writes the address of a notebook's bar; a place that it names stays while everybody is on. */
function writeBar({ actors, shown, vintage, key, path }) {
  if (!speaksOf(location, path)) return;
  const hash = toAddress({ actors, shown, vintage, bar: key }),
    plain = fromAddress(location.hash).plain;
  if (hash !== "#" || !plain)
    history.replaceState(
      history.state,
      "",
      hash === "#" ? location.pathname + location.search : hash,
    );
}

const BESIDE = 56 * 16; // pixels: as wide a bar stands beside its picture (toggle.css)
const TRAITS = ["shown", "vintage", "same_axes"];

function render({ model, el }) {
  const manager = model.widget_manager ?? window,
    notebook = notebookOf(manager);
  /** @type {any} */
  const state = {
    style: sheet(model.get("key"), notebook),
    path: manager.context?.path,
  };
  for (const name of ["key", "actors", "names", "colours", "presets", "known", ...TRAITS])
    state[name] = model.get(name);
  const tell = () => {
    model.set(Object.fromEntries(TRAITS.map((name) => [name, state[name]])));
    writeBar(state);
    const { pause, told } = state.style,
      now = performance.now(); // of any bar of this key
    clearTimeout(pause);
    Object.assign(state.style, {
      told: now,
      pause: setTimeout(() => model.save_changes(), now - told < PAUSE ? PAUSE : 0),
    });
  };
  const said = state.style.model !== model && readBar(state);
  state.style.model = model;
  const paint = build(el, Object.assign(state, said), tell);
  if (said) tell();
  const last = performance.now() + 5000;
  const placed = () => {
    if (el.isConnected) mark(el, notebook);
    else if (performance.now() < last) requestAnimationFrame(placed);
  };
  placed();
  let wide = null;
  const room = new ResizeObserver(([{ contentRect }]) => {
    if (wide === (wide = contentRect.width >= BESIDE)) return;
    el.querySelector("details").open = wide;
  });
  requestAnimationFrame(() => {
    const box = el.closest(".widget-vbox"); // a bar above a picture leaves it room
    if (box?.matches(".heldto-beside")) {
      room.observe(box);
      box.addEventListener("heldto-drawn", () => paint());
      paint();
    } else if (box) el.querySelector("details").open = false;
  });
  const follow = () => {
    TRAITS.forEach((name) => {
      state[name] = model.get(name);
    });
    paint();
  };
  const changes = TRAITS.map((name) => `change:${name}`).join(" ");
  const part = () => {
    state.gone = !["idle", "busy"].includes(manager.kernel?.status);
    paint();
  };
  model.on(changes, follow);
  model.on("comm_live_update", part); // its kernel was restarted or lost, or is there again
  return () => {
    room.disconnect();
    model.off(changes, follow);
    model.off("comm_live_update", part);
  };
}

export default { render };

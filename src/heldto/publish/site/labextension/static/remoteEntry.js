// Of JupyterLite with our notebooks: an address that ends in #cell-id=e4 opens the notebook at that
// cell, what is kept holds no widget, the site's worker serves it, and Back leads out of it.

const VIEW = "application/vnd.jupyter.widget-view+json",
  place = new URLSearchParams(location.hash.slice(1)).get("cell-id");
const notebook = new URLSearchParams(location.search).get("path");

/**
 * Goes to the cell that the address names, and stays there while the page above it grows, until the
 * reader moves; headings over it unfold.
 */
function goThere({ commands, shell }) {
  const open = async () => {
    const panel = shell.currentWidget;
    if (!notebook || panel?.context?.path !== notebook) return;
    shell.currentChanged.disconnect(open);
    await panel.revealed;
    const { content } = panel,
      at = content.widgets.findIndex((cell) => cell.model.id === place);
    if (at < 0) return;
    const stay = new ResizeObserver(() => {
      if (content.widgets[at].isHidden) commands.execute("notebook:expand-all-headings");
      content.activeCellIndex = at;
      content.scrollToItem(at, "start");
    });
    content.widgets.forEach((cell) => stay.observe(cell.node));
    for (const way of ["wheel", "pointerdown", "keydown"])
      addEventListener(way, () => stay.disconnect(), { once: true, capture: true });
  };
  shell.currentChanged.connect(open);
}

/**
 * A notebook without what lives in a kernel: the plain page beside each view stays, as in the lab
 * that runs on a server.
 */
function withoutViews(content) {
  const kept = structuredClone(content);
  delete kept.metadata.widgets;
  for (const cell of kept.cells) for (const { data } of cell.outputs ?? []) delete data?.[VIEW];
  return kept;
}

function keepPages({ serviceManager: { contents } }) {
  const save = contents.save.bind(contents);
  contents.save = (path, model) =>
    save(
      path,
      model?.type === "notebook" ? { ...model, content: withoutViews(model.content) } : model,
    );
}

// an address of JupyterLab's own is no page: Back leads to where the reader came from
history.pushState = history.replaceState.bind(history);

const worker = navigator.serviceWorker;
// JupyterLite's first start takes away every worker of the host, other people's too
if (worker) worker.getRegistrations = async () => [];

/**
 * Waits until the site's worker serves this page: JupyterLite then takes it for its own, and
 * registers none.
 */
async function served() {
  const own = await worker.getRegistration();
  // of a start at which ours came too late
  if (own && new URL(own.scope).pathname.endsWith("/live/")) await own.unregister();
  // @ts-expect-error: it lies there in the site
  await import("../../../../offline.js");
  const there = new Promise((done) =>
    worker.addEventListener("controllerchange", done, { once: true }),
  );
  if (!worker.controller)
    await Promise.race([there, new Promise((done) => setTimeout(done, 10_000))]);
}

function activate(app) {
  keepPages(app);
  if (place) goThere(app);
}

window._JUPYTERLAB ??= {};
window._JUPYTERLAB.frenemies = {
  init: async () => worker && served().catch(() => {}),
  get: async () => () => ({ id: "frenemies:site", autoStart: true, activate }),
};

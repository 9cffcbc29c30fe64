// Of the JupyterLab that we start: a page that is loaded again shows what lives in its kernel, and
// a form that sleeps says what was answered. A file keeps neither. Evidence waits under a veil until
// its claims are guessed.

const VIEW = "application/vnd.jupyter.widget-view+json",
  EARLIER = "frenemies-earlier";

/**
 * Each output of a notebook that is no live widget: [what it says of itself, its list, its place
 * there, its element].
 */
function asleep({ content }) {
  const cells = content.widgets.filter(({ model }) => model.type === "code");
  const each = cells.flatMap(({ model: { outputs }, outputArea }) =>
    [...Array(outputs.length).keys()].map((at) => [outputs, at, outputArea.widgets[at]?.node]),
  );
  return each
    .filter(([outputs, at]) => !outputs.get(at).data[VIEW])
    .map(([outputs, at, node]) => [outputs.get(at).metadata.frenemies ?? {}, outputs, at, node]);
}

/** Puts the widget of an output in the place of its plain page, where the kernel still has it. */
async function wake(panel) {
  await panel.sessionContext.ready;
  const kernel = panel.sessionContext.session?.kernel;
  if (!kernel) return;
  const { content } = await kernel.requestCommInfo({ target_name: "jupyter.widget" });
  for (const [{ view }, outputs, at] of asleep(panel)) {
    if (!content.comms?.[view]) continue;
    const output = outputs.get(at).toJSON();
    outputs.set(at, {
      ...output,
      data: { ...output.data, [VIEW]: { version_major: 2, version_minor: 0, model_id: view } },
    });
  }
}

/** What the reader's own file says of claims and exercises; nothing where it cannot be asked. */
async function answers({ context: { path } }, { baseUrl, token }) {
  const headers = token ? { Authorization: `token ${token}` } : {},
    file = path.split("/").map(encodeURIComponent).join("/");
  const answer = await fetch(`${baseUrl}frenemies/said/${file}`, { headers });
  return answer.ok ? answer.json() : null;
}

/** What the reader's own file may hold of a form, by the keys that the server answers with. */
function keys({ kind, claim, exercise }) {
  const of = { guess: claim?.split(" "), draw: [`${DRAWN}${claim}`], exercise: [exercise] };
  return of[kind] ?? [];
}

/** Says below a form what its claims were guessed to be, how its line was drawn, or that it is solved. */
async function recall(panel, settings) {
  const said = (await answers(panel, settings)) ?? {};
  for (const [about, , , node] of asleep(panel)) {
    const ids = keys(about);
    const lines = ids
      .filter((id) => said[id])
      .map((id) => (ids.length > 1 ? `${id}: ${said[id]}` : said[id]));
    const box = lines.length && node?.querySelector(".jp-OutputArea-output");
    if (box)
      box.append(
        Object.assign(document.createElement("p"), {
          className: EARLIER,
          textContent: lines.join(" "),
        }),
      );
  }
}

// The veil ----------------------------------------------------------------------------------------

const SECTION = /^#{1,3} /, // a heading, below which another question begins
  EVIDENCE = ["draw", "picture", "number"],
  CLAIM = /[A-Z]+[0-9]+/g,
  DRAWN = "draw ";
const OUTPUT = ".jp-OutputArea-output:not([data-mime-type='application/vnd.jupyter.stderr'])", // an error gives nothing away
  COVERED = `.heldto-evidence:not(.heldto-clear):has(${OUTPUT})`;
const LOOK = `
.heldto-veil { display: none; position: sticky; top: 0; z-index: 1; background: var(--jp-layout-color0); margin: 0.3rem 0 0.6rem calc(var(--jp-cell-prompt-width) + 8px); padding-bottom: 0.3rem; }
.heldto-veil b { display: block; }
.heldto-veil button { font: inherit; min-height: 26px; padding: 0 0.7rem; cursor: pointer; }
.heldto-veil button:focus-visible { outline: 3px solid #1a73e8; outline-offset: 2px; }
${COVERED} .heldto-veil { display: block; }
${COVERED} :is(${OUTPUT}:not(:has(.actorfig)), .actorfig) { filter: blur(1.1rem); pointer-events: none; user-select: none; }
@media print { ${COVERED} :is(.jp-OutputArea-output, .actorfig) { filter: none; } }`;

/**
 * Cells of lines to draw, pictures and numbers between a guess and its verdict, each with what waits
 * for an answer above it: the claims guessed, and then those whose line is drawn, by the keys that the
 * server answers with.
 */
function evidence({ content }) {
  const found = [];
  let claims = [];
  for (const cell of content.widgets) {
    const tags = cell.model.getMetadata("tags") ?? [],
      source = cell.model.sharedModel.getSource();
    if (tags.includes("guess")) claims = source.match(CLAIM) ?? [];
    else if (tags.includes("verdict") || (cell.model.type === "markdown" && SECTION.test(source)))
      claims = [];
    else if (claims.length && EVIDENCE.some((one) => tags.includes(one)))
      found.push([cell, claims]);
    if (claims.length && tags.includes("draw"))
      claims = [...claims, ...(source.match(CLAIM) ?? []).map((one) => `${DRAWN}${one}`)];
  }
  return found;
}

/** What is to be done first, of the keys that are still open. */
function first(open) {
  const guess = open.filter((one) => !one.startsWith(DRAWN));
  return guess.length ? `Guess ${guess.join(" and ")} first, or ` : "Draw the line first, or ";
}

/** The line above veiled evidence: what it is about, and a button for who wants to see it now. */
function veil(cell) {
  const line = document.createElement("div"),
    title = document.createElement("b"),
    said = document.createElement("span"),
    look = document.createElement("button");
  Object.assign(line, { className: "heldto-veil" });
  Object.assign(look, { type: "button", textContent: "look anyway" });
  line.append(title, said, look);
  const show = () => cell.node.classList.add("heldto-clear");
  look.addEventListener("click", () => {
    show();
    cell.node.focus({ preventScroll: true });
  });
  // who comes by keys came to see it
  cell.node.addEventListener("focusin", ({ target }) => {
    if (target.closest(".actorfig")) show();
  });
  cell.node.querySelector(".jp-Cell-outputWrapper").before(line);
  return { title, said };
}

/**
 * Keeps evidence under a veil until the reader's own file holds a guess on each of its claims, and a
 * line where one is drawn; or until the verdict is open.
 */
function guard(panel, settings) {
  const veils = new WeakMap(),
    ruled = new Set();
  let said = null;
  const cover = () => {
    for (const [cell, claims] of evidence(panel)) {
      const waits = (claim) => said && !said[claim] && !ruled.has(claim.replace(DRAWN, "")),
        open = claims.filter(waits);
      cell.node.classList.toggle("heldto-evidence", open.length > 0);
      if (!open.length) continue;
      if (!veils.has(cell)) veils.set(cell, veil(cell));
      const { title, said: line } = veils.get(cell);
      title.textContent = cell.node.querySelector(".actorfig .neutral")?.textContent ?? "";
      line.textContent = first(open);
    }
  };
  let asked;
  const ask = () => {
    clearTimeout(asked);
    asked = setTimeout(async () => {
      said = await answers(panel, settings).catch(() => null);
      cover();
    }, 150);
  };
  panel.sessionContext.statusChanged.connect((_, status) => {
    cover();
    if (status === "idle") ask(); // it may have taken a guess
  });
  panel.content.model.cells.changed.connect(() => setTimeout(cover));
  panel.node.addEventListener("heldto-ruled", ({ target }) => {
    const cell = panel.content.widgets.find(({ node }) => node.contains(target));
    cell?.model.sharedModel
      .getSource()
      .match(CLAIM)
      ?.forEach((claim) => ruled.add(claim));
    cover();
  });
  return answers(panel, settings).then((found) => {
    said = found;
    cover();
  });
}

function activate({ shell, restored, serviceManager: { serverSettings } }) {
  const known = new WeakSet();
  document.head.append(Object.assign(document.createElement("style"), { textContent: LOOK }));
  const look = () => {
    for (const panel of shell.widgets("main")) {
      if (known.has(panel) || !panel.sessionContext || !panel.content?.widgets) continue;
      known.add(panel);
      panel.revealed
        .then(() =>
          Promise.all([guard(panel, serverSettings), recall(panel, serverSettings), wake(panel)]),
        )
        .catch(console.warn);
    }
  };
  for (const change of [shell.currentChanged, shell.layoutModified]) change?.connect(look);
  restored.then(look);
}

window._JUPYTERLAB ??= {};
window._JUPYTERLAB.frenemies = {
  init: async () => {},
  get: async () => () => ({ id: "frenemies:alive", autoStart: true, activate }),
};

// Of the JupyterLab that we start: a page that is loaded again shows what lives in its kernel, and
// a form that sleeps says what was answered. A file keeps neither. The first time, the left panel is
// closed, so that the switches of a picture stand beside it.

const VIEW = "application/vnd.jupyter.widget-view+json",
  EARLIER = "frenemies-earlier",
  DRAWN = "draw ";

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
  const { content } = await kernel.requestCommInfo({
    target_name: "jupyter.widget",
  });
  for (const [{ view }, outputs, at] of asleep(panel)) {
    if (!content.comms?.[view]) continue;
    const output = outputs.get(at).toJSON();
    outputs.set(at, {
      ...output,
      data: {
        ...output.data,
        [VIEW]: { version_major: 2, version_minor: 0, model_id: view },
      },
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
  const claims = claim?.split(" ") ?? [],
    lines = claims.map((one) => `${DRAWN}${one}`);
  const of = {
    guess: claims,
    draw: lines,
    examine: claims.flatMap((one, at) => [one, lines[at]]),
    exercise: [exercise],
  };
  return of[kind] ?? [];
}

/** Whether a form asks about more than one claim. */
const several = ({ claim }) => claim?.includes(" ");

/** Says below a form what its claims were guessed to be, how its line was drawn, or that it is solved. */
async function recall(panel, settings) {
  const said = (await answers(panel, settings)) ?? {};
  for (const [about, , , node] of asleep(panel)) {
    const ids = keys(about);
    const lines = ids
      .filter((id) => said[id])
      .map((id) => (several(about) ? `${id.replace(DRAWN, "")}: ${said[id]}` : said[id]));
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

function activate({ shell, restored, serviceManager: { serverSettings } }) {
  const known = new WeakSet();
  const look = () => {
    for (const panel of shell.widgets("main")) {
      if (known.has(panel) || !panel.sessionContext || !panel.content?.widgets) continue;
      known.add(panel);
      panel.revealed
        .then(() => Promise.all([recall(panel, serverSettings), wake(panel)]))
        .catch(console.warn);
    }
  };
  for (const change of [shell.currentChanged, shell.layoutModified]) change?.connect(look);
  restored.then(look);
  shell.restored?.then((layout) => {
    if (layout?.fresh) setTimeout(() => shell.collapseLeft()); // after the lab has opened it
  });
}

window._JUPYTERLAB ??= {};
window._JUPYTERLAB.frenemies = {
  init: async () => {},
  get: async () => () => ({ id: "frenemies:alive", autoStart: true, activate }),
};

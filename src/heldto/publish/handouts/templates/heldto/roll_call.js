// Roll calls. It keeps who voted how in this browser, and works out how often two agree, beside
// what they did in truth.

const SHELF = `${document.body.dataset.article}-roll-call`,
  form = document.querySelector("form"),
  pairs = document.querySelector("section"),
  VOTES = JSON.parse(document.body.dataset.votes),
  REAL = JSON.parse(document.body.dataset.real),
  REALLY = Object.keys(REAL).length > 0;
/** @type {any[]} */
const rows = [...form.querySelectorAll("tbody tr")];
const fields = [...form.querySelectorAll("select")];

/** The votes of a row, a number each; nothing where none was cast. */
const cast = (row) => [...row.querySelectorAll("select")].map((field) => VOTES[field.value]);

/** How often two agree, as the seminar's tables count it: {votes, agree, kappa}. */
function agreement(one, other) {
  const both = one
    .map((vote, at) => [vote, other[at]])
    .filter((pair) => pair.every((vote) => vote !== undefined));
  const mean = (gaps) => gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  const gap = mean(both.map(([mine, yours]) => Math.abs(mine - yours))),
    chance = mean(both.flatMap(([mine]) => both.map(([, yours]) => Math.abs(mine - yours))));
  return { votes: both.length, agree: 1 - gap, kappa: chance ? 1 - gap / chance : NaN };
}

const written = (figure) => (Number.isFinite(figure) ? figure.toFixed(2) : "none");

/** Every two that voted together, those first whose agreement is furthest from the real one. */
function compared() {
  const found = rows.flatMap((row, at) =>
    rows.slice(at + 1).map((other) => {
      const [agree, kappa] = REAL[[row.dataset.code, other.dataset.code].sort().join(" ")] ?? [];
      const names = [row, other].map((one) => one.querySelector("th").textContent).join(", ");
      return { names, ...agreement(cast(row), cast(other)), real: agree, realKappa: kappa };
    }),
  );
  const apart = (pair) => Math.abs(pair.agree - pair.real) || 0;
  return found.filter((pair) => pair.votes > 1).sort((one, other) => apart(other) - apart(one));
}

function draw() {
  const found = compared(),
    body = pairs.querySelector("tbody");
  body.replaceChildren();
  for (const pair of found) {
    const row = document.createElement("tr"),
      head = document.createElement("th");
    Object.assign(head, { textContent: pair.names, scope: "row" });
    row.append(head);
    const real = REALLY ? [pair.real, pair.realKappa] : [],
      figures = [pair.agree, pair.kappa, ...real].map(written);
    for (const text of [String(pair.votes), ...figures]) row.insertCell().textContent = text;
    body.append(row);
  }
  pairs.hidden = !found.length;
  pairs.querySelector(".said").textContent =
    `${found.length} pair${found.length === 1 ? "" : "s"} voted together at least twice.${REALLY ? " The pairs furthest from their real agreement come first." : ""} So few votes say little: what follows?`;
}

function keep() {
  const held = fields.filter((field) => field.value).map((field) => [field.name, field.value]);
  try {
    localStorage.setItem(SHELF, JSON.stringify(Object.fromEntries(held)));
  } catch {
    /* they stand until the page is left */
  }
  draw();
}

/** The next state in the same column. */
function below(field) {
  const row = field.closest("tr"),
    next = rows[rows.indexOf(row) + 1];
  return next?.querySelectorAll("select")[[...row.querySelectorAll("select")].indexOf(field)];
}

let held = {};
try {
  held = JSON.parse(localStorage.getItem(SHELF)) ?? {};
} catch {
  /* what cannot be read is called anew */
}
for (const field of fields) {
  field.value = held[field.name] ?? "";
  field.addEventListener("change", keep);
  field.addEventListener("keydown", (event) => {
    const vote = Object.keys(VOTES).find((word) => word[0] === event.key.toLowerCase());
    if (!vote || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.value = vote;
    keep();
    below(field)?.focus();
  });
}
form.querySelector("button").addEventListener("click", () => {
  if (!confirm("Forget all votes?")) return;
  for (const field of fields) field.value = "";
  keep();
});
draw();

// A show of hands. It keeps what was counted, claim by claim, and where it stood, in this browser,
// and draws it; it knows no verdict.

const SHELF = "hands",
  PLACE = "hands-at",
  form = document.querySelector("form"),
  claim = form.elements.claim,
  wall = document.querySelector("tbody"),
  total = form.querySelector("[role=status]");
const fields = [...form.querySelectorAll("input")],
  bars = [...form.querySelectorAll("i")];
let counted = {};
try {
  counted = JSON.parse(localStorage.getItem(SHELF)) ?? {};
} catch {
  /* what cannot be read is counted anew */
}
try {
  (
    [...claim.options].find((one) => one.value === localStorage.getItem(PLACE)) ?? claim.options[0]
  ).selected = true;
} catch {
  /* it begins at the first */
}

function draw(typed = false) {
  const counts = counted[claim.value] ?? {},
    { sure = 0, ...said } = counts,
    hands = Object.values(said).reduce((sum, one) => sum + one, 0);
  fields.forEach((field, at) => {
    if (!typed) field.value = counts[field.name] ?? "";
    bars[at].style.width =
      // of all hands, so that "sure" moves no other
      `${Math.min(100, (100 * (counts[field.name] ?? 0)) / Math.max(1, hands))}%`;
    field.setAttribute("aria-invalid", String(!field.validity.valid));
  });
  const wrong = fields
    .filter((field) => !field.validity.valid)
    .map((field) => field.labels[0].textContent.trim());
  const more = sure > hands ? `, and ${sure} of them sure: count once more` : "",
    left = wrong.length
      ? ` Not counted: ${wrong.join(", ")}. A count is a whole number, 0 or more.`
      : "";
  total.textContent = `${hands} hand${hands === 1 ? "" : "s"}${more}.${left}`;
  document.querySelector("h1").textContent = claim.selectedOptions[0].textContent;
  wall.replaceChildren(
    ...[...claim.options]
      .filter((one) => counted[one.value])
      .map((one) => {
        const row = document.createElement("tr"),
          head = document.createElement("th");
        Object.assign(head, { textContent: one.textContent, scope: "row" });
        row.append(head);
        fields.forEach((field) => {
          row.insertCell().textContent = counted[one.value][field.name] ?? 0;
        });
        return row;
      }),
  );
  wall.closest("table").hidden = !wall.rows.length;
}

function keep(typed = false) {
  try {
    localStorage.setItem(SHELF, JSON.stringify(counted));
  } catch {
    /* they stand until the page is left */
  }
  draw(typed);
}

form.addEventListener("submit", (event) => event.preventDefault());
fields.forEach((field) =>
  field.addEventListener("input", () => {
    const counts = Object.fromEntries(
      fields
        .filter((one) => one.value && one.validity.valid)
        .map((one) => [one.name, Number(one.value)]),
    );
    if (Object.keys(counts).length) counted[claim.value] = counts;
    else delete counted[claim.value];
    keep(true);
  }),
);
claim.addEventListener("change", () => {
  try {
    localStorage.setItem(PLACE, claim.value);
  } catch {
    /* it stands until the page is left */
  }
  draw();
});
form.querySelector("button").addEventListener("click", () => {
  if (confirm("Forget the counts of all claims?")) {
    counted = {};
    keep();
  }
});
draw();

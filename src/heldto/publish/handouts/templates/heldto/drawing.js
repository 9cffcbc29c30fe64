// Lines that a reader draws on a page: kept on its shelf like the answers, and shown with the gap.

/** How far a line lies from the figures, in words: as gap() in heldto/exercises/drawn.py. */
export function gap({ years, digits, unit, says }, drawn, then) {
  const scale = 10 ** digits,
    year = years.at(-1),
    whole = (value) => Math.round(value * scale),
    off = years.map((one) => whole(drawn[one]) - whole(then[one])),
    total = off.reduce((sum, one) => sum + Math.abs(one), 0),
    written = (value) => (value / scale).toFixed(digits);
  const told = {
    year,
    mine: drawn[year].toFixed(digits) + unit,
    ends: then[year].toFixed(digits),
    off: written(Math.abs(off.at(-1))),
    mean: written(Math.floor(total / off.length + 0.5)),
  };
  const way = off.at(-1) < 0 ? "low" : off.at(-1) ? "high" : "even";
  return says[way].replace(/{(\w+)}/g, (_, name) => told[name]);
}

function startDraw(form) {
  const name = `draw-${form.dataset.claim}`,
    line = JSON.parse(form.dataset.line),
    told = JSON.parse(form.querySelector("svg").dataset.draw);
  const show = startDrawing(form, (drawn) => keep({ [name]: { drawn, time: now() } }));
  followers.push((found) => {
    const drawn = found[name]?.drawn,
      sound = told.years.every((year) => drawn?.[year] >= told.bottom && drawn[year] <= told.top);
    if (!sound || form.matches(".done")) return;
    show(drawn, line);
    form.querySelector(".result").textContent =
      `${gap(told, drawn, line.then)} ${name in unwritten ? LOST : ""}`.trim();
  });
}

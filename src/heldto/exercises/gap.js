// How far a drawn line lies from the figures: the twin of gap() in heldto/exercises/drawn.py.

/** It in words. told: what the frame says of itself; drawn and then: {year: value}. */
export function gap({ years, digits, unit, says, mark = "." }, drawn, then) {
  const scale = 10 ** digits,
    year = years.at(-1),
    whole = (value) => Math.round(value * scale),
    off = years.map((one) => whole(drawn[one]) - whole(then[one])),
    total = off.reduce((sum, one) => sum + Math.abs(one), 0),
    fixed = (value) => value.toFixed(digits).replace(".", mark),
    written = (value) => fixed(value / scale);
  const told = {
    year,
    mine: fixed(drawn[year]) + unit,
    ends: fixed(then[year]),
    off: written(Math.abs(off.at(-1))),
    mean: written(Math.floor(total / off.length + 0.5)),
  };
  const way = off.at(-1) < 0 ? "low" : off.at(-1) ? "high" : "even";
  return says[way].replace(/{(\w+)}/g, (_, name) => told[name]);
}

// A line that a reader draws before it is shown, on a frame that the page brings: a handle a year,
// for pointer, finger and keys. How it went says whoever is asked for it.

const STEPS = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5, End: 1e6, Home: -1e6 },
  LINE = 14, // how far apart two words stand
  TURNS = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Sets the handles on the frame of a form free. ask({year: value}): what to do when the line is
 * asked for. Returns what shows it, once: (what counts as drawn, {then, path, since}).
 */
export function startDrawing(form, ask) {
  const svg = form.querySelector("svg"),
    told = JSON.parse(svg.dataset.draw),
    { years, step, bottom, top } = told,
    last = years.at(-1),
    [mine, figures, since] = svg.querySelectorAll(".mine, .figures"),
    [now, own] = svg.querySelectorAll(".told, .own"),
    handles = [...svg.querySelectorAll(".handle")],
    yours = svg.querySelector(".yours"),
    drawn = Object.fromEntries(years.map((year) => [year, told.value])),
    result = form.querySelector(".result"),
    untouched = new Set(years);
  const x = (year) => told.x + (year - told.first) * told.dx,
    y = (value) => told.y - (value - bottom) * told.k,
    between = (low, one, high) => Math.min(high, Math.max(low, one)),
    said = (value) => value.toFixed(told.digits),
    written = (value) => said(value).replace(".", told.mark ?? "."),
    isDone = () => form.matches(".done");
  const set = (one, looks) => {
    for (const name in looks) one.setAttribute(name, looks[name]);
  };
  const paint = (year) => {
    const places = years.map((one) => `L${x(one)} ${y(drawn[one])}`);
    set(mine, { d: `M${x(years[0] - 1)} ${y(told.value)}${places.join("")}` });
    handles.forEach((one, at) => {
      const value = drawn[years[at]];
      set(one, { cy: y(value), "aria-valuenow": value, tabindex: years[at] === year ? 0 : -1 });
      set(one, { "aria-valuetext": written(value) + told.unit });
    });
  };
  const clear = (at, value) => (at < y(top) + 9 ? y(value) + 20 : at); // of the words above the frame
  const label = (year, at, text) => {
    const free = clear(at, drawn[year]);
    set(own, { x: x(year) + 4, y: free });
    own.textContent = text;
    return free;
  };
  const move = (year, value) => {
    if (isDone()) return;
    untouched.delete(year);
    drawn[year] = between(bottom, +said(Math.round(value / step) * step), top);
    paint(year);
    label(year, y(drawn[year]) - 10, written(drawn[year]));
  };
  handles.forEach((one, at) => {
    one.addEventListener("focus", () => paint(years[at]));
    one.addEventListener("keydown", (event) => {
      const turned = TURNS[event.key],
        pressed = STEPS[event.key];
      if (turned) handles[at + turned]?.focus();
      if (pressed) move(years[at], drawn[years[at]] + pressed * step);
      if (turned || pressed) event.preventDefault();
    });
  });
  let from; // the year before, on one stroke: a fast one leaves none out
  const follow = (event) => {
    const box = svg.getBoundingClientRect(),
      size = told.wide / box.width,
      over = ((event.clientX - box.left) * size - told.x) / told.dx,
      year = between(years[0], Math.round(over) + told.first, last),
      value = bottom + (told.y - (event.clientY - box.top) * size) / told.k;
    for (const one of years) if ((one - year) * (one - from) < 0) move(one, value);
    move(year, value);
    from = year;
    handles[year - years[0]].focus({ preventScroll: true });
  };
  yours.addEventListener("pointerdown", (event) => {
    if (isDone()) return;
    event.preventDefault();
    yours.setPointerCapture(event.pointerId);
    from = NaN;
    follow(event);
  });
  yours.addEventListener("pointermove", (event) => {
    if (yours.hasPointerCapture(event.pointerId)) follow(event);
  });
  const button = form.querySelector(".show");
  button.addEventListener("click", () => {
    if (isDone()) return;
    const some = untouched.size < years.length,
      says = some ? told.half : told.none;
    if (!untouched.size || (some && result.textContent === says)) ask({ ...drawn });
    else result.textContent = says; // what nobody drew is no answer
  });
  svg.ariaHidden = null;
  paint(years[0]);
  return (line, shown) => {
    if (isDone()) return;
    Object.assign(drawn, line);
    paint(years[0]);
    form.classList.add("done");
    result.textContent = "";
    button.textContent = "Shown";
    button.ariaDisabled = "true"; // a state: it stays, and with it the keys of who has pressed it
    handles.forEach((one) => {
      one.ariaReadOnly = "true";
    });
    set(figures, { d: shown.path });
    set(since, { d: shown.since });
    const end = shown.then[last],
      off = end < drawn[last] ? 16 : -14; // clear of the reader's handles
    const mineAt = label(last, y(drawn[last]) + 6 - off, `you ${written(drawn[last])}`),
      at = clear(y(end) + off, end);
    const aside = mineAt < y(drawn[last]) ? -LINE : LINE;
    set(now, { y: Math.abs(at - mineAt) < LINE ? mineAt + aside : at });
    now.textContent = written(end);
  };
}

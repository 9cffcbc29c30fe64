// Pointing at a mark of a picture, or arrow keys in its drawing, tell what the mark shows, and dim
// the marks of others. Notebook and handout share it. It reads the words off the mark (data-tell)
// and the places off its shapes; it computes no figure.

if (!globalThis.heldtoPointing) {
  globalThis.heldtoPointing = true;

  const NEAR = 30; // how far from a mark one still points at it, in pixels
  const DRAWING = ".actorfig svg:has([data-tell])",
    HINT = "The arrow keys read out the figures.";
  // axis, direction
  const ENDS = { Home: 0, End: -1 }; // of a line
  const EXTREMES = { PageUp: "highest", PageDown: "lowest" };
  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] };
  const known = new WeakMap();
  // {svg, place}: where one points, or where the keys are; no place while nothing was told yet
  let now = null;

  /** The points of a shape, in the drawing's units. */
  function points(shape) {
    const at = (name) => Number(shape.getAttribute(name));
    if (shape.tagName === "use") return [[at("x"), at("y")]];
    const found = [];
    let x = 0,
      y = 0;
    for (const [, letter, rest] of shape.getAttribute("d").matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
      const numbers = (rest.match(/-?[\d.]+/g) ?? []).map(Number);
      if (!numbers.length) continue;
      if (letter === "h") x += numbers[0];
      else if (letter === "v") y += numbers[0];
      else if (letter === "l") {
        x += numbers[0];
        y += numbers[1];
      } else [x, y] = numbers.slice(-2);
      found.push([x, y]);
    }
    return found;
  }

  const middle = (run, axis) =>
    (Math.min(...run.map((one) => one[axis])) + Math.max(...run.map((one) => one[axis]))) / 2;

  /**
   * What a mark tells, text by text: each stands for an equal run of the mark's points (a point of
   * a line, the corners of a bar).
   */
  function read(mark) {
    const [name, unit, ...told] = mark.dataset.tell.split("|");
    const say = (one) => {
      const [when, much] = one.split(" ");
      return one && `${name}, ${when}: ${much} ${unit}`.trimEnd();
    };
    const texts = told.length ? told.map(say) : [name],
      markers = mark.querySelectorAll("use");
    const all = [...(markers.length ? markers : mark.querySelectorAll("path"))].flatMap(points),
      wide = all.length / texts.length;
    const runs = texts.map((_, at) =>
      all.slice(
        Math.floor(at * wide),
        Math.max(Math.floor((at + 1) * wide), Math.floor(at * wide) + 1),
      ),
    );
    return texts
      .map((text, at) => ({ mark, line: `${name}|${unit}`, text, run: runs[at] }))
      .filter((one) => one.text && one.run.length)
      .map((one) => ({
        ...one,
        at:
          one.run.length > 5
            ? one.run[one.run.length >> 1]
            : [middle(one.run, 0), middle(one.run, 1)],
      })); // of a curve, a point of it
  }

  /**
   * A drawing for a phone has its marks in the order of the wide one beside it, which holds the
   * words of both.
   */
  function share(svg) {
    const wide = svg.parentElement.querySelectorAll(":scope > svg:not(.narrow) [data-tell]");
    svg.querySelectorAll('[data-tell=""]').forEach((mark, at) => {
      mark.dataset.tell = wide[at].dataset.tell;
    });
  }

  /** All places of a drawing: those of lines, then those of single marks, such as a dot on a line. */
  function places(svg) {
    if (svg.matches(".narrow")) share(svg);
    if (!known.has(svg)) {
      const marks = [...svg.querySelectorAll("[data-tell]")].map(read),
        several = marks.filter((one) => one.length > 1);
      known.set(svg, [...several, ...marks.filter((one) => one.length === 1)].flat());
    }
    return known.get(svg);
  }

  const shown = (place) => getComputedStyle(place.mark).visibility === "visible";

  /** The visible places, line by line; of those that tell the same, the first. */
  function lines(svg) {
    const seen = new Set();
    return Map.groupBy(
      places(svg).filter((one) => shown(one) && !seen.has(one.text) && seen.add(one.text)),
      (one) => one.line,
    );
  }

  const whose = (mark) => [...mark.classList].filter((one) => one.startsWith("a-")).sort();

  /** How far a place is from [x, y]: from its point, or from the lines between its points. */
  function distance({ run }, [x, y]) {
    return Math.min(
      ...run.map(([left, up], at) => {
        const [right, down] = run[at + 1] ?? run[at],
          wide = right - left,
          high = down - up,
          long = wide * wide + high * high;
        const share =
          long && Math.max(0, Math.min(1, ((x - left) * wide + (y - up) * high) / long));
        return Math.hypot(x - left - share * wide, y - up - share * high);
      }),
    );
  }

  /**
   * The visible place that is nearest to a point of the screen; of the very mark, or of the same
   * actors, where one points at such.
   */
  function nearest(svg, target, clientX, clientY) {
    const matrix = svg.getScreenCTM(),
      { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse());
    const over = target.closest('svg [class*="a-"]:not(:has([data-tell]))'),
      all = places(svg);
    const own = over && all.filter((one) => one.mark === over),
      same = over && all.filter((one) => `${whose(one.mark)}` === `${whose(over)}`);
    let best = null,
      least = over ? Infinity : NEAR / matrix.a;
    for (const one of own?.length ? own : same?.length ? same : all) {
      const far = distance(one, [x, y]);
      if (far < least && shown(one)) [best, least] = [one, far];
    }
    return best;
  }

  const FIGURE = /[|:]/; // in what tells more than a name
  const nameOf = (mark) =>
    mark.dataset.tell.split(mark.dataset.tell.includes("|") ? "|" : /[,:]/)[0];

  /**
   * Whether a mark stays when another one is told: it is of the same actors, and no other line of
   * theirs; is one end of a tie; or is a tie of the actor told.
   */
  function stays(mark, { mark: told }) {
    if (mark.querySelector("[data-tell]")) return true; // a panel of marks
    const own = whose(told),
      its = whose(mark),
      tells = mark.dataset.tell;
    if (`${own}` === `${its}`) return !tells || nameOf(mark).startsWith(nameOf(told));
    if (!FIGURE.test(told.dataset.tell) && own.every((one) => its.includes(one))) return true;
    return its.every((one) => own.includes(one)) && !(tells && FIGURE.test(tells));
  }

  function say(svg, text, [x, y], live) {
    const figure = svg.closest(".actorfig"),
      box = figure.getBoundingClientRect();
    let label = figure.querySelector(".told-here");
    if (!label)
      figure.append(
        (label = Object.assign(document.createElement("p"), {
          className: "told-here",
          role: "status",
        })),
      );
    label.ariaLive = live ? "polite" : "off";
    if (label.textContent !== text) label.textContent = text;
    const spot = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM()),
      { width, height } = label.getBoundingClientRect();
    const left = Math.max(0, Math.min(box.width - width, spot.x - box.left - width / 2));
    Object.assign(label.style, {
      left: `${left + figure.scrollLeft}px`,
      top: `${spot.y - box.top - height - 10 + figure.scrollTop}px`,
    });
    label.style.setProperty("--spot", `${spot.x - box.left - left}px`);
  }

  function tell(svg, place, live = false, more = "") {
    if (now && now.svg !== svg) leave();
    now = { svg, place, live };
    svg.classList.add("pointing");
    svg
      .querySelectorAll('[class*="a-"]')
      .forEach((mark) => mark.classList.toggle("told", stays(mark, place)));
    say(svg, place.text + more, place.at, live);
  }

  function leave() {
    if (!now) return;
    now.svg.classList.remove("pointing");
    const label = now.svg.closest(".actorfig")?.querySelector(".told-here");
    if (label) label.textContent = "";
    now = null;
  }

  /**
   * The place that a key leads to: along a line, or from line to line at the same place across;
   * where there is no line, to the next.
   */
  function next(svg, [axis, way]) {
    const all = lines(svg),
      from = now?.svg === svg && now.place,
      line = from && all.get(from.line);
    if (!line) return [...all.values()][0]?.[0];
    const place = line.find((one) => one.text === from.text);
    if (!axis && line.length > 1) return line[line.indexOf(place) + way];
    const off = (one) => Math.abs(one.at[0] - place.at[0]);
    const others = [...all.values()].map((some) =>
      some === line ? place : some.reduce((one, other) => (off(other) < off(one) ? other : one)),
    );
    const ahead = (one) => (one.at[axis] - place.at[axis]) * way,
      aside = (one) => Math.abs(one.at[1 - axis] - place.at[1 - axis]);
    if (axis && line.length > 1) {
      const step = 1.01 * Math.abs(line[1].at[0] - line[0].at[0]),
        here = others.filter((one) => off(one) <= step);
      return here.sort((one, other) => one.at[1] - other.at[1])[here.indexOf(place) + way];
    }
    // a step across stays in its row, where it can
    const row = axis ? [] : others.filter((one) => aside(one) < 1 && ahead(one) > 0);
    return (row.length ? row : others.filter((one) => ahead(one) > 0.05)).sort(
      (one, other) => ahead(one) - ahead(other) || aside(one) - aside(other),
    )[0];
  }

  /** The places of the line told, or of the first one, in order. */
  function line(svg) {
    const all = lines(svg),
      from = now?.svg === svg && now.place;
    return (from ? all.get(from.line) : [...all.values()][0]) ?? [];
  }

  /** The place in a line that stands highest in the drawing, or lowest. */
  const extreme = (some, key) =>
    some.reduce((one, other) =>
      (key === "PageUp" ? other.at[1] < one.at[1] : other.at[1] > one.at[1]) ? other : one,
    );

  /** The place that a key leads to, with what is said of it beside its figure. */
  function led(svg, key) {
    if (STEPS[key]) return [next(svg, STEPS[key])];
    const some = line(svg);
    if (!some.length) return [];
    return key in ENDS
      ? [some.at(ENDS[key])]
      : [extreme(some, key), ` (${EXTREMES[key]} of this line)`];
  }

  function point({ target, clientX, clientY }) {
    const svg = target.closest?.(DRAWING),
      place = svg && nearest(svg, target, clientX, clientY);
    if (!place) {
      if (now && !now.live) leave();
    } else if (now?.place !== place) tell(svg, place);
  }

  addEventListener("pointermove", point);
  addEventListener("pointerdown", point);
  addEventListener("click", ({ target }) => {
    if (target.closest?.(`${DRAWING} text.switch`)) leave(); // whom it told may have gone
  });
  addEventListener("focusin", (/** @type {any} */ { target }) => {
    if (!target.matches(DRAWING)) return;
    target.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes keys for its own
    if (!target.matches(":focus-visible")) return;
    leave();
    const { x, y, width, height } = target.viewBox.baseVal;
    now = { svg: target, place: null, live: true };
    say(target, HINT, [x + width / 2, y + height / 2], true);
  });
  addEventListener("focusout", ({ target }) => {
    if (now?.live && now.svg === target) leave();
  });
  addEventListener("keydown", (event) => {
    const svg = event.target.closest?.(DRAWING);
    if (event.key === "Escape") leave();
    if (svg !== event.target || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    if (event.key === "Enter" && now?.svg === svg && now.place) {
      event.preventDefault();
      const { mark } = now.place;
      leave();
      svg.dispatchEvent(new CustomEvent("heldto-switch", { bubbles: true, detail: mark }));
      return;
    }
    if (!(event.key in { ...STEPS, ...ENDS, ...EXTREMES })) return;
    event.preventDefault();
    const [place, more] = led(svg, event.key);
    if (place) tell(svg, place, true, more);
  });
}

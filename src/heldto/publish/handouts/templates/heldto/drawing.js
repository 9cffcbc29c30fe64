// Lines that a reader draws on a page: kept on its shelf like the answers, and shown with the gap.

import { startDrawing } from "../../../../exercises/draw.js";
import { gap } from "../../../../exercises/gap.js";
import { LOST, followers, keep, now, unwritten } from "./shelf.js";

export function startDraw(form) {
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

// A line to draw in a notebook: what the reader drew goes to the kernel, which shows the figures.

import { startDrawing } from "./draw.js";

function render({ model, el }) {
  el.innerHTML = model.get("page");
  const show = startDrawing(el.querySelector("form"), (drawn) => {
    model.set({ drawn });
    model.save_changes();
  });
  const look = () => {
    const { mine, ...line } = model.get("shown");
    if (mine) show(mine, line);
  };
  model.on("change:shown", look);
  look();
  return () => model.off("change:shown", look);
}

export default { render };

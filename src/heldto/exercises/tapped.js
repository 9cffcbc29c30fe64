// A round of claims in a notebook: a tap goes to the kernel, which keeps the guess and shows the
// verdict.

import { startRound } from "./tap.js";

function render({ model, el }) {
  el.innerHTML = model.get("page");
  let tapped = {}; // all of them: while a kernel is busy only the last message waits for it
  const show = startRound(el.querySelector(".round"), ({ claim, ...guess }) => {
    tapped = { ...tapped, [claim]: guess };
    model.set({ tapped });
    model.save_changes();
  });
  const look = () => show(model.get("shown"), model.get("note"));
  model.on("change:shown", look);
  look();
  return () => model.off("change:shown", look);
}

export default { render };

// A wall in a notebook: it asks its kernel for the claims, and has it read pictures.

import { element } from "../toggles/made.js";
import { startCards, stop } from "./camera.js";
import { startWall, tookIn } from "./wall.js";

const PATIENCE = 20000; // milliseconds until a kernel is called slow

function render({ model, el }) {
  const waiting = new Map(),
    root = element("div", el, { className: "wall" });
  root.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes keys for its own
  const link = (told, buffers = []) =>
    new Promise((good) => {
      const n = crypto.getRandomValues(new Uint32Array(1))[0],
        late = setTimeout(() => {
          waiting.delete(n);
          good({ fault: "the kernel has not answered for 20 seconds: it is busy or has stopped" });
        }, PATIENCE);
      waiting.set(n, (answer) => {
        clearTimeout(late);
        good(answer);
      });
      model.send({ n, ...told }, undefined, buffers);
    });
  const hear = (answer) => {
    waiting.get(answer.n)?.(answer);
    waiting.delete(answer.n);
  };
  model.on("msg:custom", hear);
  let cards;
  link({ kind: "begin" }).then((answer) => {
    if (answer.fault) {
      root.textContent = `The wall does not start: ${answer.fault}.`;
      return;
    }
    const wall = startWall(root, answer.about, false);
    for (const reader of answer.readers) wall.room.readers.push(reader);
    wall.room.told.push(...answer.told);
    if (answer.readers.length || answer.told.length) tookIn(wall);
    cards = startCards(wall, link, answer.seats);
  });
  return () => {
    model.off("msg:custom", hear);
    if (cards) stop(cards, false);
  };
}

export default { render };

// The front page of a site, behind the handout's own script: each claim is a dot in the colour of
// the reader's guess.

import { all, byId } from "../handouts/templates/heldto/base.js";
import "../handouts/templates/heldto/handout.js";
import { VERDICTS, followers, guesses } from "../handouts/templates/heldto/shelf.js";

function showStrip() {
  const mine = guesses(),
    dots = all("[data-dot]");
  for (const dot of dots) {
    const { verdict } = mine[dot.dataset.dot] ?? {};
    VERDICTS.forEach((word) => dot.classList.toggle(`tag-${word}`, word === verdict));
    const said = verdict ? ` (you said ${verdict})` : "";
    dot.title = dot.ariaLabel = `${dot.dataset.dot}: ${dot.dataset.claim}${said}`;
  }
  const done = dots.filter((dot) => dot.dataset.dot in mine).length;
  byId("guessed").textContent = done ? `You have guessed ${done} of ${dots.length}.` : "";
}

const plain = byId("plain"); // of the live notebooks, where there are any
if (plain) plain.hidden = isSecureContext || location.protocol === "file:";
followers.push(showStrip);
showStrip();

// A round of claims to be judged with one tap each: a tap shows the verdict at once, and below them
// all stands the score. Who keeps a guess says whoever starts the round.

import { isMoved, offerPicture, scored } from "./share.js";

/**
 * Sets the buttons of a round free. tap({claim, verdict, sure}): what to do with a guess. Returns
 * what shows the guesses that are there: ({claim: {verdict, sure, answer}}, note); answer: HTML of
 * the verdict, where the page does not bring it; note: what else is said below the score.
 */
export function startRound(box, tap) {
  const rows = [...box.querySelectorAll(".tap")],
    sure = box.querySelector("input[type=range]"),
    shown = box.querySelector("output"),
    [tally, share, note] = box.querySelectorAll(".round-score > p");
  const isDone = (row) => row.matches(".done");
  const all = () =>
    rows.filter(isDone).map(({ dataset: { sure, ...one } }) => ({
      ...one,
      sure: Number(sure),
      surprises: "surprises" in one,
    }));
  sure.addEventListener("input", () => {
    shown.textContent = sure.value;
  });
  for (const row of rows)
    row.addEventListener("click", ({ target }) => {
      const word = target.closest(".words button");
      if (!word || row.matches(".done, .waits")) return;
      row.classList.add("waits");
      word.ariaPressed = "true"; // the verdict may take a moment
      tap({ claim: row.dataset.claim, verdict: word.value, sure: Number(sure.value) });
    });
  const why = Object.assign(document.createElement("button"), {
    type: "button",
    textContent: "Why?",
  });
  offerPicture(share, all, box.dataset.seminar);
  const settle = (row, { verdict, sure: share, answer }) => {
    const place = row.querySelector(".answer"),
      told = row.querySelector(".told");
    if (answer) place.innerHTML = answer;
    const line = place.querySelector(".at-once");
    if (!line) return; // a tap that no kernel has answered
    const { computed } = line.dataset,
      right = computed === verdict;
    Object.assign(row.dataset, { verdict, sure: share, computed });
    row.classList.add("done");
    for (const word of row.querySelectorAll(".words button")) {
      word.ariaPressed = String(word.value === verdict);
      word.ariaDisabled = "true";
    }
    const mark = Object.assign(document.createElement("b"), {
      className: right ? "is-right" : "is-wrong",
      textContent: right ? "\u2713 Right. " : "\u2717 Not as you guessed: ",
    });
    line.prepend(mark);
    told.append(line);
    place.querySelector("summary").textContent = "Why?";
  };
  return (found, says = "") => {
    for (const row of rows) {
      const one = found[row.dataset.claim];
      if (one?.verdict && !isDone(row)) settle(row, one);
    }
    const guessed = all(),
      score = scored(guessed),
      whole = guessed.length === rows.length;
    note.textContent = says;
    share.hidden = !whole;
    if (!guessed.length) return;
    const said = isMoved(guessed)
      ? `You were right on ${score.right} of ${score.all}, and ${score.sure} % sure.`
      : `You were right on ${score.right} of ${score.all}.`;
    tally.textContent = whole ? said : `${score.right} of ${score.all} right so far.`;
    const several = score.all - score.right > 1 ? "One of those that were wrong" : "Wrong";
    const lead = score.surest ? "Surest, and wrong" : several;
    if (whole && score.wrong) tally.append(` ${lead}: ${score.wrong.about}. `, why);
    why.onclick = () => {
      const row = rows.find(({ dataset }) => dataset.claim === score.wrong.claim),
        card = row.querySelector(".answer details");
      card.open = true;
      card.querySelector("summary").focus();
      row.scrollIntoView({ block: "nearest" });
    };
  };
}

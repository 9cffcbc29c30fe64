// All guesses of this device as one line for the class: one text, to copy, to share, to show as a
// code, and to save.

import { isTag, letterValue, lineStart, newTag, writeLine } from "../../../../exercises/line.js";
import { codeOf } from "../../../../room/code.js";
import { element, save } from "../../../../toggles/made.js";
import { CLAIMS } from "./along.js";
import { byId, root } from "./base.js";
import { ARTICLE } from "./given.js";
import { VERDICTS, guesses, now, plural, secondGuess } from "./shelf.js";

const tagShelf = `${ARTICLE.name}-tag`;
let myTag = ""; // where the browser keeps nothing: until the page is closed

/** The reader's tag, where one was drawn on this device or came with their file. */
export function keptTag() {
  try {
    return localStorage.getItem(tagShelf) ?? myTag;
  } catch {
    return myTag;
  }
}

/** Keeps a tag, where this device has none yet and it is one. */
export function keepTag(tag) {
  if (keptTag() || !isTag(tag)) return;
  myTag = tag;
  try {
    localStorage.setItem(tagShelf, tag);
  } catch {
    /* it lives until the page is closed */
  }
}

/**
 * The line, and behind it that of the second round, where something was guessed again; "" where
 * nothing is guessed.
 */
function myLine() {
  const found = guesses();
  if (!Object.keys(found).length) return "";
  keepTag(newTag());
  const lineOf = (round, what) => {
    const said = CLAIMS.filter((id) => what(found[id])),
      values = said.map((id) => {
        const { verdict, sure } = what(found[id]);
        return [id, letterValue(VERDICTS, verdict, sure)];
      });
    return said.length
      ? [writeLine(keptTag(), Object.fromEntries(values), round, lineStart(ARTICLE.name))]
      : [];
  };
  return [...lineOf(1, (one) => one), ...lineOf(2, secondGuess)].join(" ");
}

export function showLine() {
  const box = document.querySelector(".my-line");
  if (!box?.open) return;
  const line = myLine(),
    found = guesses(),
    said = CLAIMS.filter((id) => found[id]).length,
    again = CLAIMS.filter((id) => secondGuess(found[id])).length,
    second = again ? `, and ${again} second guess${again === 1 ? "" : "es"}` : "",
    code = box.querySelector(".my-code");
  box.querySelector("input").value = line;
  box.querySelector(".my-line-do").hidden = !line;
  box.querySelector("[role=status]").textContent = line
    ? `${plural(said)}${second}, of all pages of this device, and no name. Paste it where your lecturer asks for it.`
    : "There is no guess yet: record one first.";
  if (!code.hidden) drawCode(code, line);
}

/** The codes of a line, and of one of the second round, drawn into a box. */
function drawCode(box, line) {
  box.replaceChildren();
  for (const one of line.split(" ")) addCode(box, one);
}

function addCode(box, line) {
  const grid = codeOf(line),
    size = (grid?.length ?? 0) + 8;
  if (!grid) {
    box.append("The line is too long for a code: copy it. ");
    return;
  }
  const dark = grid.flatMap((row, y) =>
    row.flatMap((one, x) => (one ? `M${x + 4} ${y + 4}h1v1h-1z` : [])),
  );
  const space = "http://www.w3.org/2000/svg",
    svg = document.createElementNS(space, "svg"),
    path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `The line as a code: ${line}`);
  path.setAttribute("d", dark.join(""));
  svg.append(path);
  box.append(svg);
}

async function copyLine(field, said) {
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Copied.";
  } catch {
    field.focus();
    field.select();
    said.textContent = document.execCommand("copy")
      ? "Copied."
      : "This browser did not copy it: the line is selected, so copy it yourself.";
  }
}

export function startLine() {
  const section = byId("answers"),
    box = element("details", section, { className: "my-line" });
  element("summary", box, {}, "My line for the class");
  const label = element("label", box, {}, "All my guesses in one line "),
    field = element("input", label, { type: "text", readOnly: true, spellcheck: false }),
    row = element("p", box, { className: "answers-do my-line-do" }),
    code = element("div", box, { className: "my-code", hidden: true }),
    said = element("p", box, { role: "status" });
  const offer = (text, act) =>
    element("button", row, { type: "button" }, text).addEventListener("click", act);
  offer("Copy my line", () => copyLine(field, said));
  if ("share" in navigator)
    offer("Share my line", () => navigator.share({ text: field.value }).catch(() => undefined)); // who changes their mind is told nothing
  offer("Show my line as a code", () => {
    code.hidden = !code.hidden;
    if (!code.hidden) drawCode(code, field.value);
  });
  offer("Save my line", () => {
    const name = `my-line-${root.dataset.notebook}-${now().slice(0, 10)}.txt`;
    save(`${field.value.replace(" ", "\n")}\n`, name, "text/plain");
    said.textContent = `${name} is in your downloads.`;
  });
  box.addEventListener("toggle", showLine);
}

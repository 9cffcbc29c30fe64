// A reader's score as a picture to pass on, without a name: SVG, and PNG by the browser's canvas.

import { element, save, saveFile } from "../toggles/made.js";

const SHARED = { wide: 1200, high: 630, left: 60, letters: 36 },
  INKS = { right: "#1B7F5C", wrong: "#5B2A86", ink: "#1e2226", soft: "#565d64", paper: "#ffffff" };

/**
 * What guesses come to: {right, all, sure (percent on average), wrong: the surest that did not
 * agree, of those the one that surprises; surest: whether any guess was less sure}. found: of each guess {claim, verdict, sure (percent),
 * computed, about, surprises}.
 */
export function scored(found) {
  const right = found.filter((one) => one.verdict === one.computed),
    wrong = found.filter((one) => one.verdict !== one.computed),
    sure = Math.round(found.reduce((sum, one) => sum + one.sure, 0) / (found.length || 1));
  const [surest] = [...wrong].sort(
    (one, other) => other.sure - one.sure || Number(other.surprises) - Number(one.surprises),
  );
  const least = Math.min(...found.map((one) => one.sure));
  return {
    right: right.length,
    all: found.length,
    sure,
    wrong: surest,
    surest: surest?.sure > least,
  };
}

const LEFT_ALONE = 50; // percent, where the slider stands before anybody moves it

/** Whether anybody said how sure they were. */
export const isMoved = (found) => found.some((one) => one.sure !== LEFT_ALONE);

/** A score in one line: "78 % sure, right on 2 of 5, and wrong about submarines". */
export function scoreLine(found) {
  const { right, all, sure, wrong } = scored(found);
  const whole = all === 1 ? "it" : `all ${all}`;
  if (!isMoved(found)) {
    if (!wrong) return `right on ${whole}`;
    return `right on ${right} of ${all}, and wrong about ${wrong.about || wrong.claim}`;
  }
  if (!wrong) return `${sure} % sure, and right on ${whole}`;
  return `${sure} % sure, right on ${right} of ${all}, and wrong about ${wrong.about || wrong.claim}`;
}

/** Text in lines of at most so many letters. */
function inLines(text, letters) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1) && `${lines.at(-1)} ${word}`.length > letters) lines.push("");
    lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
}

const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The score as an SVG file: the line, a mark for each claim, and the seminar's name. */
export function scorePicture(found, seminar) {
  const { wide, high, left, letters } = SHARED,
    lines = inLines(scoreLine(found), letters).slice(0, 5),
    few = found.length <= 6,
    across = few ? found.length : Math.max(10, Math.ceil(found.length / 4)),
    step = (wide - 2 * left) / across,
    top = 230 + 62 * Math.max(0, lines.length - 2);
  const parts = [];
  const write = (x, y, size, text, more = "") =>
    parts.push(`<text x="${x}" y="${y}" font-size="${size}" ${more}>${escaped(text)}</text>`);
  write(left, 84, 28, seminar, `fill="${INKS.soft}"`);
  lines.forEach((line, at) => write(left, 160 + 62 * at, 52, line, 'font-weight="700"'));
  found.forEach((one, at) => {
    const agrees = one.verdict === one.computed,
      x = left + step * (at % across),
      y = top + (few ? 60 : 72 * Math.floor(at / across)),
      box = step - (few ? 16 : 6);
    const shape = `<rect x="${x}" y="${y}" width="${box}" height="${few ? 150 : 62}" rx="8"`;
    parts.push(`${shape} fill="${agrees ? INKS.right : INKS.wrong}"/>`);
    const mark = agrees ? "\u2713" : "\u2717",
      middle = `text-anchor="middle" fill="${INKS.paper}"`;
    if (!few) return write(x + box / 2, y + 39, Math.min(22, box / 3.2), mark + one.claim, middle);
    write(x + box / 2, y + 62, 44, mark, middle);
    inLines(one.about || one.claim, 14)
      .slice(0, 2)
      .forEach((line, row) => write(x + box / 2, y + 100 + 28 * row, 24, line, middle));
  });
  write(left, high - 36, 24, "\u2713 as the figures say   \u2717 not so", `fill="${INKS.soft}"`);
  const size = `width="${wide}" height="${high}" viewBox="0 0 ${wide} ${high}"`,
    look = `font-family="system-ui, 'Segoe UI', 'Liberation Sans', Arial, sans-serif"`;
  const sheet = `<rect width="${wide}" height="${high}" fill="${INKS.paper}"/>`;
  const body = `<title>${escaped(scoreLine(found))}</title>${sheet}${parts.join("")}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${look} fill="${INKS.ink}">${body}</svg>\n`;
}

/** Saves a picture as PNG. A browser that cannot draw it saves the SVG. */
function savePng(svg, name) {
  const image = new Image(),
    { wide, high } = SHARED;
  image.onload = () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
    canvas.getContext("2d").drawImage(image, 0, 0, wide, high);
    canvas.toBlob((blob) => saveFile(blob, `${name}.png`), "image/png");
  };
  image.onerror = () => save(svg, `${name}.svg`, "image/svg+xml");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** Two buttons that save a score as a picture, in the place of what a line holds. */
export function offerPicture(line, found, seminar) {
  const offer = (text, act) => {
    const button = element("button", null, { type: "button" }, text);
    button.addEventListener("click", act);
    return button;
  };
  const picture = () => scorePicture(found(), seminar),
    name = "my-score";
  line.replaceChildren(
    "My score as a picture, without a name: ",
    offer("PNG", () => savePng(picture(), name)),
    " ",
    offer("SVG", () => save(picture(), `${name}.svg`, "image/svg+xml")),
  );
}

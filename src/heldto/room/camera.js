// Cards held up: by webcam, one frame at a time, or in photos. The kernel reads them; the next
// frame goes when the answer is there, and no picture is kept anywhere.

import { element } from "../toggles/made.js";
import { draw, saidOf } from "./wall.js";

const LONGEST = 4000, // pixels of a photo that is sent: a larger one would be lost on its way
  INKS = ["#1B7F5C", "#9A6A00", "#5B2A86", "#666E76"];

const REFUSED = {
  NotAllowedError:
    "The browser did not allow the camera: allow it for this page (and in the system's settings), and press again. Photos work without it.",
  NotFoundError: "There is no camera here: plug one in, or drop photos.",
  NotReadableError:
    "The camera is used by another program, such as a video call: end that, and press again.",
};
const NO_HTTPS =
  "This address has no https, so the browser does not allow the camera: open it over https or on localhost, or drop photos.";

/** link(told, buffers): a promise of the kernel's answer. */
export function startCards(wall, link, seats) {
  const box = element("details", null, { className: "wall-cards" });
  wall.parts.intake.before(box);
  element("summary", box, {}, "Count cards");
  const what = element("fieldset", box),
    modes = {};
  element("legend", what, {}, "Count");
  for (const [mode, words] of [
    [
      "roll",
      `a roll call: everybody holds up ${saidOf(wall, wall.about.verdicts[0]).toUpperCase()}`,
    ],
    ["claim", "the claim above"],
  ]) {
    const label = element("label", what);
    modes[mode] = element("input", label, { type: "radio", name: "counted", value: mode });
    label.append(` ${words}`);
  }
  modes.roll.checked = true;
  const row = element("p", box, { className: "wall-do" }),
    button = element("button", row, { type: "button" }, "Count by webcam"),
    photos = element("label", row, { className: "wall-pick" }, "Photos "),
    input = element("input", photos, { type: "file", accept: "image/*", multiple: true }),
    said = element("p", box, { role: "status" }),
    canvas = element("canvas", box, { hidden: true, className: "wall-seen" });
  element(
    "p",
    box,
    { className: "wall-note" },
    "The kernel of this notebook reads the pictures. They are not stored. You can drop photos here; photos of the same question are joined by seat.",
  );
  const cards = { wall, link, seats, modes, button, said, canvas, stream: null, fresh: true };
  button.addEventListener("click", () => (cards.stream ? stop(cards) : watch(cards)));
  input.addEventListener("change", async () => {
    await readPhotos(cards, [...input.files]);
    input.value = "";
  });
  for (const way of ["dragover", "drop"])
    box.addEventListener(way, (event) => event.preventDefault());
  box.addEventListener("drop", (event) => readPhotos(cards, [...event.dataTransfer.files]));
  for (const mode of Object.values(modes)) mode.addEventListener("change", () => anew(cards));
  wall.moved = () => anew(cards);
  return cards;
}

/** Another question: what was seen before counts for it no more. */
function anew(cards) {
  stop(cards, false);
  cards.fresh = true;
  cards.said.textContent = "";
}

/** Ends the camera. done: whether a roll call is over with it. */
export function stop(cards, done = true) {
  if (!cards.stream) return;
  cards.stream.getTracks().forEach((track) => track.stop());
  cards.stream = null;
  cards.button.textContent = "Count by webcam";
  cards.canvas.hidden = true;
  if (done && cards.modes.roll.checked) {
    cards.modes.claim.checked = true;
    cards.fresh = true;
  }
}

async function begin(cards) {
  if (cards.fresh) await cards.link({ kind: "poll" });
  cards.fresh = false;
}

async function watch(cards) {
  if (!navigator.mediaDevices?.getUserMedia) {
    cards.said.textContent = NO_HTTPS;
    return;
  }
  const size = { width: { ideal: 1920 }, height: { ideal: 1080 } };
  try {
    cards.stream = await navigator.mediaDevices.getUserMedia({
      video: { ...size, facingMode: "environment" },
    });
  } catch (error) {
    cards.said.textContent = REFUSED[error.name] ?? `The camera does not start: ${error.message}.`;
    return;
  }
  cards.button.textContent = "Stop the webcam";
  const stream = cards.stream,
    video = Object.assign(document.createElement("video"), { muted: true, playsInline: true });
  video.srcObject = stream;
  await video.play();
  await begin(cards);
  while (cards.stream === stream) {
    if (!cards.canvas.isConnected) stop(cards, false);
    else await one(cards, video, video.videoWidth, video.videoHeight, true, 0.8);
  }
}

/** Sends one picture, and shows what the kernel sees in it. Returns the answer; else a fault. */
async function one(cards, source, width, height, live, quality) {
  const taken = document.createElement("canvas"),
    scale = Math.min(1, LONGEST / Math.max(width, height));
  Object.assign(taken, { width: Math.round(width * scale), height: Math.round(height * scale) });
  taken.getContext("2d").drawImage(source, 0, 0, taken.width, taken.height);
  const picture = await new Promise((good) => taken.toBlob(good, "image/jpeg", quality));
  if (!picture) return { fault: "this browser cannot shrink it: give a smaller one" };
  const held = new DataView(await picture.arrayBuffer()),
    answer = await cards.link({ kind: "picture", live }, [held]);
  if (live && !cards.stream) return answer;
  if (answer.fault) {
    cards.said.textContent = `Not counted: ${answer.fault}.`;
    if (live) stop(cards, false);
    return answer;
  }
  outline(cards.canvas, taken, answer);
  count(cards, answer);
  return answer;
}

/** Shows a picture with the cards that are read in it. */
function outline(canvas, taken, { cards }) {
  const { width, height } = taken,
    pen = canvas.getContext("2d");
  Object.assign(canvas, { width, height, hidden: false });
  pen.drawImage(taken, 0, 0);
  pen.lineWidth = width / 320;
  pen.font = `bold ${width / 50}px sans-serif`;
  for (const [seat, side, corners] of cards) {
    pen.strokeStyle = pen.fillStyle = side === null ? "#000" : INKS[side];
    pen.beginPath();
    corners.forEach(([x, y]) => pen.lineTo(x, y));
    pen.closePath();
    pen.stroke();
    pen.fillText(`${seat}`, corners[0][0], corners[0][1] - width / 200);
  }
}

/** Counts the votes so far: for the claim, or for the roll call, which says who shows another. */
function count(cards, answer) {
  const { wall, said, seats } = cards,
    votes = Object.entries(answer.votes),
    parts = [];
  if (cards.modes.roll.checked) {
    const others = votes.filter(([, side]) => side);
    parts.push(`Roll call: ${votes.length - others.length} of ${seats.length} seats show holds.`);
    for (const [seat, side] of others)
      parts.push(
        `Seat ${seat} shows ${saidOf(wall, wall.about.verdicts[side])}: turn it, or glue it again.`,
      );
  } else {
    wall.cards[wall.round][wall.at] = { ...answer.votes };
    draw(wall);
    parts.push(`${votes.length} of ${seats.length} seats counted.`);
  }
  const turned = answer.cards.filter(([, side]) => side === null).map(([seat]) => seat);
  if (turned.length) parts.push(`Turn ${seatsNamed(turned)} upright.`);
  if (answer.twice.length)
    parts.push(
      `Two cards with the same number in one picture are not counted: ${seatsNamed(answer.twice)}.`,
    );
  if (answer.missing.length && votes.length)
    parts.push(`Not read yet: ${seatsNamed(answer.missing)}.`);
  said.textContent = parts.join(" ");
}

const seatsNamed = (seats) => `${seats.length === 1 ? "seat" : "seats"} ${seats.join(", ")}`;

async function readPhotos(cards, files) {
  stop(cards, false);
  await begin(cards);
  const told = [];
  for (const file of files) {
    let picture;
    try {
      picture = await createImageBitmap(file); // it turns a photo as its camera says
    } catch {
      const why = /\.hei[cf]$/i.test(file.name)
        ? "this browser cannot read HEIC; send it as JPEG (on an iPhone: Settings, Camera, Formats, Most Compatible)"
        : "this browser cannot read this picture";
      told.push(`${file.name}: ${why}.`);
      continue;
    }
    const answer = await one(cards, picture, picture.width, picture.height, false, 0.85);
    picture.close();
    if (answer.fault) told.push(`${file.name}: ${answer.fault}.`);
    else if (!answer.cards.length && !answer.twice.length)
      told.push(
        answer.others
          ? `${file.name}: its markers belong to another set (${answer.others}): print the cards of this seminar.`
          : `${file.name}: no card was found in it.`,
      );
  }
  if (told.length) cards.said.textContent = `${cards.said.textContent} ${told.join(" ")}`.trim();
}

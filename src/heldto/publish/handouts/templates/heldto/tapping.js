// A round of claims on a page: taps are kept on its shelf, as the other guesses are.

import { startRound } from "../../../../exercises/tap.js";
import { LOST, followers, keep, now, unwritten } from "./shelf.js";

export function startTaps(box) {
  const show = startRound(box, ({ claim, verdict, sure }) =>
    keep({ [claim]: { verdict, sure, time: now() } }),
  );
  followers.push((found) => show(found, Object.keys(unwritten).length ? LOST : ""));
}

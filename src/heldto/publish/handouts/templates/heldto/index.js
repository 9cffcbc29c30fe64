// The index has nothing to keep: guesses that come by a link go on by the next.

import { fromAddress } from "../../../../toggles/address.js";
import { CLAIMS, packed, sendAlong, unpacked } from "./along.js";

const pass = () => {
  const { guesses, token } = unpacked(fromAddress(location.hash).mine, CLAIMS);
  sendAlong(packed(guesses, token));
};
addEventListener("hashchange", pass);
pass();

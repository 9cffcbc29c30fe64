// What the wall takes in of files, for a test that holds it to what Python takes in.

import { emptyRoom, takeFiles } from "../../src/heldto/room/intake.js";

/** files: pairs of [name, base64]. Returns the readers and the sentences. */
export async function taken(about, files) {
  const room = emptyRoom(about),
    blobs = files.map(([name, base64]) => [name, new Blob([Buffer.from(base64, "base64")])]);
  await takeFiles(room, blobs);
  return {
    readers: room.readers.map(({ name, guesses, round }) => [name, round, guesses]),
    told: room.told,
  };
}

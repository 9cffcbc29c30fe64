// A reader's score in a notebook: two buttons that save it as a picture.

import { offerPicture } from "./share.js";

function render({ model, el }) {
  const line = document.createElement("p");
  line.className = "share";
  el.append(line);
  offerPicture(line, () => model.get("found"), model.get("seminar"));
}

export default { render };

// Pointing at marks in a notebook: a part without a look, which brings the script to its page.

import "./pointing.js";

function render({ el }) {
  el.style.display = "none";
}

export default { render };

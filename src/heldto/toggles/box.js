// A line to answer on. Enter sends what was typed and a count in one message: a kernel that is busy
// checks no half-written answer.

function render({ model, el }) {
  const box = document.createElement("input");
  Object.assign(box, {
    type: "text",
    value: model.get("value"),
    placeholder: model.get("placeholder"),
    autocomplete: "off",
    ariaLabel: "Your answer",
  });
  Object.assign(box.style, { width: "100%", font: "inherit" });
  box.dataset.lmSuppressShortcuts = "true"; // else JupyterLab takes keys for its own
  const send = (more = {}) => {
    model.set({ value: box.value, ...more });
    model.save_changes();
  };
  const follow = () => {
    if (box.value !== model.get("value")) box.value = model.get("value");
  };
  box.addEventListener("input", () => send());
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) send({ entered: model.get("entered") + 1 });
  });
  model.on("change:value", follow);
  el.classList.add("widget-text");
  el.append(box);
  return () => model.off("change:value", follow);
}

export default { render };

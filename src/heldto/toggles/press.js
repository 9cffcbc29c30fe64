// A button. A press comes in one message with what stands in the fields: a kernel that is busy
// would hear of it before their last change.

const LOOKS = "change:description change:button_style change:_dom_classes";
const NAMES = ["index", "value", "shown", "vintage"]; // what a field tells: those that it has

function render({ model, el }) {
  const button = document.createElement("button");
  button.style.width = "auto";
  const look = () => {
    const classes = ["jupyter-widgets", "jupyter-button", "widget-button"];
    if (model.get("button_style")) classes.push("mod-primary");
    button.textContent = model.get("description");
    button.className = [...classes, ...model.get("_dom_classes")].join(" ");
  };
  const state = async (id) => {
    const field = await model.widget_manager.get_model(id.slice("IPY_MODEL_".length));
    return Object.fromEntries(
      NAMES.filter((name) => field.get(name) !== undefined).map((name) => [name, field.get(name)]),
    );
  };
  button.addEventListener("click", async () => {
    const states = await Promise.all(model.get("fields").map(state));
    model.set("pressed", { times: (model.get("pressed").times ?? 0) + 1, states });
    model.save_changes();
  });
  look();
  model.on(LOOKS, look);
  el.append(button);
  return () => model.off(LOOKS, look);
}

export default { render };

// What the scripts of a page share: its parts, what it shows now, and the places in it.

export const root = document.documentElement;
root.classList.add("js");
export const all = (query, from = document) => [...from.querySelectorAll(query)];
export const byId = (id) => document.getElementById(id);

/** @type {any} */ // a page with a bar adds what it offers
export const state = { actors: [], shown: [], vintage: "since", opens: "since", at: "" };

export const bar = byId("bar");

/**
 * Does one part of the start. Where something on the page stops it, the console says so, and the
 * other parts go on.
 */
export function start(part, ...given) {
  try {
    part(...given);
  } catch (error) {
    console.error(error);
  }
}

/** The place that an address names: an id, a picture (at=trade-partners) or a heading (at=E1). */
export function place(at) {
  const named = at.toLowerCase(),
    heads = all("main :is(h2, h3, h4)");
  return (
    byId(at) ??
    byId(`fig-${named}`) ??
    heads.find((head) =>
      head.textContent
        .toLowerCase()
        .split(/[^\w-]+/)
        .includes(named),
    )
  );
}

/** In full screen a drawing is as high as its caption leaves room. */
export const captions = new ResizeObserver((found) => {
  for (const { target } of found)
    target.parentElement.style.setProperty("--caption", `${target.offsetHeight}px`);
});

/** Shows what is said of verdicts that are open, each comment once all of its own are. */
export function showComments() {
  for (const one of all("[data-of]"))
    one.hidden = !one.dataset.of.split(" ").every((id) => byId(id)?.open);
}

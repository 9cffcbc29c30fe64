// On a served site, as far as browsers allow it: a worker keeps what was visited, and an open page
// says when there is a new version.
if (navigator.serviceWorker && location.protocol !== "file:") {
  const { serviceWorker } = navigator,
    live = document.querySelector("[data-jupyter-lite-root]");
  const root = live ? "../../" : document.documentElement.dataset.edition === "site" ? "./" : "../";
  const fetched = () => [
    location.href,
    ...performance.getEntriesByType("resource").map((one) => one.name),
  ];
  const look = async () => (await serviceWorker.ready).active.postMessage(fetched());
  let version;
  serviceWorker.addEventListener("message", ({ data }) => {
    if (!data || data === (version ??= data) || document.querySelector(".newer")) return;
    const line = Object.assign(document.createElement("p"), { className: "newer", role: "status" });
    line.style =
      "position: fixed; inset: auto 0 0; z-index: 9; margin: 0; padding: 0.5rem 1rem; max-width: none; background: #1e2226; color: #fff; text-align: center";
    const link = Object.assign(document.createElement("a"), { href: "", textContent: "Load it" });
    link.style = "color: inherit; text-decoration: underline";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      location.reload();
    });
    line.append("There is a new version of this site. ", link);
    document.body.append(line);
  });
  serviceWorker.register(`${root}worker.js`, { updateViaCache: "none" }).then(look, () => {});
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) look();
  });
}

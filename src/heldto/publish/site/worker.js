// A site's worker: what was visited is there without a network, too. The network comes first:
// nobody who has one is served what is old.

import { LATER, VERSION } from "./version.js";

{
  const ROOT = new URL(".", location.href).href,
    PAGES = `frenemies ${ROOT} pages`,
    LIVE = `frenemies ${ROOT} live `,
    NOW = LIVE + VERSION;
  const olds = async () =>
    (await caches.keys()).filter((name) => name.startsWith(LIVE) && name !== NOW).reverse();
  // a folder's page has two addresses
  const named = (url) => url.replace(/\/index\.html(?=[?#]|$)/, "/");
  const stamp = (answer) =>
    // without one it is no other's equal
    answer?.headers.get("etag") ?? answer?.headers.get("last-modified") ?? NaN;

  /**
   * What is kept of an address, of the newest version that has it; else of the same address with
   * another question.
   */
  async function kept(url) {
    const names = [PAGES, NOW, ...(await olds())];
    for (const ignoreSearch of [false, true])
      for (const cacheName of names) {
        const found = await caches.match(named(url), { cacheName, ignoreSearch });
        if (found) return found;
      }
  }

  async function keep(url, fresh) {
    const shelf = await caches.open(url.startsWith(`${ROOT}live/`) ? NOW : PAGES);
    if (stamp(fresh) === stamp(await shelf.match(url))) await fresh.body.cancel();
    else await shelf.put(url, fresh);
  }

  async function answer(event, request) {
    try {
      const fresh = await fetch(request);
      if (fresh.status === 200)
        event.waitUntil(keep(named(request.url), fresh.clone()).catch(() => {})); // no room
      return fresh;
    } catch {
      return (await kept(request.url)) ?? Response.error();
    }
  }

  /**
   * Keeps what an open page had fetched before it had a worker, and what a notebook fetches only
   * when it is run; tells it the site's version.
   */
  async function look(event) {
    await self.clients.claim();
    const later = event.data.some((url) => url.startsWith(`${ROOT}live/lab/`))
      ? LATER.map((path) => ROOT + path)
      : [];
    for (const url of [...event.data, ...later])
      if (url.startsWith(ROOT) && !(await kept(url))) await answer(event, new Request(url));
    const about = await answer(
      event,
      new Request(`${ROOT}frenemies-site.json`, { cache: "no-cache" }),
    );
    event.source.postMessage(await about.text());
  }

  // Pages stay, each as it was last seen; so does, of the live notebooks, which are of one piece,
  // the version seen before this one.
  const tidy = async () => Promise.all((await olds()).slice(1).map((name) => caches.delete(name)));

  addEventListener("install", () => skipWaiting());
  addEventListener("activate", (event) => event.waitUntil(tidy()));
  addEventListener("message", (event) => event.waitUntil(look(event)));
  addEventListener("fetch", (event) => {
    const { method, url } = event.request;
    if (method !== "GET" || !url.startsWith(ROOT) || url.endsWith("/api/service-worker-heartbeat"))
      return; // left to JupyterLite's worker
    event.stopImmediatePropagation();
    event.respondWith(answer(event, event.request));
  });
}
importScripts("live/service-worker.js"); // lets a kernel read and write the reader's files

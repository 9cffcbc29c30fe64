// What the scripts of the pages meet and TypeScript does not know of.

// What they keep on a window, and what JupyterLab has there.
interface Window {
  frenemiesNotebooks?: number;
  heldtoListen?: boolean;
  heldtoNames?: number;
  _JUPYTERLAB: any;
}

// What was looked up by a selector may be an element of any kind; what was clicked on is one.
interface Element {
  hidden: any;
  open: boolean;
  tabIndex: number;
  offsetHeight: number;
}
interface EventTarget {
  closest(selector: string): any;
}
interface HTMLFormControlsCollection {
  claim: any;
}

// A worker's own world.
interface Window {
  clients: { claim(): Promise<void> };
}
interface Event {
  request: Request;
  waitUntil(done: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}
declare function skipWaiting(): Promise<void>;
declare function importScripts(...addresses: string[]): void;

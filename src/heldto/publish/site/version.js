// What a site tells its worker when it is made: its version, and what a notebook fetches only when
// it is run. offline.py writes the values.

/** @type {string} */
export const VERSION = "";
/** @type {string[]} */
export const LATER = [];

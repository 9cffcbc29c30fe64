// What a page is told when it is made: the units in which answers are read, and of the article its
// name, its times, an actor for an example and the places of its plans. assets.py writes the values.

/** @type {any} */
export const UNITS = {};
/** @type {any} */
export const ARTICLE = {};

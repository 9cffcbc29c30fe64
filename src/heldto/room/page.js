// A wall that is a page of its own.

import { startWall } from "./wall.js";

const main = document.querySelector("main");
startWall(main, JSON.parse(main.dataset.wall), true);

// A page opened at its top lays out the cells below the window one by one, once the first screen is there. Where it begins elsewhere (a link to a place, a reload) all of it is laid out at once.
if (!location.hash && performance.getEntriesByType("navigation")[0]?.type === "navigate") document.documentElement.classList.add("waking");

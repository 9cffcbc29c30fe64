// The page's address, read and written in one place for notebook and handout: who is shown, what
// was known, which place.

/**
 * What an address says: {shown, vintage, at, mine, bar, plain}. bar: whose actors they are, where a
 * page may have several; plain: it names a place and nothing else (#notes), as a link within the
 * page does. opens: the vintage of a page whose address names none.
 */
export function fromAddress(hash, actors = [], opens = "since") {
  const said = new URLSearchParams(hash.slice(1)),
    asked = said.get("actors")?.trim().toUpperCase();
  const vintage = said.get("vintage")?.trim().toLowerCase(),
    codes = asked?.split(",").map((code) => code.trim()),
    found = actors.filter((code) => codes?.includes(code));
  const place =
    [...said.keys()].find(
      (key) => !["actors", "vintage", "at", "mine", "bar", "untitled"].includes(key),
    ) ?? "";
  return {
    shown: asked === "" || found.length ? found : actors,
    vintage: ["then", "since"].find((one) => one === vintage) ?? opens,
    at: (said.get("at") ?? place).trim(),
    mine: said.get("mine") ?? "",
    bar: said.get("bar") ?? "",
    plain: Boolean(place) && !["actors", "vintage", "at"].some((key) => said.has(key)),
  };
}

/** The address of what is shown; "#" where nothing was chosen. */
export function toAddress({ vintage, opens = vintage, ...shows }) {
  const { actors = [], shown = [], at = "", bar = "" } = shows;
  const parts = [];
  if (shown.length < actors.length)
    parts.push(`actors=${actors.filter((code) => shown.includes(code)).join()}`);
  if (vintage === "then" || vintage !== opens) parts.push(`vintage=${vintage}`);
  if (at) parts.push(`at=${encodeURIComponent(at)}`);
  if (bar && parts.length) parts.push(`bar=${bar}`);
  return `#${parts.join("&")}`;
}

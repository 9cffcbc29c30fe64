// The handout's own script: the bar, the address, the reader's answers. It counts and compares; every figure was computed before.

const root = document.documentElement;
root.classList.add("js");
const all = (query, from = document) => [...from.querySelectorAll(query)];
const byId = (id) => document.getElementById(id);

// The bar -----------------------------------------------------------------------------------------------------------

function fromAddress(actors) {
  const said = new URLSearchParams(location.hash.slice(1));
  const found = {};
  if (said.has("actors")) found.shown = actors.filter((code) => said.get("actors").toUpperCase().split(",").includes(code));
  if (said.has("actors")) found.vintage = said.get("vintage") === "then" ? "then" : "since";
  return found;
}

function address({ actors, shown, vintage }) {
  const whole = shown.length === actors.length && vintage !== "then";
  return whole ? "#" : `#actors=${actors.filter((code) => shown.includes(code)).join()}${vintage === "then" ? "&vintage=then" : ""}`;
}

/** Goes to the place that an address names: a claim's heading (at=E1) or a picture (at=trade-partners). */
function goThere() {
  const at = new URLSearchParams(location.hash.slice(1)).get("at") ?? "";
  if (/^[\w-]+$/.test(at)) (byId(`fig-${at}`) ?? all("main h2").find((head) => new RegExp(`\\b${at}\\b`).test(head.textContent)))?.scrollIntoView();
}

function startBar(bar) {
  const state = JSON.parse(bar.dataset.state);
  const details = bar.querySelector("details"), count = bar.querySelector(".bar-count"), paper = document.querySelector(".shown-now");
  all(".actorfig").forEach((figure) => { figure.dataset.bar = state.key; });
  Object.assign(state, { shown: state.actors, style: sheet(state.key) }, fromAddress(state.actors));
  const say = () => {
    count.textContent = `${state.shown.length} of ${state.actors.length}${state.vintage === "then" ? ", to 2019" : ""}`;
    paper.textContent = sentence(state.actors, state.names, state.shown, state.vintage) + ".";
    paper.hidden = address(state) === "#";
  };
  const paint = build(bar.querySelector(".bar-body"), state, () => { say(); history.replaceState(null, "", address(state)); });
  addEventListener("hashchange", () => { Object.assign(state, fromAddress(state.actors)); paint(); say(); });
  const wide = matchMedia("(min-width: 75rem)");
  const fit = () => { details.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  say();
  bar.hidden = false;
  details.addEventListener("keydown", (event) => { if (event.key === "Escape" && !wide.matches) { details.open = false; details.querySelector("summary").focus(); } });
}

// Tables and drawings -----------------------------------------------------------------------------------------------

function csv(table) {
  const plain = (text) => text.trim().replace(/^-?\d{1,3}(,\d{3})+(\.\d+)?$/, (number) => number.replaceAll(",", ""));
  const quoted = (text) => /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return all("tr", table).filter((row) => row.getClientRects().length).map((row) => [...row.cells].map((cell) => quoted(plain(cell.textContent))).join()).join("\n") + "\n";
}

function save(text, name, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function offerTables() {
  for (const part of all(".actorfig .fig-table")) {
    const name = part.closest("figure").id.replace(/^fig-/, "") || "table";
    const line = element("p", part, { className: "fig-save" });
    const button = element("button", line, { type: "button" }, "Save these rows as CSV");
    button.addEventListener("click", () => save(csv(part.querySelector("table")), `${name}.csv`, "text/csv"));
  }
}

function offerEnlarging() {
  for (const box of all(".drawing")) {
    const line = document.createElement("p"), figure = box.closest("figure");
    line.className = "enlarge";
    box.after(line);
    const larger = element("button", line, { type: "button", className: "larger", ariaPressed: "false" }, "Enlarge the picture");
    larger.addEventListener("click", () => { larger.ariaPressed = String(box.classList.toggle("big")); reachDrawings(); });
    if (!figure || !document.fullscreenEnabled) continue;
    const whole = element("button", line, { type: "button", className: "whole" }, "Full screen");
    whole.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : figure.requestFullscreen()));
    figure.addEventListener("fullscreenchange", () => { whole.textContent = document.fullscreenElement ? "Back to the page" : "Full screen"; });
  }
}

/** Choices over pictures or sentences that were worked out beforehand: one of them shows at a time. */
function offerChoices() {
  for (const box of all("[data-choices]")) {
    const line = document.createElement("p");
    line.className = "choices";
    box.prepend(line);
    const picked = Object.entries(JSON.parse(box.dataset.choices)).map(([name, words]) => {
      const pick = element("select", element("label", line, {}, `${name.replaceAll("_", " ")} `));
      words.forEach((word) => element("option", pick, {}, word));
      return pick;
    });
    const parts = all(":scope > [data-choice]", box);
    const show = () => {
      const wanted = picked.map((pick) => pick.value).join("|");
      parts.forEach((part) => { part.hidden = part.dataset.choice !== wanted; });
      reachDrawings();
    };
    const start = (parts.find((part) => !part.hidden) ?? parts[0]).dataset.choice.split("|");
    picked.forEach((pick, at) => { pick.value = start[at]; pick.addEventListener("change", show); });
  }
}

function reachDrawings() {
  for (const box of all(".drawing")) {
    const wide = box.scrollWidth > box.clientWidth + 1;
    box.tabIndex = wide ? 0 : -1;
    if (!wide) box.removeAttribute("tabindex");
  }
}

// Answers: kept on this device, compared by their salted hashes -----------------------------------------------------------

function sha256(text) {
  const bytes = [...new TextEncoder().encode(text)], length = bytes.length * 8, turn = (x, n) => (x >>> n) | (x << (32 - n));
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((p) => n % p)) primes.push(n);
  const part = (x) => ((x - Math.floor(x)) * 2 ** 32) | 0;
  const h = primes.slice(0, 8).map((p) => part(p ** 0.5)), k = primes.map((p) => part(Math.cbrt(p)));
  bytes.push(128);
  while (bytes.length % 64 !== 56) bytes.push(0);
  for (let i = 7; i >= 0; i--) bytes.push(Math.floor(length / 2 ** (8 * i)) & 255);
  for (let start = 0; start < bytes.length; start += 64) {
    const w = [];
    for (let i = 0; i < 64; i++) {
      if (i < 16) { const at = start + 4 * i; w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]; continue; }
      const a = w[i - 15], b = w[i - 2];
      w[i] = (w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10))) | 0;
    }
    let [a, b, c, d, e, f, g, l] = h;
    for (let i = 0; i < 64; i++) {
      const one = (l + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [l, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, l].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
  }
  return h.map((x) => (x >>> 0).toString(16).padStart(8, "0")).join("");
}

const shelf = `frenemies:${root.dataset.notebook}`;
let kept = {};
try { kept = JSON.parse(localStorage.getItem(shelf)) ?? {}; } catch { kept = {}; }

function keep(name, what) {
  kept[name] = what;
  try { localStorage.setItem(shelf, JSON.stringify(kept)); } catch { /* a browser that keeps nothing still works until it is closed */ }
  showAnswers();
  showGuesses();
}

/** What was answered in any of our pages on this device; here first. */
function keptEverywhere() {
  const found = {};
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const name = localStorage.key(at);
      if (name.startsWith("frenemies:")) Object.assign(found, JSON.parse(localStorage.getItem(name)));
    }
  } catch { /* what cannot be read is left out */ }
  return Object.assign(found, kept);
}

/** Puts the reader's guesses into the tables that have room for them, and counts them against the ledger. */
function showGuesses() {
  const found = Object.entries(keptEverywhere()).filter(([, one]) => one.verdict);
  const mine = Object.fromEntries(found);
  all("[data-guess]").forEach((cell) => { cell.textContent = mine[cell.dataset.guess]?.verdict ?? ""; });
  for (const box of all(".reckoning[data-ledger]")) reckon(box, found, JSON.parse(box.dataset.ledger));
}

function reckon(box, found, ledger) {
  const guesses = found.filter(([name]) => name in ledger), right = guesses.filter(([name, one]) => one.verdict === ledger[name]);
  box.replaceChildren();
  element("p", box, {}, guesses.length
    ? `Of your ${guesses.length} guesses on this device ${right.length} agree with the verdict of August 2019. The live notebook works out your Brier score as well.`
    : "No guesses on this device yet. Make them in the handouts of the three sections, in this browser and from this folder, and come back.");
  if (!guesses.length) return;
  const table = element("table", element("div", box, { className: "scroll", tabIndex: 0, role: "group", ariaLabel: "Your guesses" }));
  const head = element("tr", element("thead", table)), body = element("tbody", table);
  for (const word of ["claim", "your guess", "how sure", "verdict"]) element("th", head, { scope: "col" }, word);
  for (const [name, one] of guesses.sort((a, b) => b[1].sure - a[1].sure)) {
    const row = element("tr", body);
    element("th", row, { scope: "row" }, name);
    for (const text of [one.verdict, `${one.sure} %`, `${ledger[name]}${one.verdict === ledger[name] ? " \u2713" : ""}`]) element("td", row, {}, text);
  }
}

function entered(form) {
  const boxes = all("input[type=radio], input[type=checkbox]", form);
  if (boxes.length) return boxes.filter((box) => box.checked).map((box) => box.value).join();
  return form.querySelector("input, select, textarea")?.value.trim() ?? "";
}

function enter(form, value) {
  const boxes = all("input[type=radio], input[type=checkbox]", form);
  for (const box of boxes) box.checked = value.split(",").includes(box.value);
  const field = form.querySelector("input, select, textarea");
  if (!boxes.length && field) field.value = value;
}

/** How an answer may be read, each in the spelling that was hashed; empty where it cannot be read. */
function spellings(form, value) {
  if (form.dataset.kind === "text") return [value.toLowerCase().split(/,|;|\n|\band\b|&/).map((word) => word.trim()).filter(Boolean).sort().join()];
  if (form.dataset.kind !== "number") return [value.toLowerCase()];
  const digits = Number(form.dataset.digits ?? 0); // two more for slips that make a figure small: 0.34 for 34.0 %
  return numbers(value).flatMap((number) => [written(number, digits), written(number, digits + 2)]);
}

/** "107,1" is 107.1; "107,100" may be 107.1 or 107100. */
function numbers(value) {
  const found = value.replaceAll("\u2212", "-").replace(/(\d)[\s'\u2019_](?=\d{3}\b)/g, "$1").match(/-?[.,]?\d[\d.,]*/g) ?? [];
  if (found.length !== 1) return [];
  const digits = found[0].replace(/[.,]$/, ""), marks = digits.match(/[.,]/g) ?? [];
  if (new Set(marks).size === 2) return [Number(digits.replaceAll(marks.at(-1) === "." ? "," : ".", "").replace(",", "."))];
  if (marks.length > 1) return [Number(digits.replace(/[.,]/g, ""))];
  return [Number(digits.replace(",", ".")), ...(/^[1-9]\d{0,2},\d{3}$/.test(digits) ? [Number(digits.replace(",", ""))] : [])];
}

function written(number, digits) {
  const text = number.toFixed(digits);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function startExercise(form) {
  const name = form.dataset.exercise, said = form.querySelector(".result") ?? element("p", form, { className: "result", role: "status" });
  const tell = (text, kind = "") => { said.textContent = text; said.className = `result ${kind}`; };
  const way = form.querySelector(".way-out");
  let tries = 0;
  const tried = (right) => { if (way && (right || ++tries > 1)) way.hidden = false; };
  if (way) way.hidden = true; // the solution waits for a right answer, or the second wrong one
  const forget = () => { tell(""); all(".feedback", form).forEach((one) => { one.hidden = true; }); };
  const check = () => {
    forget();
    const value = entered(form), read = value && spellings(form, value).map((text) => sha256(`${form.dataset.salt}:${text}`));
    if (!value || !read.length) {
      tell(value ? "That is no number: write one with digits, such as 12.5." : "Give an answer first.");
      return;
    }
    const holds = (hashes) => read.some((hash) => hashes.split(/\s+/).some((start) => hash.startsWith(start))), right = holds(form.dataset.accept);
    const reply = all(".feedback", form).find((one) => holds(one.dataset.for));
    if (reply) reply.hidden = false;
    tell(right ? "✓ Right." : reply ? "✗ Not yet." : "✗ Not yet. A hint helps.", right ? "is-right" : "is-wrong");
    tried(right);
    keep(name, { value, right });
  };
  const answer = () => { if (form.dataset.accept) check(); else if (entered(form)) { tried(true); keep(name, { value: entered(form) }); } };
  if (form.dataset.accept) form.addEventListener("input", forget);
  else form.addEventListener("change", answer);
  form.querySelector(".check")?.addEventListener("click", check);
  form.addEventListener("submit", (event) => { event.preventDefault(); answer(); });
  if (kept[name]) { enter(form, kept[name].value); answer(); }
}

function startGuess(form) {
  const name = form.dataset.claim, sure = form.querySelector("input[type=range]"), shown = form.querySelector("output");
  const said = form.querySelector(".result") ?? element("p", form, { className: "result", role: "status" });
  const card = byId(`verdict-${name}`), mine = card ? element("p", card, { className: "mine", hidden: true }) : null;
  const say = () => {
    const { verdict, sure: share } = kept[name] ?? {};
    const text = verdict ? `Your guess: ${verdict}, ${share} % sure.` : "";
    said.textContent = text && `${text} Kept on this device only.`;
    form.classList.toggle("done", Boolean(text)); // until then the evidence keeps its distance
    if (mine) { mine.textContent = text; mine.hidden = !text; }
  };
  const record = () => {
    const verdict = all("input[type=radio]", form).find((box) => box.checked)?.value;
    if (!verdict) { said.textContent = "Choose one of the four first."; return; }
    keep(name, { verdict, sure: Number(sure?.value ?? 50) });
    say();
    if (card) card.open = true;
  };
  if (kept[name]) {
    all("input[type=radio]", form).forEach((box) => { box.checked = box.value === kept[name].verdict; });
    if (sure) sure.value = kept[name].sure;
  }
  const follow = () => { if (shown && sure) shown.textContent = sure.value; };
  form.addEventListener("input", follow);
  form.addEventListener("submit", (event) => { event.preventDefault(); record(); });
  form.querySelector(".record")?.addEventListener("click", record);
  follow();
  say();
}

/** What is said of a verdict waits until it is open. */
function holdComments() {
  const show = () => all(".comment").forEach((one) => { one.hidden = !one.dataset.of.split(" ").some((id) => byId(id)?.open); });
  all("details.verdict").forEach((card) => card.addEventListener("toggle", show));
  show();
}

function answersText() {
  const lines = Object.entries(kept).map(([name, one]) => one.verdict ? `${name} guess: ${one.verdict}, ${one.sure} % sure` : `${name} answer: ${one.value}${"right" in one ? ` (${one.right ? "right" : "not yet"})` : ""}`);
  return [document.querySelector("h1").textContent, ...lines].join("\n") + "\n";
}

function showAnswers() {
  const section = byId("answers"), asked = all("form.guess, form.exercise:has(input, textarea)").length;
  section.hidden = !asked;
  section.querySelector(".answers-text").textContent = answersText();
  section.querySelector(".answers-text").hidden = !Object.keys(kept).length;
  section.querySelector(".answers-said").textContent = `${Object.keys(kept).length} of ${asked} questions answered. They stay on this device.`;
}

async function copyAnswers(said) {
  try {
    await navigator.clipboard.writeText(answersText());
    said.textContent = "Copied.";
  } catch {
    const text = byId("answers").querySelector(".answers-text");
    getSelection().selectAllChildren(text);
    said.textContent = document.execCommand("copy") ? "Copied." : "This browser would not copy: save them as a file.";
  }
}

function startAnswers() {
  const line = byId("answers").querySelector(".answers-do"), said = byId("answers").querySelector(".answers-said");
  const offer = (text, act) => element("button", line, { type: "button" }, text).addEventListener("click", act);
  offer("Copy my answers", () => copyAnswers(said));
  offer("Save as a file", () => save(answersText(), `${root.dataset.notebook}-answers.txt`, "text/plain"));
  offer("Forget them", () => { kept = {}; try { localStorage.removeItem(shelf); } catch { /* nothing was kept */ } location.reload(); });
  showAnswers();
}

// Paper: closed verdicts go to a key at the end, so that a guess can be made first ------------------------------------------

function beforePrint() {
  const closed = all("main details.verdict:not([open])");
  if (!closed.length || byId("key")) return;
  const key = element("section", document.querySelector("footer"), { id: "key", className: "print-only" });
  element("h2", key, {}, "Verdicts: guess first, then compare");
  for (const card of closed) {
    const copy = element("div", key, { className: "verdict" });
    element("p", copy, { className: "key-head" }, card.id.replace("verdict-", ""));
    for (const child of card.children) if (child.tagName !== "SUMMARY" && !child.hidden) copy.append(child.cloneNode(true));
    for (const comment of all(".comment[hidden]").filter((one) => one.dataset.of.split(" ").at(-1) === card.id)) copy.append(...comment.cloneNode(true).childNodes);
    all("[id]", copy).forEach((one) => one.removeAttribute("id"));
  }
}

const bar = byId("bar");
if (bar) startBar(bar);
offerTables();
offerEnlarging();
offerChoices();
all("form.exercise").forEach(startExercise);
all("form.guess").forEach(startGuess);
holdComments();
startAnswers();
showGuesses();
reachDrawings();
addEventListener("resize", reachDrawings);
addEventListener("beforeprint", beforePrint);
addEventListener("afterprint", () => byId("key")?.remove());
addEventListener("keydown", (event) => { if (event.key === "Escape") document.activeElement?.matches?.("dfn.term") && document.activeElement.blur(); });
const contents = document.querySelector(".contents details");
if (contents && !matchMedia("(min-width: 75rem)").matches) contents.open = false;
addEventListener("hashchange", goThere);
goThere();

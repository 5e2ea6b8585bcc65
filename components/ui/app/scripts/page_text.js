// The text of the pages that `page_pictures.js` shows, and stands before it in one module: marks on what is searched for,
// words to be selected on the picture, the text beside it, and copies with their citation. What was read on a page comes
// from outside: it is only ever set as text.
const TEXT_STYLE = `
.pages-find { display: flex; font-size: 0.875rem; flex-wrap: wrap; align-items: center; gap: 0.25rem; padding: 0.25rem 0.5rem;
  border-bottom: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }
.pages-find button, .pages-find input { font: inherit; color: inherit; min-height: 1.9rem;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); }
.pages-find button { min-width: 1.9rem; padding: 0 0.5rem; cursor: pointer; }
.pages-find button[aria-disabled="true"] { opacity: 0.45; cursor: default; }
.pages-find button[aria-pressed="true"] { font-weight: 600; box-shadow: inset 0 -3px 0 var(--st-primary-color); }
.pages-find input { flex: 1 1 5rem; min-width: 5rem; max-width: 20rem; padding: 0 0.5rem; }
.pages-find-count { min-width: 3.8rem; text-align: center; font-variant-numeric: tabular-nums; }
.pages-said, .pages-note { font-size: 0.8125rem; line-height: 1.35; padding: 0.2rem 0.6rem; overflow-wrap: anywhere;
  box-sizing: border-box; }
.pages-said:empty { display: none; }
.pages-note { min-height: calc(1lh + 0.4rem + 2px); } /* the picture keeps its height while the next page's note comes */
.pages-said { border-bottom: 1px solid var(--st-border-color); }
.pages-note { border-top: 1px solid var(--st-border-color); }
.pages-note[data-bad="true"] { font-weight: 600; border-top: 2px solid #d97706;
  background: color-mix(in srgb, #f59e0b 16%, var(--st-background-color)); }
.pages { container-type: inline-size; }
.pages-body { display: flex; flex: 1 1 0; min-height: 0; }
.pages-body > .pages-view { flex: 3 1 0; min-width: 0; }
.pages-text { flex: 2 1 0; min-width: 0; min-height: 0; overflow: auto; padding: 0.5rem 0.75rem; font-size: 0.875rem;
  line-height: 1.5; background: var(--st-background-color); border-left: 1px solid var(--st-border-color);
  overscroll-behavior: contain; }
.pages-text[hidden] { display: none; }
.pages-text p { margin: 0; font-size: inherit; min-height: 1lh; overflow-wrap: anywhere; white-space: pre-wrap; }
.pages-text .pages-hit { background: #ffe14d; color: #1a1a1a; border-radius: 2px; }
.pages-text .pages-hit[data-now] { background: #ffb35c; outline: 2px solid #b34700; }
/* Where there is no room beside the picture, the text lies over it. */
.pages-body { position: relative; }
@container (max-width: 560px) {
  .pages-text { position: absolute; inset: 0; border-left: 0; }
  .pages-where-wide { display: none; }
}
.pages-sheet { container-type: inline-size; }
.pages-marks, .pages-layer { position: absolute; inset: 0; overflow: hidden; }
.pages-marks { pointer-events: none; overflow: visible; }
.pages-sheet:not([data-state="ready"], [data-state="sharper"]) :is(.pages-marks, .pages-layer) { display: none; }
/* Multiplied, the colour darkens the paper and leaves the ink: the picture is white in the dark too. */
.pages-mark { position: absolute; mix-blend-mode: multiply; background: #ffe14d; border-radius: 1px; }
.pages-mark[data-now] { background: #ffb35c; outline: 2px solid #b34700; outline-offset: 1px; }
.pages-turned { position: absolute; left: 0; top: 0; transform-origin: 0 0; }
.pages-line { position: absolute; white-space: pre; color: transparent; font-family: sans-serif; cursor: text;
  text-rendering: geometricPrecision; line-height: 1; user-select: text; }
.pages-layer ::selection { background: rgb(40 110 255 / 0.35); color: transparent; }
@media (forced-colors: active) { .pages-mark { outline: 2px solid Mark; } .pages-mark[data-now] { outline-width: 4px; } }
`;
const NOT_COPIED = "This browser lets no script copy: select the text and press Ctrl+C.";
const NO_TEXT = { outcome: "lost", note: "The text of this page did not arrive.", bad: false };

let textBeside = false; // kept from paper to paper

// Args: `viewer` has the parts of the pages, `turn(to)` and `page()`, which says what page is on the screen.
function makeTexts(page, viewer) {
  const window = page.defaultView;
  const { parts } = viewer;
  const own = buildTexts(page);
  parts.bar.after(own.find, own.said);
  parts.body.append(own.text);
  parts.root.append(own.note);
  parts.sheet.append(own.marks, own.layer);
  const texts = new Map(); // what was read, by page
  let data = {};
  let tell = () => {};
  let searched = ""; // what the matches are of
  let matches = []; // pairs of a page and a box
  let passage = []; // the lines of the passage that was opened, likewise
  let now = -1; // the match that is walked to
  let isSearched = false; // whether there is a page that could hold a match
  let finding = null;
  let asked = null; // where the server is asked by a rerun of the page: what for
  let reveals = false; // whether the match is to be brought into sight once its page is there
  let saidOfSearch = "";
  let text = null; // of the page on the screen
  let layered = null; // the text that lies over the picture

  // Returns whether more of the same paper has been read since.
  function take(component, fresh) {
    const reread = !fresh && data.stamp !== component.data.stamp;
    data = component.data;
    tell = component.setStateValue;
    if (fresh || reread) texts.clear();
    if (data.drawn?.text) texts.set(data.drawn.text.page, data.drawn.text);
    if (asked && data.found?.words === asked.words) asked.resolve(data.found);
    return reread;
  }

  function show({ opened, reread }) {
    if (opened) {
      // A passage is marked by its places; what is searched for elsewhere would only draw the eye away from it.
      passage = (data.marked ?? []).map((box) => ({ number: data.page ?? 1, box }));
      own.box.value = passage.length ? "" : data.find;
      find(own.box.value);
      if (passage.length) showPassage();
    } else if (reread && searched) find(searched, { jump: false });
    if (reread || !data.path) turned();
  }

  // --- what was read ---

  async function textOf(number) {
    const known = texts.get(number);
    if (known) return known;
    if (!data.path) return null; // it comes with the picture
    const from = data.paper;
    const answer = await fetchJson(`${data.path}/text/${number}`).catch(() => NO_TEXT);
    const found = answer.outcome ? answer : { ...NO_TEXT, note: answer.text ?? NO_TEXT.note };
    // What may be there the next time is asked for again.
    if (from === data.paper && ["read", "empty", "failed"].includes(found.outcome)) texts.set(number, found);
    return found;
  }

  // The page was turned, or another paper opened.
  async function turned() {
    const { number } = viewer.page();
    const [paper, stamp] = [data.paper, data.stamp];
    if (text?.page !== number || text?.paper !== paper) forget();
    if ((passage[0] ?? matches[now])?.number !== number) reveals = false;
    if (own.said.textContent !== saidOfSearch) say(saidOfSearch);
    drawMarks();
    const found = await textOf(number);
    if (!found || viewer.page().number !== number || data.paper !== paper || data.stamp !== stamp) return;
    text = { ...found, page: number, paper, words: found.words ?? [] };
    own.note.textContent = found.note;
    own.note.dataset.bad = String(found.bad);
    drawText();
    drawLayer();
  }

  function forget() {
    text = layered = null;
    own.note.textContent = "";
    own.note.dataset.bad = "false";
    own.text.replaceChildren();
    own.layer.replaceChildren();
  }

  // The picture of a page is there.
  function pictured() {
    drawLayer();
    if (reveals) reveal();
    const { number, count } = viewer.page();
    if (data.path && number < count) textOf(number + 1).catch(() => {});
  }

  function drawText() {
    own.text.hidden = !textBeside;
    own.beside.setAttribute("aria-pressed", String(textBeside));
    if (!textBeside || !text) return;
    const places = placesHere();
    const lines = linesOf(text).map((words) => {
      const line = make(page, "p", { dir: "auto" });
      for (const index of words) {
        const word = make(page, "span", { className: "pages-word", textContent: text.words[index] });
        const place = places.find(({ box }) => holds(box, text.boxes[index]));
        if (place) word.classList.add("pages-hit");
        if (place && place.index === now && now >= 0) word.dataset.now = "";
        if (line.firstChild) line.append(" ");
        line.append(word);
      }
      return line;
    });
    own.text.replaceChildren(...(lines.length ? lines : [make(page, "p", { textContent: text.note })]));
    own.text.querySelector("[data-now], .pages-hit")?.scrollIntoView({ block: "nearest" });
  }

  // Words over the picture that cannot be seen, only selected: each is stretched to its box in shares of the sheet, so
  // that a change of its size asks for nothing.
  function drawLayer() {
    const shape = viewer.shape();
    if (!text?.words.length || !shape || layered === text) return;
    layered = text;
    own.layer.replaceChildren(layerOf(page, text, shape));
  }

  // --- what is searched for ---

  function places(words) {
    if (data.path) return fetchJson(`${data.path}/places?${new URLSearchParams({ words })}`);
    if (data.found?.words === words) return Promise.resolve(data.found);
    return new Promise((resolve) => {
      asked = { words, resolve };
      tell("find", { paper: data.paper, words });
    });
  }

  async function find(words, { jump = true } = {}) {
    const mine = (finding = Symbol("find"));
    searched = words.trim();
    if (jump) [matches, now] = [[], -1];
    reveals = isSearched = false;
    say("");
    tellMatches();
    if (!searched) return drawMatches();
    own.find.setAttribute("aria-busy", "true");
    const answer = await places(searched).catch(() => ({ problem: NO_ANSWER.text }));
    if (finding !== mine) return;
    own.find.setAttribute("aria-busy", "false");
    matches = (answer.places ?? []).map(([number, box]) => ({ number, box }));
    now = Math.min(now, matches.length - 1);
    const problem = answer.problem || (answer.places ? "" : answer.text);
    isSearched = !problem && answer.read;
    say(problem || answer.note);
    if (problem || !jump || !matches.length) return drawMatches();
    const here = viewer.page().number;
    go(Math.max(matches.findIndex(({ number }) => number >= here), 0));
  }

  function go(to) {
    now = (to + matches.length) % matches.length;
    reveals = true;
    const { number } = matches[now];
    if (number !== viewer.page().number) viewer.turn(number);
    drawMatches();
    if (viewer.shape()) reveal();
  }

  function showPassage() {
    reveals = true;
    if (passage[0].number !== viewer.page().number) viewer.turn(passage[0].number);
    if (viewer.shape()) reveal();
  }

  // From the match that is marked, or from the page on the screen where somebody has turned to another.
  function walk(step) {
    const words = own.box.value.trim();
    const here = viewer.page().number;
    if (words && words !== searched) passage = [];
    if (words !== searched) find(words);
    else if (matches[now]?.number === here) go(now + step);
    else if (step > 0 && matches.length) go(Math.max(matches.findIndex(({ number }) => number >= here), 0));
    else if (matches.length) go(matches.findLastIndex(({ number }) => number <= here));
  }

  function clear() {
    own.box.value = "";
    passage = [];
    find("");
  }

  function drawMatches() {
    tellMatches();
    drawMarks();
    drawText();
  }

  function drawMarks() {
    own.marks.replaceChildren(...placesHere().map(({ box: [left, top, right, bottom], index }) => {
      const mark = make(page, "div", { className: "pages-mark" });
      Object.assign(mark.style, { left: `${left * 100}%`, top: `${top * 100}%`, width: `${(right - left) * 100}%`,
        height: `${(bottom - top) * 100}%` });
      if (index < 0) mark.classList.add("pages-passage");
      else if (index === now) mark.dataset.now = "";
      return mark;
    }));
  }

  const placesHere = () => [...passage.map((place) => ({ ...place, index: -1 })), ...matches.map((place, index) => ({ ...place, index }))]
    .filter(({ number }) => number === viewer.page().number);

  function reveal() {
    const mark = own.marks.querySelector("[data-now], .pages-passage");
    if (!mark || mark.offsetParent === null) return;
    reveals = false;
    const [seen, at] = [parts.view.getBoundingClientRect(), mark.getBoundingClientRect()];
    if (at.top < seen.top || at.bottom > seen.bottom) parts.view.scrollTop += at.top - seen.top - seen.height / 3;
    if (at.left < seen.left || at.right > seen.right) parts.view.scrollLeft += at.left - seen.left - seen.width / 3;
  }

  function tellMatches() {
    const count = matches.length;
    const found = count.toLocaleString("en");
    if (count) own.count.textContent = now < 0 ? `${found} found` : `${(now + 1).toLocaleString("en")} of ${found}`;
    else own.count.textContent = searched && isSearched ? "none" : "";
    off(own.before, !count);
    off(own.following, !count);
  }

  // What is said of this page alone goes with it, and what the search has said comes back.
  function say(words, { ofPage = false } = {}) {
    if (!ofPage) saidOfSearch = words;
    own.said.textContent = words;
  }

  // --- what is taken along ---

  function selected() {
    const selection = page.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return [];
    const range = selection.getRangeAt(0);
    const holder = [own.layer, own.text].find((part) => range.intersectsNode(part) && part.contains(range.startContainer));
    return holder ? selectedLines(holder, range) : [];
  }

  async function copy() {
    const passage = selected();
    const whole = text ? linesOf(text).map((words) => words.map((index) => text.words[index]).join(" ")) : [];
    if (!passage.length && !whole.length) return say("There is no text of this page to copy.", { ofPage: true });
    const cited = `${data.cite[0]}${viewer.page().number}${data.cite[1]}`;
    const words = passage.length ? `${passage.join(" ")} ${cited}` : `${whole.join("\n")}\n${cited}`;
    say((await toClipboard(page, words)) ? `Copied, with ${cited}` : NOT_COPIED, { ofPage: true });
  }

  own.box.onkeydown = (event) => {
    if (event.key === "Enter") walk(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  own.box.oninput = () => own.box.value || clear(); // its own small cross
  own.before.onclick = () => walk(-1);
  own.following.onclick = () => walk(1);
  own.beside.onclick = () => {
    textBeside = !textBeside;
    drawText();
    viewer.resized();
    if (viewer.shape()) reveal(); // the page has another height now
  };
  own.copy.onmousedown = (event) => event.preventDefault(); // which would end the selection
  own.copy.onclick = copy;
  parts.body.addEventListener("copy", (event) => {
    const lines = selected();
    if (!lines.length) return;
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  });

  tellMatches();
  drawText();
  return { take, show, turned, pictured };
}

function buildTexts(page) {
  const button = (label, shown = label) =>
    make(page, "button", { type: "button", title: label, ariaLabel: label, textContent: shown });
  const own = {
    box: make(page, "input", { type: "search", ariaLabel: "Find in this paper", placeholder: "Find in this paper",
      autocomplete: "off", spellcheck: false, maxLength: 400, enterKeyHint: "search" }),
    before: button("Match before", "‹"),
    following: button("Following match", "›"),
    count: make(page, "span", { className: "pages-find-count", role: "status" }),
    beside: make(page, "button", { type: "button", textContent: "Text", title: "The text of the page beside its picture" }),
    copy: make(page, "button", { type: "button", title: "Copy with citation", ariaLabel: "Copy with citation" },
      ["Copy", make(page, "span", { className: "pages-where-wide", textContent: " with citation" })]),
    said: make(page, "div", { className: "pages-said", role: "status" }),
    note: make(page, "div", { className: "pages-note", role: "status" }),
    text: make(page, "div", { className: "pages-text", role: "region", ariaLabel: "Text of this page", tabIndex: 0 }),
    marks: make(page, "div", { className: "pages-marks", ariaHidden: "true" }),
    layer: make(page, "div", { className: "pages-layer", ariaHidden: "true" }),
  };
  own.find = make(page, "div", { className: "pages-find", role: "search", ariaLabel: "In this paper" },
    [own.box, own.before, own.count, own.following, own.beside, own.copy]);
  return own;
}

// The indexes of a page's words, line by line.
function linesOf({ words, lines }) {
  const found = new Map();
  for (let index = 0; index < words.length; index++) {
    if (!found.has(lines[index])) found.set(lines[index], []);
    found.get(lines[index]).push(index);
  }
  return [...found.values()];
}

// Whether the middle of a word's box lies in the box of a match.
function holds([left, top, right, bottom], word) {
  const [x, y] = [(word[0] + word[2]) / 2, (word[1] + word[3]) / 2];
  return left <= x && x <= right && top <= y && y <= bottom;
}

// Args: `shape` is the height of the page, in its widths.
function layerOf(page, text, shape) {
  const sideways = text.turned % 180 !== 0;
  const [wide, high] = sideways ? [shape, 1] : [1, shape]; // of the page as it was read, in widths of the page shown
  const boxes = text.boxes.map((box) => turnedBox(box, text.turned));
  const layer = make(page, "div", { className: "pages-turned" });
  layer.style.width = `${wide * 100}cqw`;
  layer.style.height = `${high * 100}cqw`;
  layer.style.transform = {
    90: `translate(0, ${shape * 100}cqw) rotate(-90deg)`,
    180: `translate(100cqw, ${shape * 100}cqw) rotate(180deg)`,
    270: "translate(100cqw, 0) rotate(90deg)",
  }[text.turned] ?? "";
  const measure = page.createElement("canvas").getContext("2d");
  measure.font = "100px sans-serif";
  const natural = (words) => measure.measureText(words).width / 100;
  const space = natural(" ");
  for (const words of linesOf(text)) {
    const top = Math.min(...words.map((index) => boxes[index][1]));
    const bottom = Math.max(...words.map((index) => boxes[index][3]));
    const size = Math.max((bottom - top) * high, 0.001); // of the letters, in widths of the page shown
    const line = make(page, "div", { className: "pages-line" });
    line.style.left = `${boxes[words[0]][0] * 100}%`;
    line.style.top = `${top * 100}%`;
    line.style.fontSize = `${size * 100}cqw`;
    words.forEach((index, position) => {
      const letters = text.words[index];
      const width = ((boxes[index][2] - boxes[index][0]) * wide) / size;
      const word = make(page, "span", { className: "pages-word", textContent: letters });
      word.style.letterSpacing = `${(width - natural(letters)) / Math.max([...letters].length, 1)}em`;
      line.append(word);
      const next = boxes[words[position + 1]];
      if (!next) return;
      word.style.marginRight = `${((next[0] - boxes[index][2]) * wide) / size - space}em`;
      line.append(" ");
    });
    layer.append(line);
  }
  return layer;
}

// A box on the page as it was turned to be read.
function turnedBox([left, top, right, bottom], turned) {
  if (turned === 90) return [1 - bottom, left, 1 - top, right];
  if (turned === 180) return [1 - right, 1 - bottom, 1 - left, 1 - top];
  if (turned === 270) return [top, 1 - right, bottom, 1 - left];
  return [left, top, right, bottom];
}

// The words of a selection, line by line; of its first and last word what is selected.
function selectedLines(holder, range) {
  const lines = new Map();
  for (const word of holder.querySelectorAll(".pages-word")) {
    if (!range.intersectsNode(word)) continue;
    const letters = word.firstChild;
    const from = range.startContainer === letters ? range.startOffset : 0;
    const to = range.endContainer === letters ? range.endOffset : letters.length;
    const piece = letters.data.slice(from, to);
    if (piece) lines.set(word.parentNode, [...(lines.get(word.parentNode) ?? []), piece]);
  }
  return [...lines.values()].map((pieces) => pieces.join(" "));
}

async function fetchJson(path) {
  return (await fetch(path)).json();
}

async function toClipboard(page, text) {
  try {
    await page.defaultView.navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without https a browser has no clipboard for scripts; the older way still works there.
    const focused = page.activeElement;
    const box = make(page, "textarea", { value: text });
    box.style.cssText = "position:fixed;opacity:0";
    page.body.append(box);
    box.select();
    const copied = page.execCommand("copy");
    box.remove();
    focused?.focus();
    return copied;
  }
}

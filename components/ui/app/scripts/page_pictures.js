// Shows a paper one page at a time, as pictures that the app has drawn, with the next one ready.
const ZOOMS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3];
const FIT = ZOOMS.indexOf(1);
const LEAST_HEIGHT = 400;
const BELOW = 12; // pixels between the pictures and the end of the window
const KEPT = 12; // pictures kept in the browser
const STYLE = `
.pages { display: flex; flex-direction: column; min-height: ${LEAST_HEIGHT}px; color: var(--st-text-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); overflow: hidden; }
.pages-bar { display: flex; font-size: 0.875rem; flex-wrap: wrap; align-items: center; gap: 0.25rem; padding: 0.25rem 0.5rem;
  border-bottom: 1px solid var(--st-border-color); background: var(--st-secondary-background-color); }
.pages-bar button, .pages-bar input, .pages-words button { font: inherit; color: inherit; min-height: 1.9rem;
  background: var(--st-background-color); border: 1px solid var(--st-border-color);
  border-radius: var(--st-base-radius); }
.pages-bar button { min-width: 1.9rem; padding: 0 0.5rem; cursor: pointer; }
.pages-bar button[aria-disabled="true"] { opacity: 0.45; cursor: default; }
.pages-bar input { width: 3.2rem; text-align: right; padding: 0 0.3rem; }
.pages-bar label { display: flex; align-items: center; gap: 0.3rem; }
.pages-bar a { color: var(--st-link-color); text-decoration: underline; padding: 0.25rem 0.35rem; }
.pages-bar a:first-of-type { margin-left: auto; }
.pages :focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.pages-view { position: relative; flex: 1 1 0; min-height: 0; overflow: auto scroll; overscroll-behavior: contain;
  background: var(--st-secondary-background-color); }
.pages-sheet { position: relative; margin: 0 auto; }
.pages-sheet img { display: block; width: 100%; background: #fff; }
.pages-sheet[data-state="turning"] img { opacity: 0.25; }
.pages-sheet[data-state="empty"] img { visibility: hidden; }
.pages-words { position: absolute; inset: 0 0 auto 0; padding: 1rem 1.25rem; pointer-events: none; }
.pages-words > * { pointer-events: auto; }
.pages-words h3 { font-size: 1.05rem; padding: 0; margin: 0 0 0.5rem; }
.pages-words p { margin: 0 0 0.75rem; max-width: 34rem; }
.pages-words button { padding: 0 0.8rem; min-height: 2.2rem; cursor: pointer; }
.pages-words a { color: var(--st-link-color); }
`;
const NO_ANSWER = { title: "The app does not answer", text: "Check the connection, then try again." };

const viewers = new WeakMap();
let zoom = FIT; // kept from paper to paper, also while no paper is open

export default function (component) {
  const parent = component.parentElement;
  if (!viewers.has(parent)) viewers.set(parent, makeViewer(parent));
  const viewer = viewers.get(parent);
  viewer.show(component);
  return () => {
    viewers.delete(parent);
    viewer.close();
  };
}

function makeViewer(parent) {
  const page = parent.ownerDocument;
  const window = page.defaultView;
  const parts = build(page);
  parent.append(parts.root);
  const pictures = new Map(); // what was asked for, by address; the one used last at the end
  let data = {};
  let tell = () => {};
  let waiting = null; // where the server is asked by a rerun of the page: what it was asked for
  let number = 1;
  let count = 0;
  let shown = ""; // the address of the picture on the screen
  let loading = null;
  let opening = ""; // where the paper was opened, and for which words
  const texts = makeTexts(page, {
    parts,
    turn: (to) => turn(to),
    page: () => ({ number, count }),
    // The height of the page on the screen, in its widths; nothing before its picture is there.
    shape: () => (isShown() ? parts.img.naturalHeight / parts.img.naturalWidth : 0),
    resized: () => (fit(), sharpen()),
  });

  // Without routes the text comes with the picture: what was read since is drawn anew.
  const address = (wanted) => `${data.paper} ${wanted} ${width()}${data.path ? "" : ` ${data.stamp}`}`;
  const isShown = () => parts.img.naturalWidth > 0 && shown.startsWith(`${data.paper} ${number} `);
  const sheetWidth = () => Math.max(Math.floor(parts.view.clientWidth * ZOOMS[zoom]), 100);
  const width = () => {
    const sharp = sheetWidth() * (window.devicePixelRatio || 1);
    return data.widths.find((step) => step >= sharp) ?? data.widths.at(-1);
  };

  function show(component) {
    data = component.data;
    tell = component.setStateValue;
    parts.view.setAttribute("aria-label", data.title);
    link(parts.open, data.open);
    link(parts.download, data.download);
    const fresh = parts.root.dataset.paper !== data.paper;
    const wanted = JSON.stringify([data.paper, data.page, data.find, data.marked, data.opening]);
    const opened = wanted !== opening;
    opening = wanted;
    if (fresh) {
      parts.root.dataset.paper = data.paper;
      count = data.pages ?? 0;
    }
    const reread = texts.take(component, fresh);
    if (fresh || (opened && data.page && data.page !== number)) turn(data.page ?? 1);
    texts.show({ opened, reread });
    if (waiting && data.drawn?.address === waiting.address) answerWaiting();
    fit();
    watchAbove();
  }

  // --- pictures ---

  function ask(wanted) {
    const key = address(wanted);
    const known = pictures.get(key);
    if (known) {
      pictures.delete(key);
      pictures.set(key, known);
      return known;
    }
    const asked = (data.path ? fetched(`${data.path}/pages/${wanted}?width=${width()}`) : rerun(key, wanted))
      .catch((problem) => {
        pictures.delete(key); // what failed is asked for again
        throw problem;
      });
    pictures.set(key, asked);
    for (const [old, picture] of pictures) {
      if (pictures.size <= KEPT) break;
      if (old === shown) continue;
      pictures.delete(old);
      picture.then(({ url }) => URL.revokeObjectURL(url), () => {});
    }
    return asked;
  }

  // Without routes of the app the server draws the picture in a rerun of this part of the page.
  function rerun(key, wanted) {
    return new Promise((resolve, reject) => {
      waiting = { address: key, resolve, reject };
      if (data.drawn?.address === key) answerWaiting();
      else tell("wanted", { address: key, paper: data.paper, page: wanted, width: width() });
    });
  }

  function answerWaiting() {
    const { resolve, reject } = waiting;
    waiting = null;
    const { url, pages, problem } = data.drawn;
    if (problem) reject({ ...problem, pages });
    else resolve({ url, pages });
  }

  async function load(state) {
    const own = (loading = Symbol("load")); // whatever comes after a later one began is for nobody
    const key = address(number);
    parts.sheet.dataset.state = state;
    parts.view.setAttribute("aria-busy", "true");
    say(count ? `Loading page ${number} of ${count}` : `Loading page ${number}`, state !== "sharper");
    tellPosition();
    let problem = null;
    try {
      const { url, pages } = await ask(number);
      if (loading !== own) return;
      count = pages;
      parts.img.src = url;
      await parts.img.decode();
      if (loading !== own) return;
      shown = key;
      parts.img.alt = `${data.title}, page ${number} of ${count}`;
      say("");
    } catch (error) {
      if (loading !== own) return;
      problem = error.title ? error : NO_ANSWER;
      if (problem.pages) count = problem.pages;
      if (state !== "sharper") explain(problem);
    }
    parts.sheet.dataset.state = problem && state !== "sharper" ? "empty" : "ready";
    parts.view.setAttribute("aria-busy", "false");
    tellPosition();
    if (!problem) texts.pictured();
    // The next one is asked for once this one is there, so that it does not take anything from it.
    if (!problem && data.path && number < count) ask(number + 1).catch(() => {});
    sharpen();
  }

  function turn(to, { atEnd = false } = {}) {
    const same = shown.startsWith(`${data.paper} `);
    number = Math.max(1, count ? Math.min(to, count) : to);
    parts.words.replaceChildren();
    size();
    parts.view.scrollTop = 0;
    texts.turned();
    load(same ? "turning" : "empty").then(() => {
      if (atEnd) parts.view.scrollTop = parts.view.scrollHeight;
    });
  }

  const hasNext = () => !count || number < count;
  const turnOn = () => hasNext() && turn(number + 1);
  const turnBack = (how) => number > 1 && turn(number - 1, how);

  function scale(to) {
    const middle = (parts.view.scrollTop + parts.view.clientHeight / 2) / Math.max(parts.view.scrollHeight, 1);
    zoom = Math.min(Math.max(to, 0), ZOOMS.length - 1);
    size();
    parts.view.scrollTop = middle * parts.view.scrollHeight - parts.view.clientHeight / 2;
    parts.view.scrollLeft = (parts.view.scrollWidth - parts.view.clientWidth) / 2;
    tellPosition();
    sharpen();
  }

  function sharpen() {
    if (parts.sheet.dataset.state === "ready" && shown !== address(number)) load("sharper");
  }

  // --- what is told ---

  function tellPosition() {
    parts.number.value = number;
    parts.count.textContent = count ? `of ${count}` : "";
    off(parts.back, number <= 1);
    off(parts.on, !hasNext());
    off(parts.smaller, zoom === 0);
    off(parts.greater, zoom === ZOOMS.length - 1);
    parts.fit.setAttribute("aria-pressed", String(zoom === FIT));
  }

  function say(words, aloud = true) {
    parts.status.textContent = aloud ? words : "";
  }

  function explain({ title, text, offer, entry }) {
    const said = [make(page, "h3", { textContent: title }), make(page, "p", { textContent: text })];
    if (offer) said.push(make(page, "button", { type: "button", textContent: offer.label, onclick: () => take(offer) }));
    else if (entry) said.push(make(page, "a", { href: entry.path, textContent: entry.label }));
    else said.push(make(page, "button", { type: "button", textContent: "Try again", onclick: () => turn(number) }));
    say("");
    parts.words.replaceChildren(...said);
  }

  // Only this click spends: the page that offers a refresh names its price, and its permit is good for one.
  async function take({ path, permit }) {
    say("Refreshing the links");
    parts.words.replaceChildren();
    try {
      const answer = await window.fetch(path, {
        method: "POST",
        body: new URLSearchParams({ permit, manner: "view" }),
      });
      const said = read(await answer.text());
      if (said.goesOn) turn(number);
      else explain(said);
    } catch {
      explain(NO_ANSWER);
    }
  }

  // --- sizes ---

  function size() {
    parts.sheet.style.width = `${sheetWidth()}px`;
  }

  function fit() {
    const top = Math.max(parts.root.getBoundingClientRect().top, 0);
    const height = Math.max(window.innerHeight - top - BELOW, LEAST_HEIGHT);
    parts.root.style.height = `${Math.round(height)}px`;
    size();
  }

  const observer = new window.ResizeObserver(() => {
    fit();
    sharpen();
  });
  const watched = new Set();
  // What stands above in the reader says where the pictures begin.
  function watchAbove() {
    const reader = parent.closest(".st-key-reader");
    const above = new Set([parent]);
    for (let part = parent; reader && part !== reader; part = part.parentElement) {
      for (let other = part.previousElementSibling; other; other = other.previousElementSibling) above.add(other);
    }
    for (const part of watched) if (!above.has(part)) (observer.unobserve(part), watched.delete(part));
    for (const part of above) if (!watched.has(part)) (observer.observe(part), watched.add(part));
  }
  window.addEventListener("resize", fit);

  // --- what the user does ---

  parts.back.onclick = () => turnBack();
  parts.on.onclick = turnOn;
  parts.smaller.onclick = () => scale(zoom - 1);
  parts.greater.onclick = () => scale(zoom + 1);
  parts.fit.onclick = () => scale(FIT);
  parts.number.onchange = () => {
    const typed = Number.parseInt(parts.number.value, 10);
    if (typed >= 1) turn(typed);
    else tellPosition();
  };
  parts.number.onfocus = () => parts.number.select();
  parts.view.onkeydown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== parts.view) return;
    const { scrollTop, clientHeight, scrollHeight, scrollWidth, clientWidth } = parts.view;
    const ended = scrollTop + clientHeight >= scrollHeight - 2;
    const begins = scrollTop <= 2;
    const wide = scrollWidth > clientWidth + 2;
    const space = event.key === " ";
    if ((["PageDown", "ArrowDown"].includes(event.key) || (space && !event.shiftKey)) && ended) turnOn();
    else if ((["PageUp", "ArrowUp"].includes(event.key) || (space && event.shiftKey)) && begins) turnBack({ atEnd: true });
    else if (event.key === "ArrowRight" && !wide) turnOn();
    else if (event.key === "ArrowLeft" && !wide) turnBack();
    else if (["+", "="].includes(event.key)) scale(zoom + 1);
    else if (event.key === "-") scale(zoom - 1);
    else if (event.key === "0") scale(FIT);
    else return;
    event.preventDefault();
  };

  function close() {
    loading = null;
    observer.disconnect();
    window.removeEventListener("resize", fit);
    for (const picture of pictures.values()) picture.then(({ url }) => URL.revokeObjectURL(url), () => {});
    parts.root.remove();
  }

  return { show, close };
}

async function fetched(path) {
  const answer = await fetch(path);
  const pages = Number(answer.headers.get("X-Page-Count")) || 0;
  if (answer.ok && answer.headers.get("Content-Type")?.startsWith("image/")) {
    return { url: URL.createObjectURL(await answer.blob()), pages };
  }
  throw { ...read(await answer.text()), pages };
}

// What a page of the app says that stands in for a picture: its words, its button with a price, the way to log in.
function read(html) {
  const found = new DOMParser().parseFromString(html, "text/html");
  const words = (part) => found.querySelector(part)?.textContent.trim() ?? "";
  const own = (path) => (path?.startsWith("/") && !path.startsWith("//") ? path : null);
  const path = own(found.querySelector("form")?.getAttribute("action"));
  const login = found.querySelector("a[role=button]");
  return {
    title: words("h1") || NO_ANSWER.title,
    text: words("main p") || NO_ANSWER.text,
    offer: path && { path, permit: found.querySelector("input[name=permit]")?.value ?? "", label: words("form button") },
    entry: own(login?.getAttribute("href")) && { path: "", label: "Reload the page to log in" },
    goesOn: found.querySelector("meta[http-equiv=refresh]") !== null,
  };
}

function build(page) {
  const button = (label, text) => make(page, "button", { type: "button", title: label, ariaLabel: label, textContent: text });
  const parts = {
    back: button("Page before", "‹"),
    on: button("Following page", "›"),
    smaller: button("Smaller", "−"),
    greater: button("Larger", "+"),
    fit: button("Fit width", "Fit width"),
    number: make(page, "input", { type: "text", inputMode: "numeric", ariaLabel: "Page", autocomplete: "off" }),
    count: make(page, "span", { className: "pages-count" }),
    open: make(page, "a", { textContent: "Open PDF", target: "_blank", rel: "noopener" }),
    download: make(page, "a", { textContent: "Download" }),
    status: make(page, "div", { role: "status" }),
    words: make(page, "div", {}),
    img: make(page, "img", { alt: "" }),
  };
  const label = make(page, "label", {}, [page.createTextNode("Page"), parts.number, parts.count]);
  parts.bar = make(page, "div", { role: "group", ariaLabel: "Pages of the paper", className: "pages-bar" },
    [parts.back, label, parts.on, parts.smaller, parts.greater, parts.fit, parts.open, parts.download]);
  // Boxes over words of the page go into the sheet, which is as large as the picture, whatever its zoom.
  parts.sheet = make(page, "div", { className: "pages-sheet" }, [parts.img]);
  const notes = make(page, "div", { className: "pages-words" }, [parts.status, parts.words]);
  parts.view = make(page, "div", { className: "pages-view", role: "region", tabIndex: 0 }, [parts.sheet, notes]);
  parts.body = make(page, "div", { className: "pages-body" }, [parts.view]);
  const style = make(page, "style", { textContent: STYLE + TEXT_STYLE });
  parts.root = make(page, "div", { className: "pages" }, [style, parts.bar, parts.body]);
  return parts;
}

function make(page, name, values, inside = []) {
  const part = Object.assign(page.createElement(name), values);
  part.append(...inside);
  return part;
}

// A button that cannot be pressed now keeps the focus: it may be pressed again after the next page.
function off(button, is) {
  button.setAttribute("aria-disabled", String(is));
}

function link(part, path) {
  part.hidden = !path;
  if (path) part.href = path;
}

// Gives the focus back where what had it is removed or disabled by an answer of the server: to the same thing drawn
// anew, else to where the focus was before the reader, else to what stands nearest. Browsers leave it to the whole
// page, and whoever works by keyboard would begin at its top.
const PAGE = ".st-key-page";
const READER = ".st-key-reader";
const KEYED = '[class*="st-key-"]';
const STOPS =
  'a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), canvas[tabindex="0"], [tabindex="0"]';
const REDRAWN = 2_000; // milliseconds in which what was removed may be drawn anew

export default function (component) {
  const page = component.parentElement.ownerDocument;
  const view = page.defaultView;
  let had = null; // what had the focus last, and how to find it again
  let outside = null; // the same of what had it last outside of the reader
  let lost = null; // what lost it by removal, and when
  let frame = 0;

  const isNowhere = () => !page.activeElement || page.activeElement === page.body;
  const isGone = (part) => !part.isConnected || part.disabled || !part.getClientRects().length;

  const focused = ({ target }) => {
    if (!target.closest?.(PAGE)) {
      had = null;
      return;
    }
    had = describe(target);
    if (!target.closest(READER)) outside = had;
    if (target !== lost?.now) lost = null;
  };
  // A click beside everything takes the focus away on purpose; then what had it is still there.
  const blurred = ({ target, relatedTarget }) => {
    if (relatedTarget) return;
    view.setTimeout(() => {
      if (had?.part === target && !isGone(target) && isNowhere() && page.hasFocus()) had = null;
    });
  };
  const follow = () => {
    if (!had && !lost) return;
    frame ||= view.requestAnimationFrame(() => {
      frame = 0;
      if (lost && view.performance.now() - lost.at > REDRAWN) lost = null;
      if (lost && !isNowhere() && page.activeElement !== lost.now) lost = null;
      if (lost) {
        const again = findAgain(page, lost.what);
        if (again && again !== lost.now) give(again);
      } else if (had && isNowhere() && isGone(had.part)) {
        const what = had;
        lost = { what, at: view.performance.now(), now: null };
        give(findAgain(page, what) ?? instead(page, what, outside));
      }
    });
  };
  const give = (part) => {
    if (!part) return;
    if (lost) lost.now = part;
    part.focus({ preventScroll: true });
  };

  // Whoever goes on meanwhile has left what was lost.
  const goneOn = () => (lost = null);

  const parts = new view.MutationObserver(follow);
  parts.observe(page.querySelector(PAGE) ?? page.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["disabled"],
  });
  const listeners = { focusin: focused, focusout: blurred, pointerdown: goneOn, keydown: goneOn };
  for (const name in listeners) page.addEventListener(name, listeners[name], true);
  return () => {
    parts.disconnect();
    view.cancelAnimationFrame(frame);
    for (const name in listeners) page.removeEventListener(name, listeners[name], true);
  };
}

// What is needed to find a part again after it was drawn anew: the keys of the containers around it, and its words.
function describe(part) {
  const keys = [];
  for (let around = part.closest(KEYED); around; around = around.parentElement?.closest(KEYED)) {
    keys.push([...around.classList].find((name) => name.startsWith("st-key-")));
  }
  const inReader = Boolean(part.closest(READER));
  return { part, keys, words: wordsOf(part), inReader, inGrid: Boolean(part.closest("canvas")) };
}

function wordsOf(part) {
  return part.getAttribute("aria-label") ?? part.textContent.trim().slice(0, 80);
}

function stopsIn(around) {
  return [...(around?.querySelectorAll(STOPS) ?? [])].filter((stop) => stop.getClientRects().length);
}

function findAgain(page, { keys, words, inGrid }) {
  const stops = stopsIn(keys.length ? page.getElementsByClassName(keys[0])[0] : null);
  // The cells of a grid are drawn anew with each move; the grid itself takes the focus for them.
  if (inGrid) return stops.find((stop) => stop.tagName === "CANVAS") ?? null;
  return stops.find((stop) => wordsOf(stop) === words) ?? (stops.length === 1 ? stops[0] : null);
}

function instead(page, what, outside) {
  const closed = what.inReader && !page.querySelector(READER) && outside;
  if (closed) {
    const before = outside.part.isConnected && outside.part.getClientRects().length ? outside.part : null;
    const again = before ?? findAgain(page, outside);
    if (again) return again;
  }
  for (const key of closed ? outside.keys : what.keys.slice(1)) {
    const [first] = stopsIn(page.getElementsByClassName(key)[0]);
    if (first) return first;
  }
  return page.querySelector(".timeline-strip") ?? page.querySelector("main");
}

// Keeps in sight what was clicked when the reader opens, changes its width or closes, and opens links to papers in it.
const PAGE = ".st-key-page";
const READER = ".st-key-reader";
const LINKS = ":is(.st-key-summary_words, .st-key-findings_words) a[href*='/documents/']";
const PART = "[data-testid='stElementContainer']";
const CHART = ".st-key-timeline";
const RING = ".timeline-ring.open";
const CLOSE = ".st-key-close_reader button";
const OVER = "[data-testid='stPopoverBody'], [role='dialog'], [role='listbox']";
const SETTLING = 4000; // milliseconds in which the page takes its new form after the reader came or went, on a slow machine
const SCROLLING = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "]);
const SHEET_BELOW = 1100; // as in the stylesheet

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const page = parentElement.ownerDocument;
  const view = page.defaultView;
  const root = page.querySelector(PAGE);
  if (!root) return;
  let held = null; // what was clicked: a part of the page and where its top was
  // Without the room that the reader takes, which is a padding of the page.
  const roomOf = () => root.clientWidth - parseFloat(view.getComputedStyle(root).paddingRight);
  let width = roomOf();
  let open = Boolean(page.querySelector(READER));
  let until = 0;
  let before = null; // how far the page was scrolled before the reader came
  let back = null; // where it is to be scrolled to while the reader goes
  let left = null; // how far it was scrolled when the page had settled beside it

  const scroller = () => {
    let part = root;
    while (part && !/auto|scroll/.test(view.getComputedStyle(part).overflowY)) part = part.parentElement;
    return part ?? page.scrollingElement;
  };
  const topOf = (part) => part.getBoundingClientRect().top;
  // How far what was clicked has moved. An event of the timeline moves within the chart too: its ring tells where it is.
  const wayOf = ({ part, top, at }) => {
    const inChart = at && (part.matches(CHART) || part.closest(CHART));
    const ring = inChart ? page.querySelector(RING) : null;
    if (!ring) return topOf(part) - top;
    const box = ring.getBoundingClientRect();
    return (box.top + box.bottom) / 2 - at;
  };
  // The part of the page that is in sight at the top, for what begins in the reader or by a key.
  const partInSight = () =>
    [...root.querySelectorAll(PART)].find((part) => !part.closest(READER) && topOf(part) > 60);

  const release = () => (until = 0);

  const hold = (event) => {
    const target = event.target;
    if (!target.closest?.(PAGE)) {
      // Who takes the scroll bar or a key that scrolls goes on elsewhere.
      if (event.type !== "keydown" || SCROLLING.has(event.key)) release();
      return;
    }
    if (target.closest(READER)) {
      const part = held?.part.isConnected ? held.part : partInSight();
      held = part ? { part, top: topOf(part) } : null;
      return;
    }
    const part = target.closest("a[href]") ?? target.closest(PART);
    if (part) held = { part, top: topOf(part), at: event.clientY };
    if (!open) before = scroller().scrollTop;
  };
  const follow = () => {
    const now = view.performance.now();
    const isOpen = Boolean(page.querySelector(READER));
    if (isOpen !== open || Math.abs(roomOf() - width) > 1) {
      const sheet = isOpen && !open && view.innerWidth < SHEET_BELOW;
      // The page is again as it was before the reader: who has not scrolled meanwhile is where it was then.
      back = !isOpen && open && left !== null && Math.abs(scroller().scrollTop - left) <= 2 ? before : null;
      open = isOpen;
      width = roomOf();
      until = now + SETTLING;
      // The sheet covers the lower part: what was clicked there moves above it.
      const highest = 0.3 * view.innerHeight;
      if (sheet && held?.at > highest) {
        held.top -= held.at - highest;
        held.at = highest;
      }
    }
    if (now > until) return;
    const part = scroller();
    if (back !== null) {
      if (Math.abs(part.scrollTop - back) > 1) part.scrollTop = back;
      return;
    }
    const moved = held?.part.isConnected ? wayOf(held) : 0;
    if (Math.abs(moved) > 1) part.scrollTop += moved;
    if (open) left = part.scrollTop;
  };
  const sizes = new view.ResizeObserver(follow);
  sizes.observe(root);
  // A sheet leaves the width of the page: only its coming is seen.
  const parts = new view.MutationObserver(follow);
  parts.observe(root, { childList: true, subtree: true });

  const openLink = (event) => {
    const link = event.target.closest?.(LINKS);
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("paper", link.getAttribute("href"));
  };
  // Escape closes the reader, unless it is to close something that lies over the page or leaves a field.
  const escape = (event) => {
    if (event.key !== "Escape" || !open || page.querySelector(OVER)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    page.querySelector(CLOSE)?.click();
  };
  const listeners = [
    ["keydown", escape],
    ["pointerdown", hold],
    ["keydown", hold],
    ["click", openLink],
    ["wheel", release],
    ["touchmove", release],
  ];
  for (const [name, listener] of listeners) page.addEventListener(name, listener, { capture: true, passive: name !== "click" });
  return () => {
    sizes.disconnect();
    parts.disconnect();
    for (const [name, listener] of listeners) page.removeEventListener(name, listener, { capture: true });
  };
}

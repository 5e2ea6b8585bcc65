// Fetches and starts parts of Streamlit's own code while nothing else is to be done, before the first chart asks for them.
const QUIET_MILLISECONDS = 800;
const HANDS = ["keydown", "pointerdown", "wheel"];

export default function ({ parentElement, data }) {
  const page = parentElement.ownerDocument;
  const view = page.defaultView;
  const entry = page.querySelector("script[type='module'][src*='static/js/']");
  // Whoever saves data is not made to fetch what may not be needed.
  if (!entry || view.navigator.connection?.saveData) return;
  // Relative to where the page's own code came from: that is right below any path and behind any proxy.
  const addresses = (files) => files.map((file) => new URL(`../../${file}`, entry.src).href);
  const idle = view.requestIdleCallback ?? ((work) => view.setTimeout(work, 200));
  const stopIdle = view.cancelIdleCallback ?? view.clearTimeout;
  const parts = addresses(data.parts);
  let waiting = 0;
  let quiet = 0;

  const fetchAll = () => {
    const known = new Set([...page.head.querySelectorAll("link")].map((link) => link.href));
    for (const address of addresses(data.files)) {
      if (known.has(address)) continue;
      const link = page.createElement("link");
      link.rel = "modulepreload";
      link.crossOrigin = "";
      link.href = address;
      page.head.append(link);
    }
    calmDown();
  };
  // plotly alone holds the page for half a second when it starts: never between two keys or while somebody scrolls.
  const calmDown = () => {
    view.clearTimeout(quiet);
    stopIdle(waiting);
    if (parts.length) quiet = view.setTimeout(() => (waiting = idle(startNext)), QUIET_MILLISECONDS);
  };
  const startNext = async () => {
    try {
      await import(parts.shift());
    } catch {
      parts.length = 0; // it will be fetched where it is needed, and fail there with words
    }
    if (parts.length) waiting = idle(startNext);
  };

  waiting = idle(fetchAll);
  for (const hand of HANDS) page.addEventListener(hand, calmDown, { capture: true, passive: true });
  return () => {
    stopIdle(waiting);
    view.clearTimeout(quiet);
    for (const hand of HANDS) page.removeEventListener(hand, calmDown, { capture: true });
    parts.length = 0;
  };
}

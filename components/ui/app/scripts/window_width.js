// Tells how wide the window is for the page, because the server has to know it to divide a table into columns.
const STEP = 8; // what is told is a multiple of it and never too much, so that a table does not scroll sideways
const PAUSE = 150; // while somebody drags the window's edge nothing is told
const watched = new WeakMap();

// The page scrolls as soon as it holds a file history. Its bar counts from the beginning, or else the table would be
// divided twice.
function barWidth(main) {
  const probe = main.ownerDocument.createElement("div");
  probe.style.cssText = "position:absolute;visibility:hidden;width:50px;height:50px;overflow:scroll";
  main.appendChild(probe);
  const width = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return width;
}

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const page = parentElement.ownerDocument;
  const main = parentElement.closest("[data-testid='stMain']") ?? page.documentElement;
  // This runs again with every change of its data; what it watches is watched once.
  const before = watched.get(parentElement);
  if (before) {
    before.told = data.width;
    before.tell = setStateValue;
    return before.end;
  }
  let timer = 0;
  const state = { told: data.width, tell: setStateValue };
  const measure = () => {
    const width = Math.floor((main.offsetWidth - barWidth(main)) / STEP) * STEP;
    if (width <= 0 || width === state.told) return;
    state.told = width;
    state.tell("width", width);
  };
  const observer = new page.defaultView.ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(measure, PAUSE);
  });
  state.end = () => {
    clearTimeout(timer);
    observer.disconnect();
    watched.delete(parentElement);
  };
  watched.set(parentElement, state);
  measure();
  observer.observe(main);
  return state.end;
}

// What a click sets off, timed in the page: from its event to the frame in which table and chart stand drawn.
(() => {
  const watch = { start: null, met: null, change: 0, frames: [] };
  let rows = null;
  const now = () => performance.now();
  const begin = (event) => { if (watch.start === null && rows !== null) watch.start = event.timeStamp; };
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, begin, true);
  const changed = () => { watch.change = now(); };
  const observer = new MutationObserver(changed);
  const observed = new WeakSet();

  function observe() {
    for (const part of document.querySelectorAll("[data-testid='stPlotlyChart'], [data-testid='stDataFrame']")) {
      if (!observed.has(part)) {
        observed.add(part);
        observer.observe(part, { subtree: true, childList: true, attributes: true, characterData: true });
      }
    }
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      if (!observed.has(plot) && plot.on) {  // a canvas is drawn without a change of the document
        observed.add(plot);
        plot.on("plotly_afterplot", changed);
      }
    }
  }

  function drawn() {
    const app = document.querySelector("[data-testid='stApp']");
    const table = [...document.querySelectorAll("[data-testid='stDataFrame'] table")].pop();
    return app.dataset.testScriptState === "notRunning"
      && table && Number(table.getAttribute("aria-rowcount")) === rows + 1  // and the header
      && !document.querySelector("[data-testid='stPlotlyChart'][data-stale='true'], .stale-element");
  }

  function frame() {
    observe();
    if (rows !== null && watch.start !== null) {
      watch.frames.push(now());
      if (watch.met === null && drawn()) watch.met = now();
    }
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);

  window.clickWatch = {
    arm(expected) { rows = expected; Object.assign(watch, { start: null, met: null, change: 0, frames: [] }); },
    // Whether the table holds the rows expected and nothing has been drawn for a second.
    quiet() { return watch.met !== null && now() - Math.max(watch.met, watch.change) > 1000; },
    // Milliseconds from the click to the second frame after the last thing that was drawn.
    painted() {
      const last = Math.max(watch.met, watch.change);
      return watch.frames.filter((time) => time > last)[1] - watch.start;
    },
    detail() { return { met: watch.met - watch.start, change: watch.change - watch.start }; },
  };
})();

// Times in the page, in milliseconds: since the navigation began, or since the next click or key after `arm()`.
(() => {
  const POINTS = ".js-plotly-plot .scatterlayer .point";
  const watch = { start: 0, armed: false, wanted: POINTS, met: null, settled: null, change: 0, frames: [], shift: 0, long: 0 };
  const now = () => performance.now();
  const begin = (event) => {
    if (watch.armed) Object.assign(watch, { start: event.timeStamp, armed: false, met: null, settled: null, frames: [], shift: 0, long: 0 });
  };
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, begin, true);
  const changed = () => { watch.change = now(); };
  // What Streamlit shows about its own run is no part of the page.
  const own = (node) => (node.nodeType === 1 ? node : node.parentElement)?.closest("[data-testid='stStatusWidget'], [data-testid='stToolbar']");
  new MutationObserver((all) => { if (all.some((each) => each.type !== "attributes" || !own(each.target))) changed(); })
    .observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const plots = new WeakSet();
  new PerformanceObserver((list) => { for (const each of list.getEntries()) watch.shift += each.value; })
    .observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) watch.long += each.duration; })
    .observe({ type: "longtask", buffered: true });

  function frame() {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      if (!plots.has(plot) && plot.on) {  // a canvas is drawn without a change of the document
        plots.add(plot);
        plot.on("plotly_afterplot", changed);
      }
    }
    if (!watch.armed) {
      watch.frames.push(now());
      const app = document.querySelector("[data-testid='stApp']");
      const done = app?.dataset.testScriptState === "notRunning" && app.dataset.testConnectionState === "CONNECTED";
      if (watch.met === null && wanted()) watch.met = now();
      if (watch.met !== null && done && watch.settled === null) watch.settled = now();
    }
    requestAnimationFrame(frame);
  }
  requestAnimationFrame(frame);

  // A selector, or words that stand in an element: `[selector, words]`.
  function wanted() {
    const [selector, words] = [].concat(watch.wanted);
    const found = [...document.querySelectorAll(selector)];
    return words === undefined ? found.length > 0 : found.some((each) => each.textContent.includes(words));
  }
  const framesAfter = (time) => watch.frames.filter((each) => each > time);

  window.deskWatch = {
    arm(selector) { Object.assign(watch, { armed: true, wanted: selector ?? POINTS, met: null, settled: null }); },
    // Whether what was wanted is there, the script has ended and nothing has changed for a second.
    quiet() {
      if (watch.armed || watch.met === null || watch.settled === null) return false;
      const last = Math.max(watch.settled, watch.change);
      return now() - last > 1000 && framesAfter(last).length > 10;
    },
    // `met`: the second frame after what was wanted stood in the document; `settled`: after the last change of all.
    times() {
      const painted = (time) => (framesAfter(time)[1] ?? now()) - watch.start;
      return {
        met: painted(watch.met),
        settled: painted(Math.max(watch.settled, watch.change)),
        shift: watch.shift,
        long: watch.long,
      };
    },
  };
})();

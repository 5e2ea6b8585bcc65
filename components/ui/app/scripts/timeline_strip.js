// Walks the events of the timeline by keyboard, and draws the rings round the open and the walked one.
// Plotly gives a chart no keyboard, and a ring in the figure would have it drawn anew with each paper. So this is one
// tab stop beside the chart, and rings are elements over it, put where the chart's own axes say.
const DAY = 86_400_000;
const MONTH = 3_600_000; // on the axis of months, which is measured in hours
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const strips = new WeakMap();

export default function (component) {
  const parent = component.parentElement;
  if (!strips.has(parent)) strips.set(parent, makeStrip(parent));
  const strip = strips.get(parent);
  strip.take(component);
  return () => {
    strip.end();
    strips.delete(parent);
  };
}

function makeStrip(parent) {
  const frame = parent.closest('[class*="st-key-timeline_frame"]');
  const bar = parent.appendChild(makeBar(parent.ownerDocument));
  const state = { data: {}, open: () => {}, chart: null, on: null, events: null };
  Object.assign(state, { ring: null, current: null, opened: null }); // events by what a click on them opens

  const events = () => (state.events ??= state.chart ? readEvents(state.chart) : []);
  const index = () => events().findIndex((event) => event.ref === state.current);

  const redraw = () => {
    bar.hidden = !state.chart?._fullLayout;
    if (bar.hidden) return;
    place(bar, frame, state.chart._fullLayout);
    const walking = parent.ownerDocument.activeElement === bar;
    const places = [];
    // Nothing is read from a chart of thousands of events until there is something to show of one.
    if (state.ring || walking) {
      const found = (ref) => events().find((event) => event.ref === ref);
      if (state.ring) places.push(["open", found(state.ring)]);
      if (walking) places.push(["walked", found(state.current)]);
    }
    drawRings(state.chart, places, { compact: state.data.compact, colours: getComputedStyle(bar) });
    say(bar, events, index(), state);
  };

  const walk = (to) => {
    if (!events().length) return;
    state.current = events()[Math.max(0, Math.min(to, events().length - 1))].ref;
    redraw();
    state.chart.querySelector(".timeline-ring.walked")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const open = (ref) => {
    state.ring = state.current = state.opened = ref;
    redraw(); // at once: the answer of the server takes a while
    state.open(ref);
  };

  bar.addEventListener("focus", () => {
    if (index() < 0) state.current = events()[0]?.ref ?? null;
    redraw();
  });
  bar.addEventListener("blur", redraw);
  bar.addEventListener("keydown", (press) => {
    if (press.ctrlKey || press.altKey || press.metaKey) return;
    const at = index();
    if (press.key === "Enter" || press.key === " ") {
      if (at >= 0) open(state.current);
    } else {
      const to = target(press.key, events(), at, state.chart);
      if (to === null) return;
      walk(to);
    }
    press.preventDefault();
  });

  // A click opens a paper through the selection that Streamlit keeps. A second click on the same event takes that
  // selection back, which plotly tells just before the click; then the paper is opened from here.
  let takenBack = false;
  const follow = {
    plotly_afterplot: () => {
      state.events = null;
      redraw();
    },
    plotly_relayouting: redraw,
    plotly_selecting: () => markBoxed(state.chart, true),
    plotly_selected: (selected) => markBoxed(state.chart, selected?.selections?.length),
    plotly_deselect: () => {
      markBoxed(state.chart, false);
      takenBack = true;
      setTimeout(() => (takenBack = false));
    },
    plotly_click: (click) => {
      const ref = click.points?.[0]?.customdata;
      if (typeof ref !== "string") return;
      state.ring = state.current = state.opened = ref;
      if (takenBack) state.open(ref);
      bar.focus({ preventScroll: true }); // the next arrow goes on from what was clicked
      redraw();
    },
  };
  const leave = () => {
    if (state.chart?.on === state.on) for (const name in follow) state.chart.removeListener(name, follow[name]);
    state.chart?.querySelector(":scope > .timeline-rings")?.remove();
    state.chart = state.on = state.events = null;
  };
  const find = () => {
    const chart = frame?.querySelector(".js-plotly-plot") ?? null;
    if (chart === state.chart && chart?.on === state.on) return;
    leave();
    if (typeof chart?.on !== "function") return;
    Object.assign(state, { chart, on: chart.on });
    for (const name in follow) chart.on(name, follow[name]);
    markBoxed(chart, state.data.boxed && chart.layout?.selections?.length);
    redraw();
  };
  const watch = new MutationObserver(find);
  if (frame) watch.observe(frame, { childList: true, subtree: true });
  find();

  return {
    take({ data, setTriggerValue }) {
      const { ring, boxed } = state.data;
      state.data = data;
      state.open = (ref) => setTriggerValue("open", ref);
      if (data.ring !== ring) {
        // What was opened from here is ringed already, and the walk may have gone on since.
        if (data.ring && data.ring !== state.opened) state.current = data.ring;
        state.ring = data.ring;
        state.opened = null;
      }
      // The page has forgotten what a box had selected; plotly keeps the box, which is then hidden.
      if (boxed && !data.boxed) markBoxed(state.chart, false);
      bar.setAttribute("aria-label", data.label);
      redraw();
    },
    end() {
      watch.disconnect();
      leave();
      bar.remove();
    },
  };
}

// The strip stands in the row of the ticks, left of them, where every chart has room for a few words; while it has the
// focus it may cover ticks. How far down that is, the stylesheet needs too, for a chart taller than the window.
const HEIGHT = 22; // of the strip and of the row of ticks, in pixels; the stylesheet has the same
function place(bar, frame, { xaxis, yaxis }) {
  const top = xaxis.side === "top" ? yaxis._offset - HEIGHT : yaxis._offset + yaxis._length;
  frame.style.setProperty("--strip-top", `${Math.max(0, Math.round(top))}px`);
  bar.style.setProperty("--strip-room", `${Math.round(xaxis._offset)}px`);
}

function makeBar(page) {
  const bar = page.createElement("div");
  bar.className = "timeline-strip";
  bar.hidden = true; // until there is a chart
  bar.tabIndex = 0;
  bar.setAttribute("role", "slider");
  bar.setAttribute("aria-valuemin", "0");
  bar.setAttribute("aria-valuemax", "1"); // until there is an event to speak of
  return bar;
}

// The events drawn, from left to right and from top to bottom; what the legend hides is none.
function readEvents(chart) {
  const { xaxis, yaxis } = chart._fullLayout;
  const events = [];
  for (const trace of chart._fullData) {
    if (trace.visible !== true || !trace.customdata) continue;
    for (let at = 0; at < trace.customdata.length; at += 1) {
      const x = xaxis.d2c(trace.x[at]);
      const y = yaxis.d2c(trace.y[at]);
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      const ref = trace.customdata[at];
      events.push({ ref, history: ref.slice(0, ref.lastIndexOf("|")), x, y, kind: trace.name, hover: trace.hovertext[at] });
    }
  }
  return events.sort((one, other) => one.x - other.x || one.y - other.y);
}

// The axis of months is one of time too, on which a month is an hour; only there the texts of the ticks are replaced.
function countsMonths(chart) {
  return Boolean(chart._fullLayout.xaxis.labelalias);
}

// Where a key leads from the event at an index: an index, perhaps beyond the ends, or null for other keys.
function target(key, events, at, chart) {
  const year = chart && countsMonths(chart) ? 12 * MONTH : 365.25 * DAY;
  const here = events[at];
  switch (key) {
    case "ArrowRight":
      return at + 1;
    case "ArrowLeft":
      return at - 1;
    case "Home":
      return 0;
    case "End":
      return events.length - 1;
    case "PageUp": {
      const later = here ? events.findIndex((event) => event.x >= here.x + year) : -1;
      return later < 0 ? events.length - 1 : later;
    }
    case "PageDown":
      return here ? events.findLastIndex((event) => event.x <= here.x - year) : 0;
    case "ArrowUp":
      return inNextFile(events, here, -1) ?? at + 1;
    case "ArrowDown":
      return inNextFile(events, here, 1) ?? at - 1;
    default:
      return null;
  }
}

// The event of the file above or below that is nearest in time; null where a single file is drawn.
function inNextFile(events, here, step) {
  const heights = new Map();
  for (const { history, y } of events) heights.set(history, Math.min(y, heights.get(history) ?? Infinity));
  if (heights.size < 2 || !here) return null;
  const files = [...heights.keys()].sort((one, other) => heights.get(one) - heights.get(other));
  const file = files[files.indexOf(here.history) + step];
  let nearest = events.indexOf(here);
  let least = Infinity;
  events.forEach((event, at) => {
    const away = Math.abs(event.x - here.x);
    if (event.history === file && away < least) [nearest, least] = [at, away];
  });
  return nearest;
}

// Pixels from the left edge of the plot. Taken from the range, because during a drag plotly sets its scale last.
function across({ xaxis }, x) {
  const [from, to] = xaxis.range.map((end) => xaxis.r2l(end));
  return ((x - from) / (to - from)) * xaxis._length;
}

function isInSight(chart, event) {
  const left = across(chart._fullLayout, event.x);
  return left >= -1 && left <= chart._fullLayout.xaxis._length + 1;
}

function drawRings(chart, places, { compact, colours }) {
  const { xaxis, yaxis } = chart._fullLayout;
  const shown = places.filter(([, event]) => event && isInSight(chart, event));
  let layer = chart.querySelector(":scope > .timeline-rings");
  if (!layer) {
    if (!shown.length) return;
    layer = chart.appendChild(chart.ownerDocument.createElement("div"));
    layer.className = "timeline-rings";
  }
  const rings = shown.map(([name, event]) => {
    const ring = chart.ownerDocument.createElement("div");
    ring.className = `timeline-ring ${name}${compact ? " compact" : ""}`;
    ring.dataset.event = event.ref;
    ring.style.left = `${xaxis._offset + across(chart._fullLayout, event.x)}px`;
    ring.style.top = `${yaxis._offset + yaxis.c2p(event.y)}px`;
    return ring;
  });
  // The colours of the theme are known within Streamlit's components alone.
  layer.style.setProperty("--open", colours.getPropertyValue("--st-link-color"));
  layer.style.setProperty("--walked", colours.getPropertyValue("--st-text-color"));
  layer.replaceChildren(...rings);
}

function markBoxed(chart, boxed) {
  chart?.toggleAttribute("data-boxed", Boolean(boxed));
}

// Plotly's texts hold line breaks and a few entities; nothing else of them is markup.
function linesOf(hover) {
  const plain = { "&lt;": "<", "&gt;": ">", "&#36;": "$", "&amp;": "&" };
  return hover.split("<br>").map((line) => line.replace(/&(?:lt|gt|#36|amp);/g, (entity) => plain[entity]));
}

// A line that begins neither with a capital nor with a count of documents goes on with the sentence before it.
function unwrapped(lines) {
  const sentences = [];
  for (const line of lines) {
    if (!sentences.length || /^\p{Lu}|^[\d,]+ document/u.test(line)) sentences.push(line);
    else sentences[sentences.length - 1] += ` ${line}`;
  }
  return sentences;
}

function dayOf(x) {
  const day = new Date(x);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

function say(bar, events, at, { data, chart, current }) {
  if (at < 0 || current === null) {
    bar.textContent = data.hint;
    bar.setAttribute("aria-valuenow", "0");
    bar.setAttribute("aria-valuetext", data.hint);
    return;
  }
  const all = events();
  const event = all[at];
  const lines = linesOf(event.hover);
  const onCalendar = !countsMonths(chart);
  // On the axis of months the first line says the day and how it is counted.
  const day = onCalendar ? dayOf(event.x) : lines[0].split(",")[0];
  const said = [day, event.kind, ...unwrapped(onCalendar ? lines : lines.slice(1))];
  const place = `${at + 1} of ${all.length}`;
  const away = isInSight(chart, event) ? [] : ["outside the part that is zoomed"];
  bar.textContent = [place, day, event.kind, data.numbers[event.history] ?? event.history, ...away].join(" · ");
  bar.setAttribute("aria-valuemax", String(all.length));
  bar.setAttribute("aria-valuenow", String(at + 1));
  bar.setAttribute("aria-valuetext", [...said, place, ...away].join(", "));
}

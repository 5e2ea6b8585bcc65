// The timeline, its clicks, and the table of documents: filter and order. Without this script all can still be read.
(() => {
  "use strict";

  const find = document.getElementById("find");
  const totals = document.getElementById("totals");
  const said = document.getElementById("event");
  const panel = document.getElementById("timeline");
  const body = document.querySelector("#papers tbody");
  const heads = [...document.querySelectorAll("#papers thead th")];
  const pagesAt = heads.findIndex((head) => head.textContent === "Pages");
  const rows = [...body.rows].map((row) => ({
    row,
    text: row.textContent.toLowerCase(),
    pages: number(row.cells[pagesAt]) || 0,
  }));

  for (const element of document.querySelectorAll(".script")) element.hidden = false;

  function number(cell) {
    const digits = cell.textContent.replace(/,/g, "");
    return digits ? Number(digits) : null;
  }

  function counted(count, noun) {
    return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
  }

  // Filter: every word must stand somewhere in the row.
  function filter() {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    let pages = 0;
    for (const entry of rows) {
      const hidden = !words.every((word) => entry.text.includes(word));
      if (entry.row.hidden !== hidden) entry.row.hidden = hidden;
      if (!hidden) {
        shown += 1;
        pages += entry.pages;
      }
    }
    totals.textContent = words.length
      ? `${shown.toLocaleString("en-US")} of ${counted(rows.length, "document")} found, ${counted(pages, "page")}`
      : totals.dataset.all;
  }

  let pause;
  find.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(filter, 120);
  });

  // Order: a button in each head; what is missing stands last either way.
  const keys = {
    date: (cell) => cell.querySelector("time")?.dateTime ?? null,
    number,
    text: (cell) => cell.textContent || null,
  };
  const collator = new Intl.Collator("en", { numeric: true });
  const compare = (one, other) => (typeof one === "number" ? one - other : collator.compare(one, other));

  function order(head) {
    const place = heads.indexOf(head);
    const down = head.getAttribute("aria-sort") === "ascending";
    const key = keys[head.dataset.kind];
    const keyed = rows.map((entry) => [key(entry.row.cells[place]), entry.row]);
    keyed.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return down ? compare(other, one) : compare(one, other);
    });
    body.append(...keyed.map(([, row]) => row));
    for (const each of heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
  }

  for (const head of heads.filter((each) => each.dataset.kind)) {
    const button = document.createElement("button");
    button.type = "button";
    head.dataset.label = head.textContent;
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => order(head));
  }

  // A link or an event leads to a row, whatever the filter hides.
  function go() {
    const place = document.getElementById(location.hash.slice(1));
    if (place?.parentElement !== body) return place?.scrollIntoView();
    if (place.hidden) {
      find.value = "";
      filter();
    }
    place.scrollIntoView({ block: "center" });
    place.focus({ preventScroll: true });
  }
  addEventListener("hashchange", go);

  const { figure, config, anchors } = JSON.parse(document.getElementById("drawn").textContent);
  document.getElementById("instead").remove();
  Plotly.newPlot(panel, figure.data, figure.layout, config).then(() => {
    panel.on("plotly_click", ({ points }) => {
      const name = [points[0].customdata].flat()[0];
      if (typeof name !== "string") return;
      const anchor = Object.hasOwn(anchors, name) ? anchors[name] : "";
      said.textContent = anchor ? "" : "This document is not among those listed in this report.";
      if (!anchor) return;
      if (location.hash === `#${anchor}`) go();
      else location.hash = anchor;
    });
    if (location.hash) go();
  });

  // Paper is narrower than most screens, and a page of it lower than many timelines.
  addEventListener("beforeprint", () => {
    const zoom = Math.min(1, 620 / panel.offsetHeight);
    panel.style.zoom = zoom;
    Plotly.relayout(panel, { width: 940 / zoom });
  });
  addEventListener("afterprint", () => {
    panel.style.zoom = "";
    Plotly.relayout(panel, { width: null, autosize: true });
  });
})();

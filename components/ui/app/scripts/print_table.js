// Puts the listed documents into the page as a table while it is printed: the grid on the screen is a canvas that
// draws only the rows in sight. On the screen there is nothing of it. The timeline, as wide as the window, is made
// scalable meanwhile, so that it ends within the sheet.
const DRAWN = ".st-key-timeline .main-svg";
const tables = new WeakMap();

export default function (component) {
  const parent = component.parentElement;
  if (!tables.has(parent)) tables.set(parent, makeTable(parent));
  const table = tables.get(parent);
  table.take(component.data);
  return () => {
    table.end();
    tables.delete(parent);
  };
}

function makeTable(parent) {
  const page = parent.ownerDocument;
  const view = page.defaultView;
  const printing = view.matchMedia("print");
  let data = null;
  let shown = null;

  const show = () => {
    if (shown || !data) return;
    for (const svg of page.querySelectorAll(DRAWN)) {
      svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
    }
    shown = parent.appendChild(tableOf(page, data));
  };
  const hide = () => {
    if (!shown) return;
    shown.remove();
    shown = null;
    for (const svg of page.querySelectorAll(DRAWN)) svg.removeAttribute("viewBox");
  };
  // Browsers tell of printing by events; what only takes on the print medium, as a preview does, by the query.
  const follow = () => (printing.matches ? show() : hide());
  view.addEventListener("beforeprint", show);
  view.addEventListener("afterprint", hide);
  printing.addEventListener("change", follow);

  return {
    take(given) {
      data = given;
      hide();
      if (printing.matches) show();
    },
    end() {
      view.removeEventListener("beforeprint", show);
      view.removeEventListener("afterprint", hide);
      printing.removeEventListener("change", follow);
      hide();
    },
  };
}

function tableOf(page, { caption, columns, rows }) {
  const table = page.createElement("table");
  table.className = "printed-documents";
  table.createCaption().textContent = caption;
  const head = table.createTHead().insertRow();
  for (const name of columns) {
    const cell = head.appendChild(page.createElement("th"));
    cell.scope = "col";
    cell.textContent = name;
  }
  const body = table.createTBody();
  for (const row of rows.split("\n")) {
    const line = body.insertRow();
    for (const words of row.split("\t")) line.insertCell().textContent = words;
  }
  return table;
}

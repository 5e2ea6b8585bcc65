// The pages on which something was found, grouped by paper. Whatever was read on a page is put in as text, never as
// markup. Each hit is a link to its page in this app; a plain click opens it without leaving the page.
const lists = new WeakMap();

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const list = lists.get(parentElement) ?? makeList(parentElement);
  lists.set(parentElement, list);
  list.tell = setTriggerValue;
  const drawn = JSON.stringify([data.papers, data.more, data.first, data.label]);
  if (list.drawn !== drawn) {
    list.drawn = drawn;
    list.draw(data);
  }
  list.mark(data.opened);
}

function makeList(parent) {
  const page = parent.ownerDocument;
  const root = parent.appendChild(page.createElement("div"));
  root.className = "inside-hits";
  const list = { drawn: "", tell: () => {} };
  const unfolded = new Set(); // papers all of whose pages are shown

  const make = (tag, name, words = "") => {
    const part = page.createElement(tag);
    part.className = name;
    part.textContent = words;
    return part;
  };

  const hit = ({ key, address, page: number, line, note }) => {
    const link = make("a", "inside-hit");
    // An address of this app alone: what begins otherwise would lead elsewhere.
    if (/^\/(?!\/)/.test(address)) link.setAttribute("href", address);
    link.dataset.key = key;
    const words = make("span", "inside-line");
    for (const [text, marked] of line) words.append(marked ? make("mark", "inside-mark", text) : text);
    link.append(make("span", "inside-page", number), words);
    if (note) link.append(make("span", "inside-note", note));
    const item = make("li", "inside-item");
    item.append(link);
    return item;
  };

  const paper = (data, first) => {
    const item = make("li", "inside-paper");
    const head = make("div", "inside-head");
    head.append(make("strong", "inside-title", data.title), " ", make("span", "inside-facts", data.facts));
    const pages = make("ul", "inside-pages");
    const name = data.pages[0]?.key ?? "";
    const hits = data.pages.map(hit);
    // One more is shown rather than a button for it.
    const shown = unfolded.has(name) || hits.length <= first + 1 ? hits.length : first;
    pages.append(...hits.slice(0, shown));
    const rest = hits.slice(shown);
    item.append(head, pages);
    if (rest.length) {
      const more = make("button", "inside-more", `${rest.length} more pages`);
      more.type = "button";
      more.setAttribute("aria-label", `${rest.length} more pages of ${data.title}`);
      more.onclick = () => {
        unfolded.add(name);
        pages.append(...rest);
        more.replaceWith(...(data.left ? [make("div", "inside-note", data.left)] : []));
        rest[0].querySelector("a").focus();
      };
      item.append(more);
    } else if (data.left) {
      item.append(make("div", "inside-note", data.left));
    }
    return item;
  };

  list.draw = ({ papers, more, first, label }) => {
    const all = make("ul", "inside-papers");
    all.setAttribute("aria-label", label);
    all.append(...papers.map((each) => paper(each, first)));
    root.replaceChildren(all);
    if (!more) return;
    const button = make("button", "inside-more", more);
    button.type = "button";
    button.onclick = () => list.tell("more", String(papers.length));
    root.append(button);
  };
  list.mark = (opened) => {
    for (const link of root.querySelectorAll("a")) {
      if (link.dataset.key === opened) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  root.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    list.mark(link.dataset.key); // at once: the answer of the server takes a while
    list.tell("open", link.dataset.key);
  });
  return list;
}

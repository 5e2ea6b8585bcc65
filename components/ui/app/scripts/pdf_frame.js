// Shows a PDF of this app in the browser's own viewer. Streamlit's frame is sandboxed, in which browsers show none.
export default function (component) {
  const { path, title, height } = component.data;
  const parent = component.parentElement;
  let frame = parent.querySelector("iframe");
  if (!frame) {
    frame = parent.ownerDocument.createElement("iframe");
    frame.style.cssText = "width:100%;border:1px solid var(--st-border-color);border-radius:var(--st-base-radius)";
    parent.appendChild(frame);
  }
  frame.title = title;
  frame.style.height = `${height}px`;
  if (frame.dataset.path === path) return;
  frame.dataset.path = path;
  // Replaced rather than set, so that Back leads to the view before and not to the paper before.
  const address = new URL(path, parent.ownerDocument.location.origin).href;
  if (frame.contentWindow) frame.contentWindow.location.replace(address);
  else frame.src = address;
}

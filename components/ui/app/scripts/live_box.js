// Presses Ctrl+Enter in a text area after a pause in typing.
export default function (component) {
  const { label, pause } = component.data;
  const root = component.parentElement.ownerDocument;
  let timer = 0;
  const typed = (event) => {
    const box = event.target;
    if (box.tagName !== "TEXTAREA" || box.getAttribute("aria-label") !== label) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const keys = { key: "Enter", ctrlKey: true, bubbles: true, cancelable: true };
      box.dispatchEvent(new KeyboardEvent("keydown", keys));
    }, pause);
  };
  root.addEventListener("input", typed);
  return () => {
    clearTimeout(timer);
    root.removeEventListener("input", typed);
  };
}

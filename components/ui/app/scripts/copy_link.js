// A button that copies the address of the page.
export default function (component) {
  const { label, done, failed } = component.data;
  const parent = component.parentElement;
  const page = parent.ownerDocument;
  let button = parent.querySelector("button");
  if (!button) {
    button = page.createElement("button");
    button.type = "button";
    button.style.cssText =
      "font:inherit;font-size:0.875rem;color:var(--st-text-color);background:var(--st-background-color);cursor:pointer;" +
      "border:1px solid var(--st-border-color);border-radius:var(--st-base-radius);min-height:2rem;" +
      "padding:0.1rem 0.75rem;white-space:nowrap";
    button.setAttribute("aria-live", "polite");
    parent.appendChild(button);
  }
  button.textContent = label;
  const show = (words) => {
    button.textContent = words;
    setTimeout(() => (button.textContent = label), 2500);
  };
  // Without https a browser has no clipboard for scripts; the older way still works there.
  const copyByHand = (text) => {
    const box = page.createElement("textarea");
    box.value = text;
    box.style.cssText = "position:fixed;opacity:0";
    page.body.appendChild(box);
    box.select();
    const copied = page.execCommand("copy");
    box.remove();
    button.focus();
    return copied;
  };
  button.onclick = async () => {
    const text = page.location.href;
    try {
      await page.defaultView.navigator.clipboard.writeText(text);
      show(done);
    } catch {
      show(copyByHand(text) ? done : failed);
    }
  };
}

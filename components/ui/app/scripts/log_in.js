// Buttons that begin a login and say where it began, so that one is there again afterwards.
export default function ({ parentElement, data }) {
  parentElement.replaceChildren();
  for (const { label, path } of data.buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.style.cssText =
      "font: inherit; margin-right: .75rem; padding: .4rem 1rem; border: 0; border-radius: .3rem; " +
      "background: var(--st-primary-color); color: #fff; cursor: pointer;";
    button.addEventListener("click", () => {
      const next = encodeURIComponent(window.location.pathname + window.location.search);
      window.location.assign(`${path}&next=${next}`);
    });
    parentElement.append(button);
  }
  return () => parentElement.replaceChildren();
}

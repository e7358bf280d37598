import { h, formatDate } from "./dom.js";

const tip = document.querySelector("#tip");

/** Explain the terms and instruments that a text mentions: under the pointer, or with Enter or a tap. */
export function connectTips(article, section) {
  let timer;
  const later = (action, ms) => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };
  article.addEventListener("click", (event) => {
    const mention = event.target.closest(".mention");
    if (!mention || event.ctrlKey || event.metaKey || event.shiftKey) return; // a link like any other
    event.preventDefault();
    show(mention, section);
    tip.querySelector("a").focus({ preventScroll: true });
  });
  article.addEventListener("pointerover", (event) => {
    const mention = event.target.closest(".mention");
    if (mention && event.pointerType === "mouse") later(() => show(mention, section), 150);
    else later(() => tip.hidePopover(), 300);
  });
  tip.onpointerenter = () => clearTimeout(timer);
  tip.onpointerleave = () => later(() => tip.hidePopover(), 300);
}

function show(mention, section) {
  tip.replaceChildren(...explanation(mention, section));
  tip.showPopover();
  const place = mention.getClientRects()[0]; // its first line
  const width = document.documentElement.clientWidth;
  const isBelow = place.bottom + tip.offsetHeight + 8 < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(place.left, width - tip.offsetWidth - 8))}px`;
  tip.style.top = `${isBelow ? place.bottom + 6 : place.top - tip.offsetHeight - 6}px`;
}

function explanation({ dataset, href }, { passages }) {
  const { kind, title, abbreviation, definition, date_signed: date } = passages
    .flatMap(({ mentions }) => mentions)
    .find(({ kind, slug }) => kind === dataset.kind && slug === dataset.slug);
  return [
    h("p", { class: "kind" }, kind),
    h("h3", {}, title, abbreviation && ` (${abbreviation})`),
    (definition || date) && h("p", {}, definition ?? `Signed ${formatDate(date)}`),
    h("a", { href }, `All about this ${kind}`),
  ].filter(Boolean);
}

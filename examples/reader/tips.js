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

/** The section links every term and instrument that it mentions, with its definition or date. */
function explanation({ dataset, href }, { terms, instruments }) {
  const isTerm = dataset.kind === "term";
  const { title, abbreviation, definition, date_signed: date } =
    (isTerm ? terms : instruments).find(({ slug }) => slug === dataset.slug);
  return [
    h("p", { class: "kind" }, dataset.kind),
    h("h3", {}, title, abbreviation && ` (${abbreviation})`),
    (definition || date) && h("p", {}, definition ?? `Signed ${formatDate(date)}`),
    h("a", { href }, isTerm ? "All about this term" : "All about this instrument"),
  ].filter(Boolean);
}

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

/** The section has the definition of its terms and the date of its instruments; of others, a mention has the title. */
function explanation(mention, section) {
  const { kind, slug, title } = mention.dataset;
  const known = (kind === "term" ? section.terms : section.instruments).find((link) => link.slug === slug);
  const date = known?.date_signed && `Signed ${formatDate(known.date_signed)}`;
  return [
    h("p", { class: "kind" }, kind),
    h("h3", {}, title, known?.abbreviation && ` (${known.abbreviation})`),
    h("p", {}, known?.definition ?? date ?? ""),
    h("a", { href: mention.href }, kind === "term" ? "All about this term" : "All about this instrument"),
  ];
}

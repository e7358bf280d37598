import { getJSON } from "./api.js";
import { h } from "./dom.js";
import { sectionHash } from "./routes.js";

/** Fetch the guides, which have their tables of contents. */
export function fetchGuides() {
  return getJSON("/v1/guides?limit=100", { cache: true });
}

export function contentsView({ items }) {
  return h("div", { class: "contents" }, items.map((guide) =>
    h("section", { lang: guide.language },
      h("h1", { tabindex: "-1" }, guide.title),
      h("p", { class: "summary" }, guide.summary),
      entries(guide, guide.contents))));
}

function entries(guide, contents) {
  return contents.length > 0 && h("ol", {}, contents.map(({ slug, number, title, children }) =>
    h("li", {},
      h("a", { href: sectionHash({ guide: guide.slug, section: slug }) }, h("span", { class: "number" }, number ?? ""), title),
      entries(guide, children))));
}

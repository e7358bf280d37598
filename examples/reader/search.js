import { getJSON, resolve } from "./api.js";
import { h } from "./dom.js";
import { cut } from "./passages.js";
import { searchHash, sectionHash } from "./routes.js";

/** Search in one request; the API accepts `q`, `kind` and `cursor` as they are in the hash. */
export function fetchResults(query) {
  return getJSON(`/v1/search?${query}`);
}

export function searchView(page, query) {
  const q = query.get("q");
  return h("div", { class: "results" },
    h("h1", { tabindex: "-1" }, page.total === 1 ? "1 result" : `${page.total} results`, " for ", h("q", {}, q)),
    page.notice && h("p", { class: "notice" }, page.notice),
    page.suggestion && h("p", {}, "Did you mean ", h("a", { href: searchHash({ q: page.suggestion }) }, page.suggestion), "?"),
    kinds(page, q),
    h("ol", {}, page.items.map(resultElement)),
    page.next_cursor && h("p", {}, h("a", { rel: "next", href: searchHash({ ...Object.fromEntries(query), cursor: page.next_cursor }) }, "More results")));
}

function kinds({ facets, items }, q) {
  const shown = new Set(items.map(({ kind }) => kind));
  const isCurrent = (kind) => shown.size === 1 && shown.has(kind);
  const links = facets.kind.filter(({ count }) => count).map(({ slug, title, count }) =>
    h("a", { href: searchHash({ q, kind: slug }), "aria-current": isCurrent(slug) ? "true" : null }, `${title} ${count}`));
  return h("nav", { class: "kinds", "aria-label": "Kinds of results" }, links);
}

function resultElement({ kind, title, url, guide, section, excerpt, marks, passages }) {
  const href = section ? sectionHash({ guide, section }) : resolve(url);
  return h("li", {},
    h("p", { class: "kind" }, kind),
    h("h2", {}, h("a", { href }, title)),
    excerpt && h("p", {}, marked(excerpt, marks)),
    passages.map(({ id, excerpt, marks }) =>
      h("p", {}, h("a", { href: sectionHash({ guide, section, element: id }) }, marked(excerpt, marks)))));
}

function marked(text, marks) {
  return cut(text, marks).map(({ text, spans }) => (spans.length ? h("mark", {}, text) : text));
}

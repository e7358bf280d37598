import { getJSON, resolve } from "./api.js";
import { showCitation } from "./citations.js";
import { formatDate, h, part } from "./dom.js";
import { connectNotes, notesElement, numberNotes } from "./notes.js";
import { passageElement } from "./passages.js";
import { sectionHash } from "./routes.js";
import { connectTips } from "./tips.js";

/** Fetch a section, with all that its page shows, in one request. */
export function fetchSection({ guide, section, edition }) {
  return getJSON(`/v1/guides/${guide}/sections/${section}?edition=${edition}`, { cache: true });
}

export function sectionView(section, language) {
  const notes = numberNotes(section);
  const article = h("article", { class: "section", lang: language },
    headElement(section),
    h("div", { class: "text" }, textElements(section, notes)),
    notesElement(section, notes),
    part("articles", "What the treaties say", section.articles, articleList(section.articles)),
    h("div", { class: "more" },
      part("children", "In this section", section.children, linkList(section, section.children)),
      part("timeline", "Timeline", section.events, timeline(section.events)),
      part("terms", "Terms", section.terms, termList(section.terms)),
      part("instruments", "Treaties and agreements", section.instruments, instrumentList(section.instruments)),
      part("related", "Related sections", section.related, linkList(section, section.related)),
      neighbours(section)));
  connectNotes(article);
  connectTips(article, section);
  return article;
}

function link(section, { slug, title }, attributes = {}) {
  return h("a", { href: sectionHash({ ...section, section: slug }), ...attributes }, title);
}

function linkList(section, links) {
  return h("ul", {}, links.map((each) => h("li", {}, link(section, each))));
}

function headElement(section) {
  return h("header", { class: "head" },
    h("p", { class: "crumbs" }, h("a", { href: "#/" }, "Contents"), section.parent && [" / ", link(section, section.parent)]),
    h("h1", { tabindex: "-1" }, section.number && h("span", { class: "number" }, section.number), section.title),
    section.topics.length > 0 && h("ul", { class: "topics", "aria-label": "Topics" }, section.topics.map(({ title }) => h("li", {}, title))),
    h("div", { class: "tools" }, editionSwitch(section), citeButton(section.url, "section")));
}

function editionSwitch(section) {
  const choice = (edition, label) => {
    const href = sectionHash({ guide: section.guide, section: section.slug, edition });
    return h("a", { href, "aria-current": section.edition === edition ? "true" : null }, label);
  };
  return h("nav", { class: "editions", "aria-label": "Edition" }, choice("corrected", "Corrected"), choice("original", "Original"));
}

function citeButton(url, what, label = `Cite this ${what}`) {
  return h("button", { type: "button", class: "cite", onclick: () => showCitation(url, what) }, label);
}

/** The passages, each with its button, and after them the cross-references that follow them. */
function textElements(section, notes) {
  const seeAlso = (id) => section.see_also.filter(({ after }) => after === id).map(({ title, url }) =>
    h("p", { class: "see-also" }, "See also ", url ? h("a", { href: resolve(url) }, title) : h("cite", {}, title)));
  const passages = section.passages.map((passage) => [
    h("div", { class: "passage" },
      passageElement(passage, section, notes),
      citeButton(passage.url, "passage", "Cite")),
    seeAlso(passage.id),
  ]);
  return [seeAlso(null), passages].flat(3);
}

function articleList(articles) {
  const instruments = Map.groupBy(articles, ({ instrument }) => instrument.title);
  return [...instruments].map(([title, articles]) => [
    h("p", { class: "instrument" }, title),
    h("ol", {}, articles.map(({ number, title, summary, url }) =>
      h("li", {},
        h("h3", {}, h("a", { href: resolve(url) }, h("span", { class: "number" }, number), " ", title)),
        h("p", {}, summary)))),
  ]).flat();
}

function timeline(events) {
  return h("ol", {}, events.map(({ date, title, url }) =>
    h("li", {}, h("time", { datetime: date }, formatDate(date)), h("a", { href: resolve(url) }, title))));
}

function termList(terms) {
  return h("dl", {}, terms.map(({ title, abbreviation, definition, url }) => h("div", {},
    h("dt", {}, h("a", { href: resolve(url) }, title), abbreviation && ` (${abbreviation})`),
    h("dd", {}, definition))));
}

function instrumentList(instruments) {
  return h("ul", {}, instruments.map(({ title, date_signed: date, url }) =>
    h("li", {}, h("a", { href: resolve(url) }, title), date && h("time", { datetime: date }, formatDate(date)))));
}

function neighbours(section) {
  const neighbour = (rel, label) => section[rel] && h("a", { rel: rel === "next" ? "next" : "prev", href: sectionHash({ ...section, section: section[rel].slug }) },
    h("span", {}, label), section[rel].title);
  return h("nav", { class: "neighbours", "aria-label": "Sections" }, neighbour("previous", "Previous"), neighbour("next", "Next"));
}

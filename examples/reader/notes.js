import { h } from "./dom.js";
import { sectionHash } from "./routes.js";

const STATUS = { applied: "Corrected", suggested: "Suggested", note: "Note" };

/** Number the corrections of a section, in the order of the text. */
export function numberNotes(section) {
  return new Map(section.corrections.map((correction, index) => [correction.slug, { number: index + 1, ...correction }]));
}

export function notesElement(section, notes) {
  if (!notes.size) return null;
  const items = [...notes.values()].map((note) => noteElement(note, section));
  return h("aside", { class: "notes", role: "doc-endnotes", "aria-label": "Notes" }, h("h2", {}, "Notes"), h("ol", {}, items));
}

function noteElement(note, section) {
  const heading = h("span", { class: "note-head" },
    h("span", { class: "number" }, String(note.number)),
    h("span", { class: "label" }, STATUS[note.status]),
    h("span", { class: "kind" }, note.kind.replaceAll("_", " ")));
  return h("li", { class: note.status, "data-note": note.slug },
    h("details", { id: `note:${note.slug}`, tabindex: "-1" },
      h("summary", {}, heading, h("span", { class: "explanation" }, note.explanation)),
      wording(note, section),
      sources(note),
      places(note, section)));
}

/** What the text has in the other edition, or could have. */
function wording(note, section) {
  if (note.status === "applied" && section.edition === "corrected") {
    return h("p", { class: "wording" }, h("b", {}, "The author wrote: "), h("q", {}, note.quote));
  }
  if (!note.replacement) return null;
  const label = note.status === "applied" ? "Corrected edition: " : "Better: ";
  return h("p", { class: "wording" }, h("b", {}, label), h("q", {}, note.replacement));
}

function sources({ sources }) {
  const items = sources.map(({ title, pinpoint, link }) =>
    h("li", {}, link ? h("a", { href: link, rel: "external" }, title) : title, pinpoint && `, ${pinpoint}`));
  return h("div", { class: "sources" }, h("b", {}, "Sources"), h("ul", {}, items));
}

/** Links to all places that the note is about. */
function places(note, section) {
  const links = [note, ...note.also].map(({ section: slug, passage }) => {
    const href = sectionHash({ ...section, section: slug, element: passage });
    const isHere = slug === section.slug;
    return h("li", {}, h("a", { href, role: isHere ? "doc-backlink" : null }, isHere ? `↩ paragraph ${passage.split(".")[1]}` : passage));
  });
  return h("div", { class: "places" }, h("b", {}, note.also.length ? "Concerns" : "Back to"), h("ul", {}, links));
}

/** In a wide window, put each note beside its first span, below the note before it. */
export function placeNotes(article) {
  const list = article.querySelector(".notes ol");
  if (!list) return;
  const isMargin = getComputedStyle(list).position === "relative";
  const origin = list.getBoundingClientRect().top;
  let free = 0;
  for (const item of list.children) {
    const span = article.querySelector(`.text [data-note="${CSS.escape(item.dataset.note)}"]`);
    const top = Math.max(free, span.getBoundingClientRect().top - origin);
    item.style.top = isMargin ? `${top}px` : "";
    free = top + item.offsetHeight + 12;
  }
  list.style.minHeight = isMargin ? `${free}px` : "";
}

/** Place the notes again whenever a size changes, and mark what belongs together under the pointer or focus. */
export function connectNotes(article) {
  const observer = new ResizeObserver(() => placeNotes(article));
  observer.observe(article.querySelector(".text"));
  for (const item of article.querySelectorAll(".notes li[data-note]")) observer.observe(item);

  const highlight = ({ target }) => {
    const slug = target.closest("[data-note]")?.dataset.note;
    for (const element of article.querySelectorAll("[data-note]")) {
      element.classList.toggle("active", element.dataset.note === slug);
    }
  };
  article.addEventListener("pointerover", highlight);
  article.addEventListener("focusin", highlight);
}

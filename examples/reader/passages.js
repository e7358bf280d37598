import { resolve } from "./api.js";
import { h } from "./dom.js";
import { sectionHash } from "./routes.js";

/** Cut a text wherever a span starts or ends. Spans count code points, and may overlap. */
export function cut(text, spans) {
  const characters = Array.from(text);
  const offsets = new Set([0, characters.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const cuts = [...offsets].sort((a, b) => a - b);
  return cuts.slice(1).map((end, index) => {
    const start = cuts[index];
    const here = spans.filter((span) => span.start < end && span.end > start);
    return { start, end, text: characters.slice(start, end).join(""), spans: here };
  });
}

/** A passage with its corrections and mentions marked. */
export function passageElement(passage, section, notes) {
  const element = h("p", { id: passage.id, class: passage.kind, tabindex: "-1" });
  let mention; // the mention that is being filled
  let references = []; // to notes whose spans have ended; links cannot be nested, so a mention ends first
  for (const piece of cut(passage.text, [...passage.corrections, ...passage.mentions])) {
    const named = piece.spans.find((span) => passage.mentions.includes(span));
    if (named !== mention?.named) {
      element.append(...references.splice(0));
      mention = named && { named, link: mentionLink(named) };
      if (mention) element.append(mention.link);
    }
    const corrections = piece.spans.filter((span) => span !== named);
    (mention?.link ?? element).append(...markedText(piece, corrections, section, notes));
    for (const span of corrections.filter(({ end }) => end === piece.end)) {
      references.push(noteReference(span, section, notes));
    }
    if (!mention) element.append(...references.splice(0));
  }
  element.append(...references);
  return element;
}

function mentionLink({ kind, slug, title, url }) {
  const data = { "data-kind": kind, "data-slug": slug, "data-title": title };
  return h("a", { class: "mention", href: resolve(url), "aria-haspopup": "dialog", ...data });
}

/** The text of a piece inside an element for each correction; the author's words before a replacement. */
function markedText(piece, corrections, section, notes) {
  const nodes = [piece.text];
  for (const span of corrections) {
    const isReplaced = span.status === "applied" && span.primary && section.edition === "corrected";
    const attributes = { class: `${span.status} ${span.primary ? "primary" : "further"}`, "data-note": span.slug };
    nodes.splice(0, nodes.length, h(isReplaced ? "ins" : "mark", attributes, [...nodes]));
    if (isReplaced && span.start === piece.start) {
      nodes.unshift(h("del", { "data-note": span.slug }, notes.get(span.slug).quote));
    }
  }
  return nodes;
}

function noteReference(span, section, notes) {
  const { number } = notes.get(span.slug);
  const href = sectionHash({ ...section, section: section.slug, element: `note:${span.slug}` });
  const link = h("a", { href, role: "doc-noteref", "aria-label": `Note ${number}` }, String(number));
  return h("sup", { "data-note": span.slug, class: span.status }, link);
}

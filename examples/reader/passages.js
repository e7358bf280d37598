import { resolve } from "./api.js";
import { h } from "./dom.js";
import { sectionHash } from "./routes.js";

/** Cut a text wherever a span starts or ends. Spans may overlap. */
export function cut(text, spans) {
  const characters = Array.from(text); // offsets count code points
  const offsets = new Set([...spans.flatMap(({ start, end }) => [start, end]), characters.length]);
  const pieces = [];
  let start = 0;
  for (const end of [...offsets].sort((a, b) => a - b)) {
    const here = spans.filter((span) => span.start < end && span.end > start);
    if (end > start) pieces.push({ start, end, text: characters.slice(start, end).join(""), spans: here });
    start = end;
  }
  return pieces;
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

function mentionLink({ kind, slug, url }) {
  const attributes = { class: "mention", "data-kind": kind, "data-slug": slug, "aria-haspopup": "dialog" };
  return h("a", { href: resolve(url), ...attributes });
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

import { get } from "./api.js";
import { h } from "./dom.js";

const FILES = { bibtex: "bib", ris: "ris" };
const dialog = document.querySelector("#citation");

/** Show the reference to a section or passage, and offer it to reference managers. */
export async function showCitation(url, what) {
  const citation = citationURL(url);
  const text = h("blockquote", {}, "…");
  dialog.replaceChildren(
    h("h2", { id: "citation-title" }, `Cite this ${what}`),
    text,
    h("div", { class: "buttons" },
      h("button", { type: "button", onclick: () => copy(text) }, "Copy"),
      h("button", { type: "button", onclick: () => download(citation, "bibtex") }, "BibTeX"),
      h("button", { type: "button", onclick: () => download(citation, "ris") }, "RIS"),
      h("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Close")));
  dialog.showModal();
  try {
    text.textContent = await (await get(citation("text"), { cache: true })).response.text();
  } catch (problem) {
    text.textContent = problem.message;
  }
}

/** Return a function that gives the address of a reference in a format; the edition of the URL stays. */
function citationURL(url) {
  const [path, query] = url.split("?");
  return (format) => `${path}/citation?${new URLSearchParams(query)}${query ? "&" : ""}format=${format}`;
}

async function copy(text) {
  await navigator.clipboard.writeText(text.textContent);
  dialog.querySelector("button").textContent = "Copied";
}

/** Save a reference as a file. The attribute `download` names only files of this origin, hence the blob. */
async function download(citation, format) {
  const { response } = await get(citation(format), { cache: true });
  const href = URL.createObjectURL(await response.blob());
  const name = new URL(response.url).pathname.split("/").at(-2);
  h("a", { href, download: `${name}.${FILES[format]}` }).click();
  URL.revokeObjectURL(href);
}

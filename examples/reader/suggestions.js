import { getJSON, resolve } from "./api.js";
import { h } from "./dom.js";
import { searchHash, sectionHash } from "./routes.js";

const PAUSE_MS = 200; // in typing, before a request
const form = document.querySelector(".search");
const input = form.querySelector("input");
const list = form.querySelector("[role=listbox]");

let timer;
let request = new AbortController();

/** Complete what is typed; after the ARIA pattern of a combobox with a list. */
export function connectSearch() {
  input.addEventListener("input", () => {
    clearTimeout(timer);
    request.abort();
    timer = setTimeout(complete, PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && !list.hidden) {
      event.preventDefault();
      select(move);
    } else if (event.key === "Escape") close();
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // which would take the focus
  list.addEventListener("click", (event) => go(event.target.closest("[role=option]").dataset.href));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const href = selected()?.dataset.href;
    if (href || input.value.trim()) go(href ?? searchHash({ q: input.value.trim() }));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, dialog")) return;
    event.preventDefault();
    input.focus();
  });
}

async function complete() {
  const q = input.value.trim();
  if (!q) return close();
  request = new AbortController();
  try {
    const { data } = await getJSON(`/v1/suggestions?${new URLSearchParams({ q })}`, { signal: request.signal });
    open(data.items);
  } catch {
    close(); // suggestions are a convenience: Enter still searches
  }
}

function open(items) {
  list.replaceChildren(...items.map(option));
  list.hidden = !items.length;
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function close() {
  clearTimeout(timer);
  request.abort();
  open([]);
}

function option(suggestion, index) {
  const attributes = { id: `suggestion-${index}`, role: "option", "aria-selected": "false", "data-href": hrefOf(suggestion) };
  return h("li", attributes, h("span", { class: "title" }, suggestion.title), h("span", { class: "kind" }, suggestion.kind));
}

/** Sections are read here, words and topics are searched for, and facts open in the API. */
function hrefOf({ kind, slug, title, guide, url }) {
  if (kind === "section") return sectionHash({ guide, section: slug });
  return kind === "word" || kind === "topic" ? searchHash({ q: title }) : resolve(url);
}

function selected() {
  return list.querySelector("[aria-selected=true]");
}

/** Select the next option or the one before; after the last comes the first. */
function select(move) {
  const options = [...list.children];
  const from = selected() ? options.indexOf(selected()) + move : Math.min(move, 0);
  const next = options.at(from % options.length);
  for (const each of options) each.setAttribute("aria-selected", String(each === next));
  input.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

function go(href) {
  close();
  input.blur();
  location.href = href;
}

/** Create an element. Strings become text nodes, so that no text is ever read as HTML. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value != null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

/** A titled part of the page; nothing if it has no items. */
export function part(name, title, items, content) {
  if (!items.length) return null;
  return h("section", { class: name, "aria-labelledby": `${name}-title` }, h("h2", { id: `${name}-title` }, title), content);
}

/** Format a date that is as precise as known: `1960-01-19`, `1960-01` or `1960`. */
export function formatDate(date) {
  const precision = [{ year: "numeric" }, { month: "long" }, { day: "numeric" }].slice(0, date.split("-").length);
  return new Intl.DateTimeFormat("en-GB", { ...Object.assign({}, ...precision), timeZone: "UTC" }).format(new Date(date));
}

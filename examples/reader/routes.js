// The address of a view is in the hash, so that any static file server will do:
//   #/                                the contents of all guides
//   #/{guide}/{section}               a section; ?edition=original for the author's words
//   #/{guide}/{section}/{element}     the same, at a passage or note
//   #/search?q=                       search results

/** Parse the hash of the page. `page` is the hash without the element. */
export function parseRoute(hash) {
  const { pathname, searchParams } = new URL(hash.slice(1) || "/", "http://reader");
  const [first, section, element] = pathname.slice(1).split("/").map(decodeURIComponent);
  if (first === "search" && !section) return { view: "search", page: hash, query: searchParams };
  if (!section) return { view: "contents", page: "#/" };
  const route = { guide: first, section, edition: searchParams.get("edition") ?? "corrected" };
  return { view: "section", page: sectionHash(route), element, ...route };
}

/** Link to a section, or to a passage or note in it. */
export function sectionHash({ guide, section, element, edition = "corrected" }) {
  const path = [guide, section, element].filter(Boolean).map(encodeURIComponent).join("/");
  return `#/${path}${edition === "corrected" ? "" : `?edition=${edition}`}`;
}

export function searchHash(parameters) {
  return `#/search?${new URLSearchParams(parameters)}`;
}

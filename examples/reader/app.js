import { Problem } from "./api.js";
import { contentsView, fetchGuides } from "./contents.js";
import { h } from "./dom.js";
import { placeNotes } from "./notes.js";
import { parseRoute, sectionHash } from "./routes.js";
import { fetchResults, searchView } from "./search.js";
import { fetchSection, sectionView } from "./section.js";
import { connectSearch } from "./suggestions.js";

const main = document.querySelector("main");
const status = document.querySelector(".status");
let page; // the hash of the view, without a place in it
let loading;

/** Fetch and show what the hash names. Another place in the same section needs no request. */
async function navigate() {
  const route = parseRoute(location.hash);
  if (route.page !== page) {
    page = route.page;
    loading = show(route);
  }
  await loading;
  if (route.page === page) reveal(route.element);
}

async function show(route) {
  main.setAttribute("aria-busy", "true");
  const [view, offline] = await viewOf(route).catch((error) => [problemView(error, route), false]);
  if (route.page !== page) return; // the reader has moved on
  main.replaceChildren(view);
  main.removeAttribute("aria-busy");
  document.title = main.querySelector("h1").textContent;
  status.textContent = offline ? "You are offline. This is the copy of your last visit." : "";
}

async function viewOf(route) {
  if (route.view === "section") {
    const { data, language, offline } = await fetchSection(route);
    return [sectionView(data, language), offline];
  }
  if (route.view === "search") {
    const { data, offline } = await fetchResults(route.query);
    return [searchView(data, route.query), offline];
  }
  const { data, offline } = await fetchGuides();
  return [contentsView(data), offline];
}

function problemView(error, route) {
  if (!(error instanceof Problem)) throw error;
  const links = error.suggestions.map((slug) => h("li", {}, h("a", { href: sectionHash({ guide: route.guide, section: slug }) }, slug)));
  return h("div", { class: "problem" },
    h("h1", { tabindex: "-1" }, error.message),
    links.length > 0 && [h("p", {}, "Did you mean:"), h("ul", {}, links)],
    h("p", {}, h("a", { href: "#/" }, "All contents")));
}

/** Go to a passage or note, or to the title of a new view. */
function reveal(id) {
  const element = (id && document.getElementById(id)) || main.querySelector("h1");
  if (element.localName === "details") element.open = true;
  const article = element.closest("article");
  if (article) placeNotes(article);
  element.focus({ preventScroll: true });
  if (id) element.scrollIntoView({ block: "center" });
  else scrollTo(0, 0);
}

connectSearch();
addEventListener("hashchange", navigate);
await navigate();
await navigator.serviceWorker?.register("sw.js");

// Keeps the files of the reader, so that it opens without a network; api.js keeps the copies of what was read.
//
// Network first: files change together, so an old module must not meet a new one, and the files are small.
// "stale while revalidate" would show each change one visit late.

const FILES = [
  "./", "api.js", "app.js", "citations.js", "contents.js", "dom.js", "notes.js", "passages.js", "routes.js", "search.js",
  "section.js", "style.css", "suggestions.js", "tips.js",
];

async function keepFiles() {
  const cache = await caches.open("reader");
  await cache.addAll(FILES);
  await self.skipWaiting();
}

async function networkFirst(request) {
  const cache = await caches.open("reader");
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch {
    return (await cache.match(request, { ignoreSearch: true })) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepFiles()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const isOurs = new URL(event.request.url).origin === location.origin;
  if (isOurs && event.request.method === "GET") event.respondWith(networkFirst(event.request));
});

/** The address of the API: `?api=` of this page, or where `make serve` puts it. */
export const SERVICE = new URLSearchParams(location.search).get("api") ?? "http://127.0.0.1:8000";

/** An error response, an RFC 9457 problem. */
export class Problem extends Error {
  constructor({ status, detail, did_you_mean }) {
    super(detail);
    this.status = status;
    this.suggestions = did_you_mean ?? [];
  }
}

/** Resolve a URL that the API returned: a path, or absolute if the operator set a public URL. */
export function resolve(url) {
  return new URL(url, SERVICE).href;
}

/** Fetch a resource. `cache` keeps a copy and returns it when the network fails. */
export async function get(path, { cache = false, signal } = {}) {
  const url = resolve(path);
  const copies = cache && globalThis.caches ? await caches.open("responses") : null; // null without HTTPS or localhost
  let response;
  let offline = false;
  try {
    response = await fetch(url, { signal });
    if (response.ok) await copies?.put(url, response.clone());
  } catch (error) {
    if (error.name === "AbortError") throw error;
    response = await copies?.match(url);
    offline = true;
    if (!response) throw new Problem({ status: 0, detail: `The service at ${SERVICE} cannot be reached.` });
  }
  if (!response.ok) throw new Problem(await response.json());
  return { response, offline };
}

export async function getJSON(path, options) {
  const { response, offline } = await get(path, options);
  return { data: await response.json(), language: response.headers.get("Content-Language"), offline };
}

// The sections of a topic as a front end fetches them: page by page, with types that are made of the OpenAPI document.
import createClient from "openapi-fetch";
import type { components, paths } from "./treaty-guide.js";

type Page = components["schemas"]["SectionPage"];
type Section = components["schemas"]["Section"];

const [service = "http://127.0.0.1:8000", chosen = "history-and-origins"] = process.argv.slice(2);
const { GET } = createClient<paths>({ baseUrl: service });

async function pageOf(topic: string, cursor: string | null): Promise<Page> {
  const { data, error } = await GET("/v1/topics/{topic}/sections", {
    params: { path: { topic }, query: cursor ? { limit: 1, cursor } : { limit: 1 } },
  });
  if (!data) throw new Error(error.detail);
  return data;
}

async function* sectionsOf(topic: string): AsyncGenerator<Section> {
  let cursor: string | null = null;
  do {
    const page: Page = await pageOf(topic, cursor);
    yield* page.items;
    cursor = page.next && new URL(page.next, service).searchParams.get("cursor");
  } while (cursor);
}

function shown(section: Section): string {
  const wrong = section.corrections.length ? `, ${section.corrections.length} corrections` : "";
  return `${section.title} (${section.passages.length} passages${wrong})`;
}

try {
  for await (const section of sectionsOf(chosen)) console.log(shown(section));
} catch (problem) {
  console.error(String(problem));
  process.exitCode = 1;
}

// What examples/reader does, in a terminal and in TypeScript: types are made of the OpenAPI document, and nothing is cast.
// The two media types select JSON where a response has other formats, too, and type the problems of failed requests.
import createClient from "openapi-fetch";
import type { components, paths } from "./treaty-guide.js";

type Schemas = components["schemas"];
type Section = Schemas["Section"];
type Passage = Schemas["Passage"];
type Edition = Section["edition"];
type Mention = Schemas["Mention"];
type Mark = Schemas["PassageCorrection"] | Mention;

interface Piece {
  start: number;
  end: number;
  text: string;
  marks: Mark[];
}

const [service = "http://127.0.0.1:8000", view = "", ...names] = process.argv.slice(2);
const { GET } = createClient<paths, "application/json" | "application/problem+json">({ baseUrl: service });

async function fetchSection(guide: string, section: string, edition: Edition): Promise<Section> {
  const { data, error } = await GET("/v1/guides/{guide}/sections/{section}", {
    params: { path: { guide, section }, query: { edition } },
  });
  if (error) throw new Error(error.detail);
  return data;
}

async function fetchCitation(guide: string, passage: string, edition: Edition): Promise<string> {
  const { data, error } = await GET("/v1/guides/{guide}/passages/{passage}/citation", {
    params: { path: { guide, passage }, query: { edition, format: "text" } },
    parseAs: "text",
  });
  if (error) throw new Error(error.detail);
  return data;
}

async function search(q: string): Promise<Schemas["SearchPage"]> {
  const { data, error } = await GET("/v1/search", { params: { query: { q } } });
  if (error) throw new Error(error.detail);
  return data;
}

async function suggest(q: string): Promise<Schemas["Suggestion"][]> {
  const { data, error } = await GET("/v1/suggestions", { params: { query: { q } } });
  if (error) throw new Error(error.detail);
  return data.items;
}

async function* sectionsOf(topic: string): AsyncGenerator<Section> {
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = cursor === null ? { limit: 1 } : { limit: 1, cursor };
    const { data, error } = await GET("/v1/topics/{topic}/sections", { params: { path: { topic }, query } });
    if (error) throw new Error(error.detail);
    yield* data.items;
    cursor = data.next_cursor;
  } while (cursor !== null);
}

/** Cut the text of a passage wherever a correction or mention starts or ends. Corrections may overlap. */
function cut({ text, corrections, mentions }: Passage): Piece[] {
  const characters = Array.from(text); // offsets count code points
  const marks = [...corrections, ...mentions];
  const offsets = new Set([...marks.flatMap(({ start, end }) => [start, end]), characters.length]);
  const pieces: Piece[] = [];
  let start = 0;
  for (const end of [...offsets].sort((a, b) => a - b)) {
    const here = marks.filter((mark) => mark.start < end && mark.end > start);
    if (end > start) pieces.push({ start, end, text: characters.slice(start, end).join(""), marks: here });
    start = end;
  }
  return pieces;
}

/** The text of a passage with `{mentions}`, and the numbers of notes behind the words that they are about. */
function shownPassage(passage: Passage, numbers: Map<string, number>): string {
  return cut(passage)
    .map(({ start, end, text, marks }) => {
      let shown = text;
      for (const mark of marks.filter((mark) => "kind" in mark)) {
        if (mark.start === start) shown = `{${shown}`;
        if (mark.end === end) shown += "}";
      }
      for (const mark of marks.filter((mark) => !("kind" in mark) && mark.end === end)) {
        shown += `[${numbers.get(mark.slug) ?? "?"}]`;
      }
      return shown;
    })
    .join("");
}

/** What a tooltip says. */
function explanation({ title, definition, date_signed: date }: Mention): string {
  return `${title}: ${definition ?? date ?? "-"}`;
}

function* shownSection(section: Section): Generator<string> {
  yield section.title;
  const numbers = new Map(section.corrections.map(({ slug }, index) => [slug, index + 1]));
  for (const passage of section.passages) {
    yield `${passage.id} ${shownPassage(passage, numbers)}`;
    for (const mention of passage.mentions) yield explanation(mention);
  }
  for (const { slug, status, explanation, sources } of section.corrections) {
    yield `[${numbers.get(slug)}] ${status}: ${explanation} (${sources.map(({ title }) => title).join("; ")})`;
  }
  for (const { number, title, summary } of section.articles) yield `${number} ${title}: ${summary}`;
  for (const { date, title } of section.events) yield `${date} ${title}`;
  yield `${section.previous?.title ?? "-"} | ${section.next?.title ?? "-"}`;
}

async function* shownView([first = "", second = "", third = ""]: string[]): AsyncGenerator<string> {
  const edition = third === "original" ? "original" : "corrected";
  if (view === "section") yield* shownSection(await fetchSection(first, second, edition));
  else if (view === "cite") yield await fetchCitation(first, second, edition);
  else if (view === "suggest") for (const { title, slug } of await suggest(first)) yield `${title} ${slug ?? "-"}`;
  else if (view === "search") {
    for (const { title, passages } of (await search(first)).items) yield `${title}: ${passages[0]?.excerpt ?? "-"}`;
  } else for await (const { title, passages } of sectionsOf(first)) yield `${title} (${passages.length} passages)`;
}

try {
  for await (const line of shownView(names)) console.log(line);
} catch (problem) {
  console.error(String(problem));
  process.exitCode = 1;
}

"""Write llms.txt, a short page for language models (https://llmstxt.org)."""

from collections.abc import Iterable, Sequence

from app import schemas
from app.representations.markdown_escapes import escape_inline
from app.text.display import one_line
from app.urls import URLs

MAX_GUIDES = 20  # that the page names; the list of guides has all

_PAGE = """\
# {service.name}

> {service.description}

Every paragraph has an address. Errors in a guide are named: each correction quotes the words, explains what is wrong
and cites its sources. The service is read-only and needs no key.

## Guides

{guides}

## Addresses, as Markdown

Replace what is in braces. `format=json` instead of `format=md` gives all fields.

- A whole guide: {base}/v1/guides/{{guide}}?format=md
- Its sections: {base}/v1/guides/{{guide}}/sections?format=md
- One section: {base}/v1/guides/{{guide}}/sections/{{section}}?format=md
- One paragraph, by the id before it, such as `history.1`: {base}/v1/guides/{{guide}}/passages/{{id}}?format=md
- What is wrong in a guide: {base}/v1/guides/{{guide}}/corrections?format=md
- Search: {base}/v1/search?q={{words}}&format=md
- Treaties and agreements: {base}/v1/instruments?format=md
- An article, summarised: {base}/v1/instruments/{{instrument}}/articles/{{article}}?format=md
- Timeline: {base}/v1/events?format=md
- Glossary: {base}/v1/terms?format=md
- Sources: {base}/v1/sources?format=md

A list has 20 items on a page; `limit` gives up to 100, and its last lines link the next page.

## Before you quote

Check the words: {base}/v1/quotations?text={{words}}

`exact` and `normalized` mean that a guide has these words, `absent` that it has not. A guide may be wrong where it has
them: read the `corrections` of each place. You get the corrected edition; `edition=original` gives the author's words.
To cite a text that never changes, add `revision=` with the revision that the response names.

## Licences

{licences}
- Our corrections and facts: {facts.spdx_id}, {facts.url}
- The software: {software.spdx_id}, {software.url}

## Optional

- [OpenAPI document]({service.links.openapi}): every parameter and field
"""
_TOOLS = "- Tools to search, read and check quotations: Model Context Protocol, streamable HTTP, at {base}/mcp\n"


def llms_txt(
    service: schemas.Service, guides: Sequence[schemas.Guide], total: int, urls: URLs, *, has_tools: bool
) -> str:
    """Return the page; it names the first of the `total` guides."""
    named = guides[:MAX_GUIDES]
    items = [
        f"- [{_text(guide.title)}]({urls.guide(guide.slug, format='md')}): {_text(guide.summary)}"
        f" {_words(guide.contents):,} words; language: {guide.language}."
        for guide in named
    ]
    if total > len(named):
        items.append(f"- [All {total} guides]({urls.at('/v1/guides', format='md')})")
    licences = [
        f"- Text of “{_text(guide.title)}”: {_text(guide.licence or 'not stated by its author')}" for guide in named
    ]
    page = _PAGE + _TOOLS if has_tools else _PAGE
    return page.format(
        service=service,
        base=urls.public_url,
        guides="\n".join(items) or "None yet.",
        licences="\n".join(licences),
        facts=service.licences.corrections_and_facts,
        software=service.licences.software,
    )


def _text(text: str) -> str:
    return escape_inline(one_line(text))


def _words(entries: Iterable[schemas.ContentsEntry]) -> int:
    return sum(entry.words + _words(entry.children) for entry in entries)

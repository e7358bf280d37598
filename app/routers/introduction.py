"""The introduction of the OpenAPI document, in Markdown."""

from app import schemas
from app.http.problem_types import ProblemType
from app.settings import DEFAULT_LOCAL_URL

ANYWHERE = (400, 406, 410, 414, 431, 500, 503, 505)  # statuses that any address may return

SECTION_PATH = f"{schemas.GUIDE_URL}/sections/joint-training-exercises"
QUOTATION_PATH = "/v1/quotations?text=anchored+in+mutual+defense"

_INTRODUCTION = """\
Guides to treaties as content that programs can use: addressed down to the passage, grouped by topic, searchable, tied
to the treaties' own articles, and honest about their errors. The API is read-only and open: no keys, no accounts.

```sh
curl '{local}{section}'
```

### Where to start

- [List the guides]({base}/v1/guides). Then follow `url`, `next` and `previous`: every link works as it is.
- [Search]({base}/v1/search?q=joint+exercises) to find sections, with the passages that match, corrections and facts.
- [Read a section]({base}{section}). `corrections` lists what is wrong with it, why, and the sources.
- [Check a quotation]({base}{quotation}) before you repeat it.
- Choose the format. By default you get JSON; `?format=md`, `html` and `txt` return the same content for readers.
- Choose the edition. By default you get the corrected text; `?edition=original` returns the author's words.
- Pin what you cite with `?revision=`. A revision never changes.

### Caching and headers

Responses have an `ETag`. Send it back in `If-None-Match`: if nothing changed, you get a 304 without a body. Send
`X-Request-ID` (at most 64 letters, digits, `.`, `_` and `-`) to find your request in the log; every response has one.
Pages of any origin may use the API: every response has `Access-Control-Allow-Origin: *` and
`Access-Control-Expose-Headers`. Every response also has `Content-Security-Policy` and
`X-Content-Type-Options: nosniff`; HTML has `Permissions-Policy` and `Referrer-Policy: no-referrer` too.

### Renamed and withdrawn content

What was renamed gives 308 at its old address, with the new one in `Location`; the query stays. A guide that was
withdrawn gives 410 at all of its addresses and those of its facts, with the date and the reason in `detail`.

### Errors

Errors are problem documents (RFC 9457): `detail` says what happened and what to do, `did_you_mean` lists addresses that
you may mean, or the closest existing names. Unknown parameters and values give 422. Operations list only their own
statuses; any address may also return:

{statuses}

### Licences

- The software: [MIT](https://spdx.org/licenses/MIT.html).
- The text of a guide: as its author states in the guide's `licence`; null if the author has not stated a licence.
- Our corrections and facts: [CC0-1.0](https://creativecommons.org/publicdomain/zero/1.0/), free for any use.
"""

TAGS = [
    {"name": "Guides", "description": "Documents about a treaty, with their contents and sources."},
    {"name": "Search", "description": "Full-text search, and completions for a search box."},
    {"name": "Sections", "description": "The parts of a guide in reading order, and their passages."},
    {"name": "Revisions", "description": "The published states of a guide, and the changes between them."},
    {"name": "Corrections", "description": "Editorial notes on a guide's text: what is wrong, why, and the sources."},
    {"name": "Downloads", "description": "A guide as files to take home, with digests to verify them."},
    {
        "name": "Citations",
        "description": "References to guides and their parts, sources and instruments.",
    },
    {"name": "Quotations", "description": "Checks whether a guide contains a quotation."},
    {"name": "Topics", "description": "Subjects that sections belong to, across guides."},
    {"name": "Instruments", "description": "Treaties, agreements and statements, and their articles."},
    {"name": "Events", "description": "The timeline."},
    {"name": "Terms", "description": "The glossary, with the Japanese terms."},
    {"name": "Sources", "description": "Works that corrections and facts rest on."},
    {"name": "Service", "description": "The service document, which links everything else."},
    {"name": "Operations", "description": "Health checks, and explanations of the problem types."},
]


def introduction(public_url: str) -> str:
    """Write the introduction, with links under the public URL."""
    statuses = "\n".join(
        f"- {problem.status} [{problem.title}]({public_url}/problems/{problem.slug}): {problem.explanation}"
        for problem in ProblemType
        if problem.status in ANYWHERE
    )
    return _INTRODUCTION.format(
        base=public_url,
        local=public_url or DEFAULT_LOCAL_URL,
        section=SECTION_PATH,
        quotation=QUOTATION_PATH,
        statuses=statuses,
    )

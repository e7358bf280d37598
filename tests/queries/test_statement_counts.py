"""SQL statements of a response: as few for a large guide as for a small one."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.content import Guide, read_guides
from tests.service import SAMPLE, copy_of, publish_into, seed, serving, statements

MOST_STATEMENTS = 11
ADDRESSES = [
    "/v1/guides",
    "/v1/guides/treaty-of-nowhere",
    "/v1/guides/treaty-of-nowhere/source",
    "/v1/guides/treaty-of-nowhere/revisions",
    "/v1/guides/treaty-of-nowhere/revisions/000000000000",
    "/v1/guides/treaty-of-nowhere/changes?since=000000000000",
    "/v1/guides/treaty-of-nowhere/sections?limit=100",
    "/v1/guides/treaty-of-nowhere/sections?topic=origins&parent=none",
    "/v1/guides/treaty-of-nowhere/sections?topic=orgins&parent=none",
    "/v1/guides/treaty-of-nowhere/sections/signing",
    "/v1/guides/treaty-of-nowhere/sections/sining",
    "/v1/guides/treaty-of-nowhere/passages/signing.1",
    "/v1/guides/treaty-of-nowhere/passages/signing.99",
    "/v1/changes?since=0",
    "/v1/topics",
    "/v1/topics/origins",
    "/v1/topics/origins/sections?limit=100",
    "/v1/topics/orgins/sections",
    "/v1/guides/treaty-of-nowhere/citation",
    "/v1/guides/treaty-of-nowhere/sections/signing/citation",
    "/v1/guides/treaty-of-nowhere/passages/signing.1/citation",
    "/v1/sources/gazette/citation",
    "/v1/sources?format=bibtex",
    "/v1/instruments/treaty-of-nowhere/citation",
    "/v1/guides/treaty-of-nowhere/corrections?limit=100",
    "/v1/guides/treaty-of-nowhere/corrections?section=signing",
    "/v1/guides/treaty-of-nowhere/corrections?section=sining",
    "/v1/guides/treaty-of-nowhere/corrections/tuesday",
    "/v1/guides/treaty-of-nowhere/corrections/tusday",
    "/v1/instruments?limit=100",
    "/v1/instruments?topic=trade&guide=treaty-of-nowhere&section=signing&in_force_on=1965-01-01",
    "/v1/instruments/treaty-of-nowhere",
    "/v1/instruments/treaty-of-nowere",
    "/v1/instruments/treaty-of-nowhere/articles/2",
    "/v1/instruments/treaty-of-nowhere/articles/3",
    "/v1/events?limit=100",
    "/v1/events/signing",
    "/v1/terms?limit=100",
    "/v1/sources?limit=100",
    "/v1/sources/gazette",
    "/v1/quotations?text=the",
    "/v1/quotations?text=TEA",
    "/v1/quotations?text=Afterwards",
    "/v1/quotations?text=the&guide=treaty-of-nowhere&limit=100",
    "/v1/quotations?text=Afterwards there was no tea.&guide=treaty-of-nowere",
    "/v1/quotations?text=.",
    "/v1/quotations?text=“the",
    "/v1/quotations?text=%E2%80%90",
    "/v1/quotations?text=Afterwards there was no tea.",
    "/v1/search?q=the&kind=section&limit=100",
    "/v1/search?q=th*+-tea&kind=section&guide=treaty-of-nowhere&topic=origins",
    "/v1/search?q=the&kind=term",
    "/v1/search?q=treaty+tuseday+fi*",
    "/v1/search?q=treaty+tuseday&topic=orgins",
    "/v1/suggestions?q=si",
    "/v1/suggestions?q=the+si",
    "/llms.txt",
    "/sitemap.xml",
    "/sitemap-1.xml",
    "/health/ready",
]


# What each further section brings; every correction and fact also touches the section that all of them share.
FACTS = {
    "sources": "- {slug: source-{n}, title: Source {n}, type: book, checked: true}\n",
    "corrections": "- {slug: correction-{n}, section: more-{n}, kind: unsourced, severity: info, status: note,"
    " quote: 'Words {n}.', explanation: Why?, also_quotes: [Afterwards], sources: [{slug: source-{n}}]}\n",
    "instruments": "- {slug: instrument-{n}, short_name: I {n}, official_title: I, legal_character: treaty,"
    " parties: [], status: gone, description: It., sections: [more-{n}, signing], sources: [source-{n}],"
    " confidence: checked}\n",
    "articles": "- {instrument: instrument-{n}, articles: [{slug: '1', number: I, title: A, summary: B,"
    " sections: [more-{n}, signing], sources: [source-{n}], confidence: checked}]}\n",
    "events": "- {slug: event-{n}, date: '1960', event: It., category: treaty, sections: [more-{n}, signing],"
    " sources: [source-{n}], confidence: checked}\n",
    "terms": "- {slug: term-{n}, term: t, definition: It., sections: [more-{n}, signing],"
    " sources: [source-{n}], confidence: checked}\n",
}


def enlarged(seeds: Path, sections: int) -> list[Guide]:
    """Write the sample guides, with more sections that have everything a section can have."""
    path = seeds / "treaty-of-nowhere/guide.md"
    front, _, body = path.read_text().partition("---\n\n")
    topics = "".join(f"  more-{n}: [origins, trade]\n" for n in range(sections))
    items = ["THE ITEM", *["The item"] * (sections - 1)]  # only the first is in capitals
    more = "".join(
        f"\n## More {n} {{#more-{n}}}\n\nWords {n}.\n\n- {items[n]}.\n\n> See also A Guide to Pens\n"
        for n in range(sections)
    )
    path.write_text(f"{front}{topics}---\n\n{body}{more}")
    source = seeds / "treaty-of-nowhere/source.txt"
    added = "".join(
        f"\nMore {n}\n\nWords {n}.\n\n  • {items[n]}.\n\nSee also A Guide to Pens\n" for n in range(sections)
    )
    source.write_text(source.read_text() + added)
    for name, entry in FACTS.items():
        with (seeds / f"treaty-of-nowhere/{name}.yaml").open("a") as file:
            file.writelines(entry.replace("{n}", str(n)) for n in range(sections))
    return read_guides(seeds)


@pytest.fixture(scope="module")
def small_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    store = tmp_path_factory.mktemp("small") / "store.db"
    seed(store, SAMPLE)
    with serving(store, cache_bytes=0) as client:
        yield client


@pytest.fixture(scope="module")
def enlarged_client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("enlarged")
    publish_into(folder / "store.db", enlarged(copy_of(SAMPLE, folder / "seeds"), sections=300))
    with serving(folder / "store.db", cache_bytes=0) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_large_guide_needs_as_few_statements_as_a_small_one(
    small_client: httpx.Client, enlarged_client: httpx.Client, address: str
) -> None:
    with statements() as small:
        small_status = small_client.get(address).status_code
    with statements() as large:
        large_status = enlarged_client.get(address).status_code
    assert small_status == large_status < 500
    assert 0 < len(small) == len(large) <= MOST_STATEMENTS


def test_an_exact_quotation_is_read_alone(enlarged_client: httpx.Client) -> None:
    with statements() as executed:
        quotation = enlarged_client.get("/v1/quotations?text=THE ITEM.").json()
    assert (quotation["match"], len(quotation["places"])) == ("exact", 1)
    # The ids of the 300 passages that have the same words in other letters, the text of one, and its corrections.
    assert len(executed) == 3


def test_the_changes_of_a_large_guide_need_as_few_statements_as_those_of_a_small_one(
    small_client: httpx.Client, enlarged_client: httpx.Client
) -> None:
    address = "/v1/guides/treaty-of-nowhere/changes?limit=100"
    with statements() as small:
        kinds = {each["kind"] for each in small_client.get(address).json()["items"]}
    with statements() as large:
        shown = {each["kind"] for each in enlarged_client.get(address).json()["items"]}
    # The small guide is on one page, with resources of all kinds. The page of the large one has only sections.
    assert shown < kinds
    assert len(large) < len(small) <= 50

"""JSON-LD: it expands without a network and without loss, and says nothing that schema.org does not know."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest
from pyld import jsonld

from app.content.sources import SourceType
from app.representations.jsonld import CONTEXT, script_content
from app.representations.schema_org import SOURCE_TYPES
from tests.service import GUIDE, SAMPLE, replace_in, seed, serving

VOCABULARY = json.loads((Path(__file__).parent / "schema_org.json").read_text(encoding="utf-8"))
TYPES: dict[str, list[str]] = VOCABULARY["types"]
PROPERTIES: dict[str, dict[str, Any]] = VOCABULARY["properties"]
SCHEMA = "http://schema.org/"  # the names in schema.org's own context

# Without `@vocab`, unlike schema.org's: a name that is not in the vocabulary is lost in the expansion.
LOCAL_CONTEXT = {
    "Date": f"{SCHEMA}Date",
    **{name: f"{SCHEMA}{name}" for name in TYPES},
    **{
        name: {"@id": f"{SCHEMA}{name}", **({"@type": use["value"]} if "value" in use else {})}
        for name, use in PROPERTIES.items()
    },
}


def load_context(url: str, options: object) -> dict[str, Any]:
    assert url.rstrip("/") == CONTEXT
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": LOCAL_CONTEXT}}


def expand(data: dict[str, Any]) -> Any:
    return jsonld.expand(data, {"documentLoader": load_context, "base": "relative:/"})


def things(value: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects in JSON-LD, the outermost first."""
    if isinstance(value, dict):
        if "@value" not in value:
            yield value
        for inner in value.values():
            yield from things(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things(inner)


def supertypes(kind: str) -> set[str]:
    """Return a type of schema.org and those above it."""
    return {kind}.union(*(supertypes(parent) for parent in TYPES[kind]))


def names(value: Any) -> Counter[str]:
    return Counter(name.removeprefix(SCHEMA) for thing in things(value) for name in thing if not name.startswith("@"))


def linked_data(client: httpx.Client, path: str) -> dict[str, Any]:
    response = client.get(path, headers={"accept": "application/ld+json"})
    assert response.headers["content-type"] == "application/ld+json"
    data: dict[str, Any] = response.json()
    return data


@pytest.fixture(scope="module")
def documents(client: httpx.Client, sample: httpx.Client) -> list[Any]:
    """The JSON-LD of every guide, section, fact and source of the shipped and the sample guides."""
    return [linked_data(each, url) for each in (client, sample) for url in addresses(each)]


def addresses(client: httpx.Client) -> Iterator[str]:
    for guide in client.get("/v1/guides").json()["items"]:
        yield guide["url"]
        for link in ("sections", "instruments", "events", "terms", "sources"):
            page = guide["links"][link]
            while page:
                found = client.get(page).json()
                yield from (item["url"] for item in found["items"])
                yield from (article["url"] for item in found["items"] for article in item.get("articles", []))
                page = found["next"]


def test_it_expands_offline_without_losing_a_property(documents: list[Any]) -> None:
    kinds = {document["@type"] for document in documents}
    assert kinds >= {"Book", "Chapter", "Legislation", "Event", "DefinedTerm", "NewsArticle", "CreativeWork"}
    for document in documents:
        (expanded,) = expand(document)
        assert names(expanded) == names(document)
        assert expanded["@type"] == [f"{SCHEMA}{document['@type']}"]


def test_every_property_belongs_to_its_type_in_schema_org(documents: list[Any]) -> None:
    for document in documents:
        for thing in things(document):
            if "@type" not in thing:
                assert thing.keys() == {"@id"}
                continue
            own = supertypes(thing["@type"])
            assert [name for name in thing if name[0] != "@" and not own.intersection(PROPERTIES[name]["of"])] == []


def test_every_address_in_it_is_absolute(documents: list[Any]) -> None:
    for document in documents:
        for thing in things(expand(document)):
            assert thing.get("@id", "http://").startswith(("http://", "https://"))


def test_its_addresses_are_those_of_the_public_url_and_of_the_revision(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org/guides") as client:
        path = "/v1/guides/treaty-of-nowhere"
        revision = client.get(path).json()["revision"]
        book = linked_data(client, f"{path}?revision={revision}&edition=original")
    assert book["@id"] == f"https://treaties.example.org/guides{path}?edition=original&revision={revision}"
    assert book["bookEdition"] == "original"
    assert [chapter["@id"].partition("?")[2] for chapter in book["hasPart"]] == [
        f"edition=original&revision={revision}"
    ] * 3


def test_a_guide_has_its_sections_as_nested_parts(sample: httpx.Client) -> None:
    guide = linked_data(sample, "/v1/guides/treaty-of-nowhere")
    _, signing, tariffs = guide["hasPart"]
    assert [part["name"] for part in signing["hasPart"]] == ["Ratification", "Entry into force"]
    assert signing["hasPart"][0]["hasPart"][0]["position"] == "1.1.1"
    assert tariffs["hasPart"][0]["name"] == "Fish"


def test_a_section_has_its_passages_as_parts_and_names_what_it_is_about(sample: httpx.Client) -> None:
    path = "/v1/guides/treaty-of-nowhere/sections/signing"
    section, data = sample.get(path).json(), linked_data(sample, path)
    passages = [part for part in data["hasPart"] if part["@type"] == "CreativeWork"]
    assert [part["text"] for part in passages] == [passage["text"] for passage in section["passages"]]
    assert data["isPartOf"]["name"] == "A Guide to the Treaty of Nowhere"
    assert {thing["name"] for thing in data["about"]} >= {"Treaty of Nowhere", "Tea", "The treaty is signed."}
    assert [correction["creativeWorkStatus"] for correction in data["correction"]] == ["applied", "suggested"]


def test_a_subsection_is_part_of_its_parent(sample: httpx.Client) -> None:
    data = linked_data(sample, "/v1/guides/treaty-of-nowhere/sections/deposit")
    assert data["isPartOf"]["name"] == "Ratification"
    assert data["isPartOf"]["isPartOf"]["@type"] == "Book"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/instruments/treaty-1960", "InForce"),
        ("/v1/instruments/security-treaty-1951", "NotInForce"),
        ("/v1/instruments/guidelines-2015", None),  # current, but a statement of policy
        ("/v1/instruments/saco-final-report-1996", None),
    ],
)
def test_the_legal_force_of_an_instrument_is_stated_if_it_is_known(
    client: httpx.Client, path: str, status: str | None
) -> None:
    force = linked_data(client, path).get("legislationLegalForce")
    assert force == ({"@id": f"https://schema.org/{status}"} if status else None)


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ("date_in_force: 1960-02-29\n  date_ended: 2999-01-01", "InForce"),
        ("date_in_force: 2999-01-01", "NotInForce"),
    ],
)
def test_the_legal_force_is_that_of_the_day_of_publication(seeds: Path, store: Path, dates: str, status: str) -> None:
    replace_in(seeds / "treaty-of-nowhere", "date_in_force: 1960-02-29\n  date_ended: 1970-01-01", dates)
    seed(store, seeds)
    with serving(store) as client:
        data = linked_data(client, "/v1/instruments/treaty-of-nowhere")
    assert data["legislationLegalForce"] == {"@id": f"https://schema.org/{status}"}


def test_an_instrument_has_its_names_dates_and_articles(sample: httpx.Client) -> None:
    data = linked_data(sample, "/v1/instruments/treaty-of-nowhere")
    assert data["alternateName"] == ["Treaty of Nowhere", japanese("どこにもない条約"), japanese("無条約")]
    assert data["legislationDate"] == "1959-07-01"
    assert data["legislationIdentifier"] == ["1 NTS 1"]
    assert [article["position"] for article in data["hasPart"]] == ["Preamble", "II", "III"]


def test_a_term_has_its_japanese_names(sample: httpx.Client) -> None:
    data = linked_data(sample, "/v1/terms/pen")
    assert data["alternateName"] == [japanese("ペン"), japanese("pen", "ja-Latn")]
    assert data["inDefinedTermSet"]["@type"] == "DefinedTermSet"


def test_an_event_has_a_date_as_precise_as_it_is_known(sample: httpx.Client) -> None:
    dates = {slug: linked_data(sample, f"/v1/events/{slug}")["startDate"] for slug in ("signing", "counting")}
    assert dates == {"signing": "1959-07-01", "counting": "1960-02"}


def test_a_source_has_the_type_of_the_work(sample: httpx.Client) -> None:
    gazette, memoir = (linked_data(sample, f"/v1/sources/{slug}") for slug in ("gazette", "memoir"))
    assert (gazette["@type"], gazette["isPartOf"]["name"]) == ("NewsArticle", "Nowhere Press")
    assert (memoir["@type"], memoir["author"][0]["familyName"]) == ("Book", "Nib")
    assert set(SOURCE_TYPES) <= set(get_args(SourceType))
    assert all("CreativeWork" in supertypes(kind) for kind in SOURCE_TYPES.values())


def test_the_original_edition_has_the_words_of_the_author(client: httpx.Client) -> None:
    path = f"/v1/guides/{GUIDE}/sections/history?edition=original"
    text = client.get(path).json()["passages"][0]["text"]
    assert linked_data(client, path)["hasPart"][0]["text"] == text


def test_no_text_ends_a_script_element() -> None:
    data = {"name": "</script><!-- <script> &amp; \u2028\u2029"}
    content = script_content(data)
    assert not set("<>&\u2028\u2029") & set(content)
    assert json.loads(content) == data


def japanese(text: str, language: str = "ja") -> dict[str, str]:
    return {"@value": text, "@language": language}

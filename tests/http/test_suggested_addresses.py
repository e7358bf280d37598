"""Suggestions for unknown addresses: `did_you_mean` lists others that return 200."""

from pathlib import Path

import httpx
import pytest

from app.http.addresses import SYNONYMS
from tests.http.responses import problem
from tests.service import GUIDE, SAMPLE, seed, serving, statements

GUIDE_URL = f"/v1/guides/{GUIDE}"
PUBLIC_URL = "https://treaties.example/api"


def suggested(client: httpx.Client, path: str) -> list[str]:
    """Return the addresses suggested for an unknown one, after requesting each of them."""
    found = problem(client.get(path))
    assert found.status == 404
    for address in found.did_you_mean or []:
        assert client.get(address).status_code == 200, address
    return found.did_you_mean or []


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/v1/glossary", "/v1/terms"),
        ("/v1/timeline", "/v1/events"),
        ("/v1/quotes", "/v1/quotations?text=anchored+in+mutual+defense"),
        ("/v1/quotes?text=mutual", "/v1/quotations?text=mutual"),
        ("/v1/treaties/treaty-1960", "/v1/instruments/treaty-1960"),
        ("/v1/agreements", "/v1/instruments"),
        ("/v1/bibliography", "/v1/sources"),
        (f"{GUIDE_URL}/footnotes", f"{GUIDE_URL}/corrections"),
        (f"{GUIDE_URL}/notes", f"{GUIDE_URL}/corrections"),
        (f"{GUIDE_URL}/toc", GUIDE_URL),
        (f"{GUIDE_URL}/contents", GUIDE_URL),
        (f"{GUIDE_URL}/paragraphs", f"{GUIDE_URL}/passages"),
        (f"{GUIDE_URL}/chapters/history", f"{GUIDE_URL}/sections/history"),
        ("/swagger", "/docs"),
        ("/redoc", "/docs"),
        ("/openapi.yaml", "/openapi.json"),
        ("/healthz", "/health/ready"),
    ],
)
def test_a_synonym_leads_to_the_word_of_this_api(client: httpx.Client, path: str, address: str) -> None:
    assert suggested(client, path) == [address]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/v1/term", "/v1/terms"),
        (f"/v1/guide/{GUIDE}", GUIDE_URL),
        (f"/v1/guide/{GUIDE}/section/history", f"{GUIDE_URL}/sections/history"),
        ("/v1/source/treaty-1960", "/v1/sources/treaty-1960"),
        ("/v1/eevnts", "/v1/events"),
        ("/v1/Events", "/v1/events"),
        ("/V1/TERMS/ANPO", "/v1/terms/anpo"),
        (f"{GUIDE_URL}/corections", f"{GUIDE_URL}/corrections"),
        ("/health/Live", "/health/live"),
        ("/problems/Not-Found", "/problems/not-found"),
        ("/.well-known/api-catalogue", "/.well-known/api-catalog"),
    ],
)
def test_case_number_and_typos_of_words_make_no_difference(client: httpx.Client, path: str, address: str) -> None:
    assert suggested(client, path) == [address]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/terms/anpo", "/v1/terms/anpo"),
        ("/api/v1/terms", "/v1/terms"),
        (f"/guides/{GUIDE}", GUIDE_URL),
        (f"/{GUIDE}", GUIDE_URL),
        (f"/v1/{GUIDE}/sections", f"{GUIDE_URL}/sections"),
        (f"/v1/{GUIDE}/history", f"{GUIDE_URL}/sections/history"),
        ("/v1/sections/history", f"{GUIDE_URL}/sections/history"),
        ("/v1/instruments/treaty-1960/5", "/v1/instruments/treaty-1960/articles/5"),
        (f"{GUIDE_URL}/search", f"/v1/search?guide={GUIDE}&q=joint+exercises"),
        (f"{GUIDE_URL}/search?q=okinawa", f"/v1/search?guide={GUIDE}&q=okinawa"),
        ("/v1/guides/x/search", "/v1/search?q=joint+exercises"),
        (f"{GUIDE_URL}/events", f"/v1/events?guide={GUIDE}"),
        (f"{GUIDE_URL}/terms/anpo", "/v1/terms/anpo"),
        (f"{GUIDE_URL}/topics", "/v1/topics"),
    ],
)
def test_words_that_were_left_out_or_added_make_no_difference(client: httpx.Client, path: str, address: str) -> None:
    assert suggested(client, path) == [address]


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (f"{GUIDE_URL}/sections/2", f"{GUIDE_URL}/sections/significance"),
        (f"{GUIDE_URL}/sections/4.1", f"{GUIDE_URL}/sections/joint-training-exercises"),
        (f"{GUIDE_URL}/sections/section-2", f"{GUIDE_URL}/sections/significance"),
        (f"{GUIDE_URL}/sections/History", f"{GUIDE_URL}/sections/history"),
        (f"{GUIDE_URL}/sections/2/citation", f"{GUIDE_URL}/sections/significance/citation"),
        (f"{GUIDE_URL}/sections/Joint Training Exercises", f"{GUIDE_URL}/sections/joint-training-exercises"),
        (f"/v1/guides/{GUIDE.upper()}", GUIDE_URL),
        (f"/v1/guides/{GUIDE.replace('-', '_')}/sections", f"{GUIDE_URL}/sections"),
        (f"{GUIDE_URL}/passages/history/1", f"{GUIDE_URL}/passages/history.1"),
        (f"{GUIDE_URL}/passages/history-1", f"{GUIDE_URL}/passages/history.1"),
        (f"{GUIDE_URL}/passages/1.1", f"{GUIDE_URL}/passages/history.1"),
        ("/v1/instruments/treaty-1960/articles/VI", "/v1/instruments/treaty-1960/articles/6"),
        ("/v1/instruments/treaty-1960/articles/v", "/v1/instruments/treaty-1960/articles/5"),
        ("/v1/instruments/treaty-1960/articles/article-5", "/v1/instruments/treaty-1960/articles/5"),
        ("/v1/terms/SOFA", "/v1/terms/status-of-forces-agreement"),
        ("/v1/terms/sofa", "/v1/terms/status-of-forces-agreement"),
        ("/v1/terms/安保", "/v1/terms/anpo"),
        ("/v1/instruments/1960 treaty", "/v1/instruments/treaty-1960"),
        ("/v1/terms/anpo.json", "/v1/terms/anpo"),
        ("/v1/terms.json", "/v1/terms"),
        (f"{GUIDE_URL}/sections/2?edition=original", f"{GUIDE_URL}/sections/significance?edition=original"),
        ("/v1/terms/Status of Forces Agreement", "/v1/terms/status-of-forces-agreement"),
        ("/v1/terms/article-6", "/v1/terms/article-vi"),
        ("/v1/topics/Economy and Trade", "/v1/topics/economy-and-trade"),
        (f"{GUIDE_URL}/corrections/Year Placeholder", f"{GUIDE_URL}/corrections/year-placeholder"),
    ],
)
def test_numbers_titles_and_abbreviations_lead_to_the_resource(client: httpx.Client, path: str, address: str) -> None:
    assert suggested(client, path) == [address]


@pytest.mark.parametrize(
    ("path", "first"),
    [
        ("/v1/terms/Self-Defence Forces", "/v1/terms/self-defense-forces"),
        ("/v1/term/ampo", "/v1/terms/anpo"),
        ("/v1/guide/us-japan/sections/histroy", f"{GUIDE_URL}/sections/history"),
    ],
)
def test_a_typo_in_a_name_leads_to_similar_ones(client: httpx.Client, path: str, first: str) -> None:
    assert suggested(client, path)[0] == first


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (f"{GUIDE_URL}/nope", GUIDE_URL),
        (f"{GUIDE_URL}/sections/history/nonsense", f"{GUIDE_URL}/sections/history"),
        ("/v1/instruments/treaty-1960/articles", "/v1/instruments/treaty-1960"),
        ("/v1/terms/§§§", "/v1/terms"),
        ("/v1", "/v1/guides"),
        ("/health", "/health/live"),
    ],
)
def test_what_is_known_of_a_path_leads_to_the_nearest_address(client: httpx.Client, path: str, address: str) -> None:
    assert suggested(client, path) == [address]


@pytest.mark.parametrize(
    "path",
    [
        "/nope",
        "/v1/nope",
        "/wp-login.php",
        "/.env",
        "/favicon.ico",
        "/v1/terms/xyzzy",
        "/v1/glossary" + "/a" * 10,
        "/v1/glossary/" + "a" * 300,
        "/" + "a" * 4000,
    ],
)
def test_nonsense_gets_no_suggestion(client: httpx.Client, path: str) -> None:
    assert suggested(client, path) == []


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("sections?topic=Economy and Trade", ["economy-and-trade"]),
        ("sections?parent=Joint_Training_Exercises", ["joint-training-exercises"]),
        ("corrections?section=History", ["history"]),
        ("corrections?passage=history-1", ["history.1"]),
        ("sections?topic=", None),
        ("sections?topic=§", None),
        ("sections?cursor=§", None),
    ],
)
def test_a_malformed_name_in_a_parameter_is_a_422_with_the_existing_one(
    client: httpx.Client, query: str, names: list[str] | None
) -> None:
    found = problem(client.get(f"{GUIDE_URL}/{query}"))
    assert (found.status, found.did_you_mean) == (422, names)


def test_every_synonym_leads_somewhere(client: httpx.Client) -> None:
    for word, synonyms in SYNONYMS.items():
        after = "/5" if word == "articles" else ""
        for synonym in synonyms.split():
            parents = ("", "/v1", GUIDE_URL, f"{GUIDE_URL}/sections/history", "/v1/instruments/treaty-1960")
            found = [suggested(client, f"{parent}/{synonym}{after}") for parent in parents]
            assert any(word.strip(".") in address for addresses in found for address in addresses), synonym


def test_a_word_of_every_guide_leads_to_all_of_them(sample: httpx.Client) -> None:
    guides = [guide["url"] for guide in sample.get("/v1/guides").json()["items"]]
    assert suggested(sample, "/v1/sections") == [f"{guide}/sections" for guide in guides]


def test_suggestions_are_under_the_public_url(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url=PUBLIC_URL) as client:
        assert client.get("/v1/glossary").json()["did_you_mean"] == [f"{PUBLIC_URL}/v1/terms"]


def test_only_names_are_looked_up_in_the_store(sample: httpx.Client) -> None:
    with statements() as executed:
        assert problem(sample.get("/v1/glossary")).did_you_mean == ["/v1/terms"]
        assert executed == []
        sample.get("/v1/glossary/SOFA")
        assert executed


def test_without_a_store_a_404_suggests_nothing(store: Path) -> None:
    with serving(store) as client:
        found = problem(client.get("/v1/glossary"))
        assert (found.status, found.did_you_mean) == (404, None)


def test_an_address_is_no_suggestion_for_itself_in_another_revision(store: Path, seeds: Path) -> None:
    publication = seed(store, seeds)[0]
    guide = seeds / publication.guide / "guide.md"
    guide.write_text(guide.read_text() + "\n## Lighthouses {#lighthouses}\n\nThey shine.\n")
    seed(store, seeds)
    with serving(store) as client:
        address = f"/v1/guides/{publication.guide}/sections/lighthouses"
        assert client.get(address).status_code == 200
        assert address not in (problem(client.get(f"{address}?revision={publication.revision}")).did_you_mean or [])

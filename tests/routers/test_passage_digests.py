"""References to passages that find their words wherever they stand."""

from pathlib import Path

import httpx
import pytest

from tests.http.responses import links, problem
from tests.service import replace_in, seed, serving

PASSAGES = "/v1/guides/treaty-of-nowhere/passages"
TEA = "signing.4"


def digest_of(client: httpx.Client, passage: str, **query: str) -> str:
    digest: str = client.get(f"{PASSAGES}/{passage}", params=query).json()["digest"]
    return digest


def leads_to(client: httpx.Client, address: str) -> str:
    """Return the address to which a 307 leads."""
    response = client.get(address)
    assert (response.status_code, response.content) == (307, b"")
    assert response.headers["cache-control"] == "no-store"
    assert client.head(address).headers["location"] == response.headers["location"]
    assert client.get(response.headers["location"]).status_code == 200
    return response.headers["location"]


def test_a_digest_of_the_text_that_is_here_changes_nothing(sample: httpx.Client) -> None:
    plain = sample.get(f"{PASSAGES}/{TEA}")
    digest = plain.json()["digest"]
    digits = digest.removeprefix("sha256:")
    for written in (digest, digits, digits[:12], f"sha256:{digits[:12]}"):
        response = sample.get(f"{PASSAGES}/{TEA}", params={"digest": written})
        assert (response.status_code, response.content) == (200, plain.content)
        assert response.headers["etag"] == plain.headers["etag"]
        assert links(response)["canonical"] == links(plain)["canonical"]


def test_a_reference_survives_a_paragraph_inserted_before_it(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with serving(store) as client:
        digest = digest_of(client, TEA)
    replace_in(seeds / "treaty-of-nowhere", "The treaty was signed", "A new paragraph.\n\nThe treaty was signed")
    seed(store, seeds)
    with serving(store) as client:
        for written in (digest, digest[7:19]):
            assert leads_to(client, f"{PASSAGES}/{TEA}?digest={written}") == f"{PASSAGES}/signing.5"
        assert leads_to(client, f"{PASSAGES}/{TEA}?digest={digest}&format=md") == f"{PASSAGES}/signing.5?format=md"
        assert leads_to(client, f"{PASSAGES}/elsewhere.9?digest={digest}") == f"{PASSAGES}/signing.5"


def test_text_that_is_gone_is_a_404_with_the_address_of_the_last_passage_that_had_it(store: Path, seeds: Path) -> None:
    first = revision_of(store, seeds)
    with serving(store) as client:
        digest = digest_of(client, "fish.1")
    replace_in(seeds / "treaty-of-nowhere", "The treaty was signed", "A new paragraph.\n\nThe treaty was signed")
    second = revision_of(store, seeds)
    replace_in(seeds / "treaty-of-nowhere", "Fish pay nothing.", "Fish pay a little.")
    third = revision_of(store, seeds)
    with serving(store) as client:
        found = problem(client.get(f"{PASSAGES}/fish.1?digest={digest}"))
        last = f"{PASSAGES}/fish.1?revision={second}"
        assert (found.status, found.did_you_mean) == (404, [last])
        assert third in found.detail
        assert last in found.detail
        assert client.get(last).json()["digest"] == digest
        for revision in (first, second):
            assert client.get(f"{PASSAGES}/fish.1?digest={digest}&revision={revision}").status_code == 200
        unknown = problem(client.get(f"{PASSAGES}/fish.1?digest=000000000000"))
        assert (unknown.status, unknown.did_you_mean) == (404, None)


def test_words_that_only_the_author_wrote_are_found_in_the_original_edition(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with serving(store) as client:
        corrected, original = (digest_of(client, "signing.1", edition=edition) for edition in ("corrected", "original"))
        assert corrected != original
        assert leads_to(client, f"{PASSAGES}/signing.1?digest={original}") == f"{PASSAGES}/signing.1?edition=original"
        address = f"{PASSAGES}/signing.1?edition=original&digest={corrected}"
        assert leads_to(client, address) == f"{PASSAGES}/signing.1"
        for edition, digest in (("corrected", corrected), ("original", original)):
            assert client.get(f"{PASSAGES}/signing.1?edition={edition}&digest={digest}").status_code == 200


def test_of_several_passages_with_the_same_text_the_nearest_is_found(store: Path, seeds: Path) -> None:
    replace_in(seeds / "treaty-of-nowhere", "Fish pay nothing.", "Afterwards there was tea.")
    replace_in(seeds / "treaty-of-nowhere", "quote: tea", "quote: was tea")
    path = seeds / "treaty-of-nowhere/corrections.yaml"
    path.write_text(path.read_text().replace("- slug: tea\n  section: signing", "- slug: tea\n  section: fish"))
    seed(store, seeds)
    with serving(store) as client:
        digest = digest_of(client, "fish.1")
        assert client.get(f"{PASSAGES}/fish.1?digest={digest}").status_code == 200
        assert client.get(f"{PASSAGES}/{TEA}?digest={digest}").status_code == 200
        assert leads_to(client, f"{PASSAGES}/signing.2?digest={digest}") == f"{PASSAGES}/{TEA}"
        assert leads_to(client, f"{PASSAGES}/fish.7?digest={digest}") == f"{PASSAGES}/fish.1"


@pytest.mark.parametrize("written", ["", "0", "sha256:", "md5:000000000000", "0" * 13, "A" * 12, "g" * 12])
def test_a_malformed_digest_is_a_422(sample: httpx.Client, written: str) -> None:
    found = problem(sample.get(f"{PASSAGES}/{TEA}", params={"digest": written}))
    assert (found.status, found.errors and found.errors[0].parameter) == (422, "digest")


def test_pages_link_passages_with_their_digests(sample: httpx.Client) -> None:
    digest = digest_of(sample, TEA)[7:19]
    link = f'class="permalink" href="{PASSAGES}/{TEA}?digest={digest}"'
    for address in (f"{PASSAGES}/{TEA}", PASSAGES, "/v1/guides/treaty-of-nowhere/sections/signing"):
        assert link in sample.get(f"{address}?format=html").text


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_citations_of_passages_have_the_digest_of_the_text(sample: httpx.Client, edition: str) -> None:
    digest = digest_of(sample, "signing.1", edition=edition)[7:19]
    [reference] = sample.get(f"{PASSAGES}/signing.1/citation?edition={edition}").json()
    url = httpx.URL(reference["URL"])
    assert (url.path, url.params["digest"]) == (f"{PASSAGES}/signing.1", digest)
    assert sample.get(url.raw_path.decode()).status_code == 200
    page = sample.get(f"{PASSAGES}/signing.1?edition={edition}&format=html").text
    assert str(url).replace("&", "&amp;") in page


def revision_of(store: Path, seeds: Path) -> str:
    return next(each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere")


def test_every_passage_is_found_by_its_digest(sample: httpx.Client) -> None:
    for edition in ("corrected", "original"):
        for passage in sample.get(f"{PASSAGES}?edition={edition}&limit=100").json()["items"]:
            response = sample.get(passage["url"], params={"digest": passage["digest"], "edition": edition})
            assert response.status_code == 200

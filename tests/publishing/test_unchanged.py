"""A publication leaves the resources that it does not change as they were, with their ETags."""

from pathlib import Path

import httpx
import pytest

from tests.service import GUIDE, SEEDS, copy_of, replace_in, seed, serving

BEFORE, AFTER = "Two treaties are run together.", "Two treaties are confused."
SLUG = "signed-1951-conflation"
GUIDE_URL = f"/v1/guides/{GUIDE}"

# They show the current revision of the guide.
OF_THE_GUIDE = {
    *("/v1/guides", GUIDE_URL, f"{GUIDE_URL}?edition=original"),
    *(f"{GUIDE_URL}/revisions", f"{GUIDE_URL}/changes", f"{GUIDE_URL}/downloads", "/v1/changes"),
    *(f"{GUIDE_URL}/downloads/csv", f"{GUIDE_URL}/downloads/epub"),  # compressed, so the words are not seen
}


def test_one_changed_word_changes_only_the_etags_of_what_shows_it(
    tmp_path: Path, shipped_responses: dict[str, httpx.Response]
) -> None:
    seeds, store = copy_of(SEEDS, tmp_path / "seeds"), tmp_path / "store.db"
    [first] = seed(store, seeds)
    replace_in(seeds / GUIDE, BEFORE, AFTER)
    [second] = seed(store, seeds)
    assert second.revision != first.revision
    before = {
        address: response
        for address, response in shipped_responses.items()
        if "etag" in response.headers and not any(name in address for name in ("revision=", "/changes?", "/revisions/"))
    }
    with serving(store) as client:
        after = {address: client.get(address) for address in before}
        changed = {address for address in before if after[address].headers["etag"] != before[address].headers["etag"]}
        shows_it = {address for address, response in after.items() if AFTER in response.text}
        assert f"{GUIDE_URL}/sections/history" in shows_it
        assert changed == shows_it | (OF_THE_GUIDE & before.keys())
        assert len(before) - len(changed) > 500
        for address in (f"{GUIDE_URL}/corrections/{SLUG}", f"{GUIDE_URL}/sections/history"):
            assert after[address].json()["revision"] == second.revision
        for address in (f"{GUIDE_URL}/sections/significance", "/v1/instruments/treaty-1960", "/v1/terms/anpo"):
            assert after[address].json()["revision"] == first.revision
            assert after[address].headers["content-revision"] == second.revision


@pytest.mark.parametrize("format_", ["md", "txt", "html"])
def test_a_publication_leaves_the_documents_that_it_does_not_change(tmp_path: Path, format_: str) -> None:
    seeds, store = copy_of(SEEDS, tmp_path / "seeds"), tmp_path / "store.db"
    seed(store, seeds)
    unchanged = (
        f"{GUIDE_URL}/sections/significance",
        f"{GUIDE_URL}/passages/history.1",
        f"{GUIDE_URL}/corrections/year-placeholder",
        f"{GUIDE_URL}/sections",
        f"{GUIDE_URL}/passages",
        f"{GUIDE_URL}/corrections?section=significance",
        "/v1/terms/anpo",
        f"/v1/terms?guide={GUIDE}",
    )

    def etags(client: httpx.Client) -> dict[str, str]:
        addresses = (httpx.URL(address).copy_set_param("format", format_) for address in unchanged)
        return {str(address): client.get(address).headers["etag"] for address in addresses}

    with serving(store) as client:
        before = etags(client)
    replace_in(seeds / GUIDE, BEFORE, AFTER)
    seed(store, seeds)
    with serving(store) as client:
        assert etags(client) == before


def revisions(client: httpx.Client, *addresses: str) -> list[str]:
    return [client.get(address).json()["revision"] for address in addresses]


def test_a_resource_changes_with_everything_that_it_shows(store: Path, seeds: Path) -> None:
    folder = seeds / "treaty-of-nowhere"
    signing, term = "/v1/guides/treaty-of-nowhere/sections/signing", "/v1/terms/pen"
    fish, notes = "/v1/guides/treaty-of-nowhere/sections/fish", "/v1/instruments/pen-notes"
    addresses = (signing, term, fish, notes)

    def publish(before: str, after: str) -> str:
        replace_in(folder, before, after)
        return next(each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere")

    first = publish("nothing to replace", "")
    new_definition = publish("What a treaty is signed with.", "What signs a treaty.")
    with serving(store) as client:
        # The section shows the definition of the term.
        assert revisions(client, *addresses) == [new_definition, new_definition, first, first]
    new_title = publish("The Signing", "The Ceremony")
    with serving(store) as client:
        # The term shows the title of the section, and so does the instrument.
        assert revisions(client, *addresses) == [new_title, new_title, first, new_title]
    again = publish("The Ceremony", "The Signing")
    assert again == new_definition
    with serving(store) as client:
        assert revisions(client, *addresses) == [new_definition, new_definition, first, first]


def test_everything_changed_in_the_first_publication(client: httpx.Client) -> None:
    revision = client.get(GUIDE_URL).json()["revision"]
    addresses = (f"{GUIDE_URL}/sections/history", f"{GUIDE_URL}/corrections/{SLUG}", "/v1/sources/treaty-1960")
    assert revisions(client, *addresses) == [revision] * 3


def test_a_passage_changes_with_its_text_in_either_edition(store: Path, seeds: Path) -> None:
    [first] = [each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere"]
    replace_in(seeds / "treaty-of-nowhere", "on Wednesday, 1 July 1959", "on Thursday, 2 July 1959")
    [second] = [each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere"]
    with serving(store) as client:
        for passage, revision in (("signing.1", second), ("signing.2", first)):
            [reference] = client.get(f"/v1/guides/treaty-of-nowhere/passages/{passage}/citation").json()
            assert httpx.URL(reference["URL"]).params["revision"] == revision

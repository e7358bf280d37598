"""The two editions of the text."""

import httpx

from tests.routers.lists import all_items
from tests.service import GUIDE, SEEDS

GUIDE_URL = f"/v1/guides/{GUIDE}"
APPLIED = {"signed-1951-conflation", "year-placeholder", "intel-tech-exercises-provisions", "capabilities-attribution"}


def passages(client: httpx.Client, edition: str) -> dict[str, str]:
    """Return the text of every passage of the shipped guide in an edition, by id."""
    sections = all_items(client, f"{GUIDE_URL}/sections?edition={edition}")
    return {passage["id"]: passage["text"] for section in sections for passage in section["passages"]}


def test_the_editions_differ_only_in_the_four_applied_corrections(client: httpx.Client) -> None:
    original, corrected = passages(client, "original"), passages(client, "corrected")
    applied = all_items(client, f"{GUIDE_URL}/corrections?status=applied")
    assert {correction["slug"] for correction in applied} == APPLIED
    expected = dict(original)
    for correction in applied:
        id_, (start, end) = correction["passage"], correction["original_span"].values()
        assert original[id_][start:end] == correction["quote"]
        expected[id_] = expected[id_].replace(correction["quote"], correction["replacement"])
    assert corrected == expected
    assert sum(corrected[id_] != original[id_] for id_ in original) == 3  # two of them are in one passage


def test_the_corrected_edition_is_the_default_everywhere(client: httpx.Client) -> None:
    for address in (f"{GUIDE_URL}/sections/significance", f"{GUIDE_URL}/passages/significance.1"):
        default, corrected = client.get(address).json(), client.get(f"{address}?edition=corrected").json()
        assert default == corrected != client.get(f"{address}?edition=original").json()
    section = client.get(f"{GUIDE_URL}/sections/significance").json()
    assert section["edition"] == "corrected"
    assert client.get(f"{GUIDE_URL}/sections/significance?edition=original").json()["edition"] == "original"


def test_the_default_edition_has_no_unfilled_year(client: httpx.Client) -> None:
    assert not any("{YEAR}" in text for text in passages(client, "corrected").values())
    assert "Established in 1960, this treaty" in passages(client, "corrected")["significance.1"]
    assert [id_ for id_, text in passages(client, "original").items() if "{YEAR}" in text] == ["significance.1"]


def test_the_offsets_of_every_place_are_right_in_both_editions(client: httpx.Client) -> None:
    editions = {edition: passages(client, edition) for edition in ("original", "corrected")}
    places = 0
    for correction in all_items(client, f"{GUIDE_URL}/corrections"):
        for place in (correction, *correction["also"]):
            (start, end), (moved, moved_end) = place["original_span"].values(), place["corrected_span"].values()
            original, corrected = (editions[edition][place["passage"]] for edition in ("original", "corrected"))
            assert original[start:end] == place["quote"]
            assert original[:start].endswith(place["prefix"])
            assert original[end:].startswith(place["suffix"])
            there = correction["replacement"] if correction["status"] == "applied" and place is correction else None
            assert corrected[moved:moved_end] == (there or place["quote"])
            places += 1
    assert places == 96


def test_the_source_document_has_no_editions(client: httpx.Client) -> None:
    assert client.get(f"{GUIDE_URL}/source").content == (SEEDS / GUIDE / "source.txt").read_bytes()
    for query in ("edition=original", "edition=corrected", "revision=0123456789ab"):
        for path in ("source", "revisions"):
            [error] = client.get(f"{GUIDE_URL}/{path}?{query}").json()["errors"]
            assert error["parameter"] == query.partition("=")[0]


def test_the_sections_of_a_topic_are_available_in_both_editions(client: httpx.Client) -> None:
    address = "/v1/topics/treaty-text-and-commitments/sections"
    assert "Established in 1960" in client.get(address).text
    assert (
        "Established in 1960, "
        not in client.get(f"{address}?edition=original").json()["items"][0]["passages"][0]["text"]
    )

"""Corrections and their filters."""

import httpx
import pytest

from tests.routers.lists import all_items
from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"


def test_sections_and_passages_list_the_corrections_that_touch_them(client: httpx.Client) -> None:
    corrections = all_items(client, f"{GUIDE_URL}/corrections")
    places = [(place, correction) for correction in corrections for place in (correction, *correction["also"])]
    for section in all_items(client, f"{GUIDE_URL}/sections"):
        touching = [(place, correction) for place, correction in places if place["section"] == section["slug"]]
        order = {passage["id"]: position for position, passage in enumerate(section["passages"])}
        touching.sort(key=lambda each: (order[each[0]["passage"]], each[0]["original_span"]["start"]))
        in_order = {correction["slug"]: correction for _, correction in touching}
        assert section["corrections"] == list(in_order.values())
        for passage in section["passages"]:
            assert passage["corrections"] == [
                {
                    **{name: correction[name] for name in ("slug", "status", "severity")},
                    **place["corrected_span"],
                    "primary": place is correction,
                }
                for place, correction in touching
                if place["passage"] == passage["id"]
            ]


def test_a_correction_is_the_same_alone_and_in_its_list(client: httpx.Client) -> None:
    listed = all_items(client, f"{GUIDE_URL}/corrections?limit=7")
    assert len(listed) == 51
    for correction in listed:
        assert client.get(correction["url"]).json() == correction


def test_a_correction_may_have_further_places(sample: httpx.Client) -> None:
    tuesday = sample.get(f"{NOWHERE}/corrections/tuesday").json()
    assert tuesday["also"] == [
        {
            "section": "ratification",
            "passage": "ratification.1",
            "quote": "took 1. a day",
            "prefix": "Ratification ",
            "suffix": " and 2. a night.",
            "original_span": {"start": 13, "end": 26},
            "corrected_span": {"start": 13, "end": 26},
            "url": f"{NOWHERE}/passages/ratification.1",
        }
    ]
    assert sample.get(f"{NOWHERE}/passages/ratification.1").json()["corrections"] == [
        {"slug": "tuesday", "status": "applied", "severity": "major", "start": 13, "end": 26, "primary": False}
    ]
    assert tuesday["sources"][0] == {
        "slug": "gazette",
        "title": "The Nowhere Gazette & Advertiser",
        "pinpoint": "p. 3",
        "url": "/v1/sources/gazette",
        "link": "https://gazette.example/1959?page=3&column=2",
    }


def test_a_quote_that_overlaps_a_change_includes_all_of_it_when_corrected(sample: httpx.Client) -> None:
    nobody = sample.get(f"{NOWHERE}/corrections/nobody").json()
    text = sample.get(f"{NOWHERE}/passages/signing.1").json()["text"]
    assert (
        text[nobody["corrected_span"]["start"] : nobody["corrected_span"]["end"]]
        == "on Wednesday, 1 July 1959, & nobody"
    )


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("section=signing", ["tuesday", "nobody", "tea"]),
        ("section=ratification", ["tuesday"]),
        ("section=fish", []),
        ("passage=signing.1", ["tuesday", "nobody"]),
        ("passage=ratification.1", ["tuesday"]),
        ("passage=fish.1", []),
        ("passage=signing.1&section=ratification", ["tuesday"]),
        ("passage=signing.1&status=suggested", ["nobody"]),
        ("status=suggested", ["nobody"]),
        ("kind=overstatement", ["tea"]),
        ("severity=major", ["tuesday"]),
        ("section=signing&severity=info&status=note", ["tea"]),
        ("status=note&severity=major", []),
    ],
)
def test_corrections_are_filtered(sample: httpx.Client, query: str, slugs: list[str]) -> None:
    page = sample.get(f"{NOWHERE}/corrections?{query}").json()
    assert [correction["slug"] for correction in page["items"]] == slugs
    assert page["total"] == len(slugs)


@pytest.mark.parametrize(
    ("query", "parameter", "message"),
    [
        ("section=sining", "section", "There is no section “sining”."),
        ("status=appled", "status", "'applied', 'suggested' or 'note'"),
        ("kind=x", "kind", "'placeholder'"),
        ("severity=x", "severity", "'moderate'"),
        ("edition=x", "edition", "'corrected' or 'original'"),
        ("format=pdf", "format", "'json', 'md', 'html' or 'txt'"),
        ("passage=signing.99", "passage", "There is no passage “signing.99”."),
        ("passage=sining.1", "passage", "There is no passage “sining.1”."),
        ("passage=fish.1&section=sining", "section", "There is no section “sining”."),
        ("passage=signing", "passage", "String should match pattern"),
        ("passage=signing.99999999999999999999", "passage", "String should match pattern"),
    ],
)
def test_an_unknown_value_gives_422_with_the_allowed_ones(
    sample: httpx.Client, query: str, parameter: str, message: str
) -> None:
    response = sample.get(f"{NOWHERE}/corrections?{query}")
    assert response.status_code == 422
    (error,) = response.json()["errors"]
    assert error["parameter"] == parameter
    assert message in error["message"]


def test_an_unknown_correction_gives_404_with_the_nearest_slugs(sample: httpx.Client) -> None:
    response = sample.get(f"{NOWHERE}/corrections/tusday")
    assert (response.status_code, response.json()["did_you_mean"]) == (404, ["tuesday"])
    assert sample.get(f"{NOWHERE}/corrections/pen").status_code == 404  # a term, not a correction

"""Corrections, and the two editions of the text."""

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.routers.test_sections import every
from tests.service import GUIDE, SEEDS

GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"
APPLIED = {"signed-1951-conflation", "year-placeholder", "intel-tech-exercises-provisions", "capabilities-attribution"}


def passages(client: httpx.Client, edition: str) -> dict[str, str]:
    """Return the text of every passage of the shipped guide in an edition, by id."""
    sections = every(client, f"{GUIDE_URL}/sections?edition={edition}")
    return {passage["id"]: passage["text"] for section in sections for passage in section["passages"]}


def test_the_editions_differ_only_in_the_four_applied_corrections(client: httpx.Client) -> None:
    original, corrected = passages(client, "original"), passages(client, "corrected")
    applied = every(client, f"{GUIDE_URL}/corrections?status=applied")
    assert {correction["slug"] for correction in applied} == APPLIED
    expected = dict(original)
    for correction in applied:
        id_, (start, end) = correction["passage"], correction["original"].values()
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
    for correction in every(client, f"{GUIDE_URL}/corrections"):
        for place in (correction, *correction["also"]):
            (start, end), (moved, moved_end) = place["original"].values(), place["corrected"].values()
            original, corrected = (editions[edition][place["passage"]] for edition in ("original", "corrected"))
            assert original[start:end] == place["quote"]
            assert original[:start].endswith(place["prefix"])
            assert original[end:].startswith(place["suffix"])
            there = correction["replacement"] if correction["status"] == "applied" and place is correction else None
            assert corrected[moved:moved_end] == (there or place["quote"])
            places += 1
    assert places == 96


def test_sections_and_passages_list_the_corrections_that_touch_them(client: httpx.Client) -> None:
    corrections = every(client, f"{GUIDE_URL}/corrections")
    places = [(place, correction) for correction in corrections for place in (correction, *correction["also"])]
    for section in every(client, f"{GUIDE_URL}/sections"):
        touching = [(place, correction) for place, correction in places if place["section"] == section["slug"]]
        order = {passage["id"]: position for position, passage in enumerate(section["passages"])}
        touching.sort(key=lambda each: (order[each[0]["passage"]], each[0]["original"]["start"]))
        in_order = {correction["slug"]: correction for _, correction in touching}
        assert section["corrections"] == list(in_order.values())
        for passage in section["passages"]:
            slugs = [correction["slug"] for place, correction in touching if place["passage"] == passage["id"]]
            assert passage["corrections"] == list(dict.fromkeys(slugs))


def test_a_correction_is_the_same_alone_and_in_its_list(client: httpx.Client) -> None:
    listed = every(client, f"{GUIDE_URL}/corrections?limit=7")
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
            "original": {"start": 13, "end": 26},
            "corrected": {"start": 13, "end": 26},
            "url": f"{NOWHERE}/passages/ratification.1",
        }
    ]
    assert sample.get(f"{NOWHERE}/passages/ratification.1").json()["corrections"] == ["tuesday"]
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
    assert text[nobody["corrected"]["start"] : nobody["corrected"]["end"]] == "on Wednesday, 1 July 1959, & nobody"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("section=signing", ["tuesday", "nobody", "tea"]),
        ("section=ratification", ["tuesday"]),
        ("section=fish", []),
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
        ("format=xml", "format", "'json' or 'jsonld'"),
    ],
)
def test_an_unknown_value_gives_422_with_the_allowed_ones(
    sample: httpx.Client, query: str, parameter: str, message: str
) -> None:
    answer = sample.get(f"{NOWHERE}/corrections?{query}")
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["parameter"] == parameter
    assert message in error["message"]


def test_an_unknown_correction_gives_404_with_the_nearest_slugs(sample: httpx.Client) -> None:
    answer = sample.get(f"{NOWHERE}/corrections/tusday")
    assert (answer.status_code, answer.json()["did_you_mean"]) == (404, ["tuesday"])
    assert sample.get(f"{NOWHERE}/corrections/pen").status_code == 404  # a term, not a correction


# The requirements of https://www.w3.org/TR/annotation-model/ for the parts of an annotation that are used here.
ANNOTATION = Draft202012Validator(
    {
        "type": "object",
        "required": ["id", "type", "target", "body", "motivation"],
        "properties": {
            "type": {"const": "Annotation"},
            "motivation": {"enum": ["commenting", "editing"]},
            "body": {
                "type": "array",
                "items": {
                    "oneOf": [
                        {
                            "required": ["type", "value", "purpose", "format", "language"],
                            "properties": {"type": {"const": "TextualBody"}},
                        },
                        {
                            "required": ["type", "source", "purpose"],
                            "properties": {"type": {"const": "SpecificResource"}},
                        },
                    ]
                },
            },
            "target": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "required": ["source", "selector"],
                    "properties": {
                        "selector": {
                            "prefixItems": [
                                {
                                    "required": ["exact", "prefix", "suffix"],
                                    "properties": {"type": {"const": "TextQuoteSelector"}},
                                },
                                {
                                    "required": ["start", "end"],
                                    "properties": {"type": {"const": "TextPositionSelector"}},
                                },
                            ]
                        }
                    },
                },
            },
        },
    }
)


def test_each_correction_is_also_a_web_annotation_of_the_original(client: httpx.Client) -> None:
    for correction in every(client, f"{GUIDE_URL}/corrections"):
        answer = client.get(f"{correction['url']}?format=jsonld")
        assert answer.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        annotation = answer.json()
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
        ANNOTATION.validate(annotation)
        assert client.get(annotation["id"]).json() == annotation
        assert len(annotation["target"]) == 1 + len(correction["also"])
        for target in annotation["target"]:
            text = client.get(target["source"]).json()["text"]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_annotations_have_the_same_pages_as_the_list(client: httpx.Client) -> None:
    first = client.get(f"{GUIDE_URL}/corrections?format=jsonld&limit=40")
    page = first.json()
    assert (page["type"], page["partOf"]["total"], len(page["items"])) == ("AnnotationPage", 51, 40)
    assert first.links["next"]["url"] == page["next"]
    last = client.get(page["next"]).json()
    assert (len(last["items"]), last["prev"]) == (11, page["id"])
    for annotation in page["items"]:
        ANNOTATION.validate(annotation)


def test_the_source_document_has_no_editions(client: httpx.Client) -> None:
    source = (SEEDS / GUIDE / "source.txt").read_bytes()
    for edition in ("original", "corrected"):
        assert client.get(f"{GUIDE_URL}/source?edition={edition}").content == source


def test_the_sections_of_a_topic_are_available_in_both_editions(client: httpx.Client) -> None:
    address = "/v1/topics/treaty-text-and-commitments/sections"
    assert "Established in 1960" in client.get(address).text
    assert (
        "Established in 1960, "
        not in client.get(f"{address}?edition=original").json()["items"][0]["passages"][0]["text"]
    )


def test_an_annotation_contains_the_whole_correction(sample: httpx.Client) -> None:
    annotation = sample.get(f"{NOWHERE}/corrections/tuesday?format=jsonld").json()
    revision = sample.get(NOWHERE).json()["revision"]
    words = {"type": "TextualBody", "format": "text/plain", "language": "en"}
    assert annotation == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{NOWHERE}/corrections/tuesday?format=jsonld",
        "type": "Annotation",
        "motivation": "editing",
        "body": [
            {**words, "purpose": "commenting", "value": "The Gazette of the day after says so."},
            {**words, "purpose": "editing", "value": "on Wednesday, 1 July 1959,"},
            {**words, "purpose": "describing", "value": "The Nowhere Gazette & Advertiser, p. 3"},
            {
                "type": "SpecificResource",
                "purpose": "linking",
                "source": "https://gazette.example/1959?page=3&column=2",
            },
            {**words, "purpose": "describing", "value": "My Life with Pens"},
            {"type": "SpecificResource", "purpose": "linking", "source": "/v1/sources/memoir"},
        ],
        "target": [
            {
                "source": f"{NOWHERE}/passages/signing.1?edition=original&revision={revision}",
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": "on a Tuesday",
                        "prefix": "The treaty was signed ",
                        "suffix": " & nobody <script>alert(1)</scri",
                    },
                    {"type": "TextPositionSelector", "start": 22, "end": 34},
                ],
            },
            {
                "source": f"{NOWHERE}/passages/ratification.1?edition=original&revision={revision}",
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": "took 1. a day",
                        "prefix": "Ratification ",
                        "suffix": " and 2. a night.",
                    },
                    {"type": "TextPositionSelector", "start": 13, "end": 26},
                ],
            },
        ],
    }


def test_a_page_of_annotations_is_part_of_the_filtered_list(sample: httpx.Client) -> None:
    page = sample.get(f"{NOWHERE}/corrections?format=jsonld&section=signing&limit=1").json()
    whole = sample.get(page["partOf"]["id"]).json()
    assert (page["partOf"]["total"], len(whole["items"])) == (3, 3)

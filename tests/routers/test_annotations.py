"""Corrections as web annotations."""

import httpx
import pytest
from jsonschema import Draft202012Validator

from tests.routers.lists import all_items
from tests.service import GUIDE

GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"


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
    for correction in all_items(client, f"{GUIDE_URL}/corrections"):
        response = client.get(correction["url"].replace("/corrections/", "/annotations/"))
        assert response.headers["content-type"] == 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'
        annotation = response.json()
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
    first = client.get(f"{GUIDE_URL}/annotations?limit=40")
    page = first.json()
    assert (page["type"], page["partOf"]["total"], len(page["items"])) == ("AnnotationPage", 51, 40)
    assert (page["startIndex"], page["prev"], page["partOf"]["first"]) == (0, None, page["id"])
    assert first.links["next"]["url"] == page["next"]
    last = client.get(page["next"]).json()
    assert (len(last["items"]), last["startIndex"], last["prev"], last["next"]) == (11, 40, page["id"], None)
    assert last["partOf"] == page["partOf"]
    for annotation in page["items"]:
        ANNOTATION.validate(annotation)


def test_an_annotation_contains_the_whole_correction(sample: httpx.Client) -> None:
    annotation = sample.get(f"{NOWHERE}/annotations/tuesday").json()
    revision = sample.get(NOWHERE).json()["revision"]
    words = {"type": "TextualBody", "format": "text/plain", "language": "en"}
    assert annotation == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{NOWHERE}/annotations/tuesday",
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


@pytest.mark.parametrize("query", ["", "?limit=1", "?section=signing&limit=1", "?edition=original&status=note"])
def test_every_id_of_an_annotation_leads_to_its_description(sample: httpx.Client, query: str) -> None:
    page = sample.get(f"{NOWHERE}/annotations{query}").json()
    assert sample.get(page["id"]).json() == page
    assert sample.get(page["partOf"]["id"]).json()["partOf"]["id"] == page["partOf"]["id"] != page["id"]
    for annotation in page["items"]:
        assert sample.get(annotation["id"]).json() == annotation


@pytest.mark.parametrize("query", ["section=signing", "passage=ratification.1", "status=note", "kind=overstatement"])
def test_annotations_have_the_filters_of_corrections(sample: httpx.Client, query: str) -> None:
    annotations = sample.get(f"{NOWHERE}/annotations?{query}").json()["items"]
    corrections = sample.get(f"{NOWHERE}/corrections?{query}").json()["items"]
    assert [item["id"].rpartition("/")[2] for item in annotations] == [item["slug"] for item in corrections] != []


def test_annotations_are_json_ld_only_and_linked_from_the_guide(sample: httpx.Client) -> None:
    annotations = sample.get(NOWHERE).json()["links"]["annotations"]
    assert sample.get(annotations, headers={"Accept": "application/ld+json"}).status_code == 200
    assert sample.get(annotations, headers={"Accept": "application/json"}).status_code == 406
    assert sample.get(f"{NOWHERE}/corrections?format=jsonld").status_code == 422
    assert sample.get(f"{NOWHERE}/corrections", headers={"Accept": "application/ld+json"}).status_code == 406


def test_a_page_of_annotations_is_part_of_the_filtered_list(sample: httpx.Client) -> None:
    page = sample.get(f"{NOWHERE}/annotations?section=signing&limit=1").json()
    whole = sample.get(page["partOf"]["id"]).json()
    assert (page["partOf"]["total"], len(whole["items"])) == (3, 3)

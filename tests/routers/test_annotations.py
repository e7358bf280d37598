"""Corrections as web annotations."""

import httpx
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
        response = client.get(f"{correction['url']}?format=jsonld")
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
    first = client.get(f"{GUIDE_URL}/corrections?format=jsonld&limit=40")
    page = first.json()
    assert (page["type"], page["partOf"]["total"], len(page["items"])) == ("AnnotationPage", 51, 40)
    assert first.links["next"]["url"] == page["next"]
    last = client.get(page["next"]).json()
    assert (len(last["items"]), last["prev"]) == (11, page["id"])
    for annotation in page["items"]:
        ANNOTATION.validate(annotation)


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

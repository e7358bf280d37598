"""The API catalog and the links of the service document: line 24 of the contract."""

from pathlib import Path

import httpx

from tests.http.responses import links
from tests.service import SAMPLE, seed, serving


def test_line_24_the_api_catalog_points_to_the_document_and_the_docs(client: httpx.Client) -> None:
    response = client.get("/.well-known/api-catalog")
    media_type, _, profile = response.headers["content-type"].partition("; ")
    assert media_type == "application/linkset+json"
    assert profile == 'profile="https://www.rfc-editor.org/info/rfc9727"'
    (linkset,) = response.json()["linkset"]
    for relation in ("service-desc", "service-doc", "status"):
        (target,) = linkset[relation]
        found = client.get(target["href"])
        assert found.status_code == 200
        assert found.headers["content-type"].startswith(target["type"])
    assert links(client.head("/.well-known/api-catalog"))["api-catalog"] == "/.well-known/api-catalog"


def test_line_24_the_service_document_links_the_catalog_the_document_and_the_docs(client: httpx.Client) -> None:
    found = links(client.get("/"))
    assert found.keys() == {"canonical", "alternate", "api-catalog", "service-desc", "service-doc"}
    assert all(client.get(target).status_code == 200 for target in found.values())


def test_line_24_links_are_absolute_under_a_public_url(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org") as client:
        assert links(client.get("/v1/topics?limit=1"))["canonical"] == "https://treaties.example.org/v1/topics?limit=1"
        (linkset,) = client.get("/.well-known/api-catalog").json()["linkset"]
        assert linkset["service-desc"][0]["href"] == "https://treaties.example.org/openapi.json"

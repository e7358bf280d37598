"""Citations of the service."""

from pathlib import Path

import httpx
import jsonschema
import pytest

from tests.representations.references import CSL_DATA, parsed_bibtex, parsed_ris
from tests.routers.lists import all_items
from tests.service import GUIDE, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"


def test_the_service_cites_all_sections_and_passage_alike_in_all_formats(client: httpx.Client) -> None:
    guide = client.get(GUIDE_URL).json()
    for section in all_items(client, f"{GUIDE_URL}/sections"):
        for address in (section["url"], section["passages"][-1]["url"]):
            [item] = client.get(f"{address}/citation").json()
            jsonschema.validate([item], CSL_DATA)
            from_bibtex = parsed_bibtex(client.get(f"{address}/citation?format=bibtex").text)
            from_ris = parsed_ris(client.get(f"{address}/citation?format=ris").text)
            words = client.get(f"{address}/citation?format=text").text
            assert item["title"] == from_bibtex["title"] == from_ris["title"] == section["title"]
            assert item["container-title"] == from_bibtex["booktitle"] == guide["title"]
            assert item["locator"] == from_bibtex["note"] == from_ris["section"]
            assert item["URL"] == from_bibtex["url"] == from_ris["urls"][0]
            assert item["URL"] == f"{address}?revision={guide['revision']}"
            assert words.endswith(item["URL"])
            assert item["version"] == guide["revision"]
            assert from_bibtex["date"] == guide["published_at"][:10]
            pinned = client.get(item["URL"]).text.replace(f"?revision={guide['revision']}", "")
            assert pinned == client.get(address).text


def test_a_citation_names_the_edition_and_the_revision_that_were_asked_for(store: Path, seeds: Path) -> None:
    folder = seeds / "nowhere-and-the-sea"
    (old,) = seed(store, folder)
    (folder / "guide.md").write_text((folder / "guide.md").read_text().replace("no harbour", "one harbour"))
    seed(store, folder)
    address = "/v1/guides/nowhere-and-the-sea/passages/harbours.1/citation"
    with serving(store, public_url="https://treaties.example") as client:
        [item] = client.get(f"{address}?revision={old.revision}&edition=original").json()
        again = client.get(f"{address}?revision={old.revision}&edition=original").json()
    assert [item] == again
    assert (item["version"], item["edition"]) == (old.revision, "original")
    assert item["URL"] == (
        "https://treaties.example/v1/guides/nowhere-and-the-sea/passages/harbours.1"
        f"?edition=original&revision={old.revision}"
    )


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("sections/histroy/citation", 404, "no section “histroy”"),
        ("passages/history.99/citation", 404, "no passage “history.99”"),
        ("sections/history/citation?format=pdf", 422, "'csl-json', 'bibtex', 'ris' or 'text'"),
    ],
)
def test_what_cannot_be_cited_is_a_problem(client: httpx.Client, address: str, status: int, said: str) -> None:
    response = client.get(f"{GUIDE_URL}/{address}")
    assert response.status_code == status
    assert said in response.json()["detail"]

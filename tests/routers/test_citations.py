"""Citations and bibliographies of the service."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import jsonschema
import pytest

from app.formats import BIBTEX, CSL_JSON, RIS, Format
from app.schemas import EXCERPT_DIGEST
from app.settings import DEFAULT_LOCAL_URL
from app.text.digests import short_digest
from tests.http.responses import alternates
from tests.representations.references import (
    CSL_DATA,
    parsed_bibliography,
    parsed_bibtex,
    parsed_ris,
    parsed_ris_records,
    printed_csl,
)
from tests.routers.lists import all_items
from tests.service import GUIDE, SAMPLE, seed, serving, serving_process

GUIDE_URL = f"/v1/guides/{GUIDE}"
SEA = "/v1/guides/nowhere-and-the-sea"
TREATY = "Treaty of Mutual Cooperation and Security between Japan and the United States of America"


def test_all_sections_and_passages_are_cited_alike_in_all_formats(client: httpx.Client) -> None:
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
            assert [item["note"]] == [from_bibtex["note"]] == from_ris["notes"]
            assert item["URL"] == from_bibtex["url"] == from_ris["urls"][0]
            assert words.endswith(item["URL"])
            assert from_bibtex["date"] == guide["published_at"][:10]
            pinned = item["URL"].removeprefix(DEFAULT_LOCAL_URL)
            digest = "" if address == section["url"] else f"digest={section['passages'][-1]['digest'][7:19]}&"
            assert pinned == f"{address}?{digest}revision={guide['revision']}"
            text = client.get(pinned).text.replace(f"?revision={guide['revision']}", "")
            assert text == client.get(address).text


def test_a_guide_is_cited_with_its_revision(client: httpx.Client) -> None:
    guide = client.get(GUIDE_URL).json()
    [item] = client.get(f"{GUIDE_URL}/citation").json()
    assert (item["title"], item["version"]) == (guide["title"], guide["revision"])
    assert item["URL"] == f"{DEFAULT_LOCAL_URL}{GUIDE_URL}?revision={guide['revision']}"
    assert client.get(f"{GUIDE_URL}/citation").headers["content-language"] == "en"


ROUND_TRIPS = {
    "/v1/sources/crs-senkaku": {
        "title": "The Senkakus (Diaoyu/Diaoyutai) Dispute: U.S. Treaty Obligations",
        "authors": [["Manyin", "Mark E."]],
        "date": "2021-03-01",
        "url": "https://crsreports.congress.gov/product/details?prodcode=R42761",
        "printed": "Manyin, M.E. (2021) The Senkakus (Diaoyu/Diaoyutai) Dispute: U.S. Treaty Obligations",
    },
    "/v1/instruments/treaty-1960": {
        "title": TREATY,
        "authors": [["Japan"], ["United States of America"]],
        "date": "1960-01-19",
        "url": "https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html",
        "printed": f"Japan and United States of America (1960) “{TREATY}”",
    },
}


@pytest.mark.parametrize("address", ROUND_TRIPS)
def test_a_source_and_an_instrument_survive_every_format(client: httpx.Client, address: str) -> None:
    expected = ROUND_TRIPS[address]
    assert_survives(client, address, expected)


def test_a_passage_survives_every_format(client: httpx.Client) -> None:
    guide = client.get(GUIDE_URL).json()
    passage = f"{GUIDE_URL}/passages/joint-training-exercises.1"
    year = guide["published_at"][:4]
    expected = {
        "title": "Joint Training Exercises",
        "authors": [],
        "date": guide["published_at"][:10],
        "url": f"{DEFAULT_LOCAL_URL}{passage}?digest={EXCERPT_DIGEST[7:19]}&revision={guide['revision']}",
        "printed": f"“Joint Training Exercises” ({year}) “Joint Training Exercises”, {guide['title']}",
    }
    assert_survives(client, passage, expected)


def assert_survives(client: httpx.Client, address: str, expected: Any) -> None:
    """Title, authors, date, address and language are what pybtex, rispy and citeproc-py read."""
    formats = {name: client.get(f"{address}/citation?format={name}").text for name in ("csl-json", "bibtex", "ris")}
    entry, record = parsed_bibtex(formats["bibtex"]), parsed_ris(formats["ris"])
    printed, parsed = printed_csl(formats["csl-json"])
    year, month, day = (int(part) for part in expected["date"].split("-"))
    jsonschema.validate(json.loads(formats["csl-json"]), CSL_DATA)

    assert entry["title"] == record["title"] == str(parsed["title"]) == expected["title"]
    assert entry["authors"] == expected["authors"]
    assert record.get("authors", []) == [", ".join(author) for author in expected["authors"]]
    assert (entry["date"], record["date"]) == (expected["date"], expected["date"].replace("-", "/"))
    assert (parsed["issued"]["year"], parsed["issued"]["month"], parsed["issued"]["day"]) == (year, month, day)
    assert [entry["url"]] == [str(parsed["URL"])] == record["urls"] == [expected["url"]]
    assert (entry["langid"], record["language"], parsed["language"]) == ("english", "en", "en")
    assert printed.startswith(expected["printed"])
    assert printed.endswith(f"Available at: {expected['url']}.")


def test_the_sources_are_one_bibliography_in_every_format(client: httpx.Client) -> None:
    sources = all_items(client, "/v1/sources?limit=100")
    slugs = [source["slug"] for source in sources]
    items = client.get("/v1/sources?format=csl-json").json()
    entries = parsed_bibliography(client.get("/v1/sources?format=bibtex").text)
    records = parsed_ris_records(client.get("/v1/sources?format=ris").text)
    lines = client.get("/v1/sources?format=text").text.splitlines()
    jsonschema.validate(items, CSL_DATA)
    assert [item["id"] for item in items] == [entry["key"] for entry in entries] == slugs
    assert [record["id"] for record in records] == slugs
    assert len(lines) == len(slugs) > 100
    for source, item, entry, record, line in zip(sources, items, entries, records, lines, strict=True):
        authors = [{part: name for part, name in author.items() if name} for author in source["authors"]]
        assert (item["type"], item["title"], item.get("author", [])) == (source["type"], source["title"], authors)
        assert item.get("URL") == entry.get("url") == record.get("urls", [None])[0]
        assert entry.get("date") == source["date"]
        assert source["title"] in line


def test_an_item_of_the_bibliography_is_the_citation_of_its_source(client: httpx.Client) -> None:
    for item in client.get("/v1/sources?format=csl-json").json()[::20]:
        assert client.get(f"/v1/sources/{item['id']}/citation").json() == [item]


def test_an_address_of_a_source_is_its_link(client: httpx.Client) -> None:
    links = {source["slug"]: source["link"] for source in all_items(client, "/v1/sources?limit=100")}
    items = client.get("/v1/sources?format=csl-json").json()
    # A URL in RIS and BibTeX has no “;” or spaces, so some are percent-encoded.
    assert {item["id"]: unquote(item["URL"]) if "URL" in item else None for item in items} == {
        slug: unquote(link) if link else None for slug, link in links.items()
    }


@pytest.mark.parametrize("format_", [CSL_JSON, BIBTEX, RIS])
def test_accept_selects_a_bibliography_and_json_is_the_default(client: httpx.Client, format_: Format) -> None:
    by_header = client.get("/v1/sources", headers={"Accept": format_.media_type})
    assert by_header.headers["content-type"].partition(";")[0] == format_.media_type
    assert by_header.text == client.get(f"/v1/sources?format={format_.name}").text
    assert client.get("/v1/sources").headers["content-type"] == "application/json"
    assert client.get("/v1/sources?format=json").json()["items"] == client.get("/v1/sources").json()["items"]


def test_a_bibliography_can_be_of_one_guide(sample: httpx.Client) -> None:
    of_guide = sample.get("/v1/sources?format=csl-json&guide=treaty-of-nowhere").json()
    assert [item["id"] for item in of_guide] == ["gazette", "memoir"]
    assert sample.get("/v1/sources?format=csl-json&guide=nowhere-and-the-sea").json() == []
    unknown = sample.get("/v1/sources?format=bibtex&guide=treaty-of-nowere")
    assert (unknown.status_code, unknown.json()["did_you_mean"][0]) == (422, "treaty-of-nowhere")


@pytest.mark.parametrize("query", ["limit=5", "cursor=MQ", "limit=5&cursor=MQ"])
def test_a_bibliography_has_no_pages(client: httpx.Client, query: str) -> None:
    for address, accept in [(f"/v1/sources?format=ris&{query}", "*/*"), (f"/v1/sources?{query}", RIS.media_type)]:
        response = client.get(address, headers={"Accept": accept})
        assert response.status_code == 422
        parameters = [error["parameter"] for error in response.json()["errors"]]
        assert parameters == sorted(part.partition("=")[0] for part in query.split("&"))


def test_a_page_of_sources_links_the_whole_bibliography(sample: httpx.Client) -> None:
    found = alternates(sample.get("/v1/sources?guide=treaty-of-nowhere&limit=1"))
    assert ("/v1/sources?guide=treaty-of-nowhere&format=bibtex", BIBTEX.media_type) in found
    for address, _ in found:
        assert sample.get(address).status_code == 200


def test_a_citation_names_the_edition_and_the_revision_that_were_asked_for(store: Path, seeds: Path) -> None:
    folder = seeds / "nowhere-and-the-sea"
    (old,) = seed(store, folder)
    (folder / "guide.md").write_text((folder / "guide.md").read_text().replace("no harbour", "one harbour"))
    seed(store, folder)
    address = f"{SEA}/passages/harbours.1/citation"
    with serving(store, public_url="https://treaties.example") as client:
        [item] = client.get(f"{address}?revision={old.revision}&edition=original").json()
        again = client.get(f"{address}?revision={old.revision}&edition=original").json()
    assert [item] == again
    assert (item["version"], item["edition"]) == (old.revision, "original")
    digest = short_digest("Nowhere has no harbour.")
    assert item["URL"] == (
        f"https://treaties.example{SEA}/passages/harbours.1?digest={digest}&edition=original&revision={old.revision}"
    )


def test_a_citation_changes_only_with_what_it_cites(store: Path, seeds: Path) -> None:
    folder = seeds / "treaty-of-nowhere"
    parts = ["guides/treaty-of-nowhere/" + part for part in ("sections/signing", "passages/signing.1")]
    works = ["sources/gazette", "sources/memoir", "instruments/treaty-of-nowhere", "instruments/pen-notes"]
    addresses = [f"/v1/{each}/citation" for each in ("guides/treaty-of-nowhere", *parts, *works)]
    bibliography = "/v1/sources?format=csl-json"

    def cite() -> dict[str, httpx.Response]:
        seed(store, seeds)
        with serving(store) as client:
            return {address: client.get(address).raise_for_status() for address in (*addresses, bibliography)}

    before = cite()
    sources = folder / "sources.yaml"
    sources.write_text(sources.read_text().replace("date: 1961", "date: 1962"))
    after = cite()
    changed = [address for address in addresses if before[address].headers["etag"] != after[address].headers["etag"]]
    assert changed == ["/v1/guides/treaty-of-nowhere/citation", "/v1/sources/memoir/citation"]
    [item] = after["/v1/sources/memoir/citation"].json()
    assert after["/v1/sources/memoir/citation"].headers["content-revision"] in item["note"]
    assert after[bibliography].json() == [*after["/v1/sources/gazette/citation"].json(), item]


def test_a_citation_is_in_the_language_of_the_guide(store: Path, seeds: Path) -> None:
    path = seeds / "treaty-of-nowhere/guide.md"
    path.write_text(path.read_text().replace("language: en", "language: ja"))
    seed(store, seeds)
    with serving(store) as client:
        for address in ("guides/treaty-of-nowhere", "guides/treaty-of-nowhere/sections/signing", "sources/memoir"):
            entry = parsed_bibtex(client.get(f"/v1/{address}/citation?format=bibtex").text)
            assert entry["langid"] == "japanese"
        # `official_title` is in English whatever the guide's language is.
        entry = parsed_bibtex(client.get("/v1/instruments/treaty-of-nowhere/citation?format=bibtex").text)
        assert entry["langid"] == "english"


CITED = (
    SEA,
    f"{SEA}/sections/harbours",
    f"{SEA}/passages/harbours.1",
    "/v1/sources/memoir",
    "/v1/instruments/pen-notes",
)


@pytest.mark.parametrize(
    ("public_url", "base"), [("", DEFAULT_LOCAL_URL), ("https://treaties.example/api", "https://treaties.example/api")]
)
def test_addresses_are_absolute_whatever_the_host_header_says(tmp_path: Path, public_url: str, base: str) -> None:
    store = tmp_path / "store.db"
    seed(store, SAMPLE)
    with serving(store, public_url=public_url) as client:
        for address in CITED:
            body = client.get(f"{address}/citation?format=text", headers={"Host": "evil.example"}).text
            assert f" {base}{address}" in body
            assert "evil" not in body


def test_without_a_public_url_addresses_are_those_that_serve_listens_on(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store, "--workers", "2") as (client, _):
        [item] = client.get(f"{SEA}/citation").json()
        assert item["URL"].startswith(str(client.base_url.join(f"{SEA}?revision=")))
        assert client.get(item["URL"]).status_code == 200


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        (f"{GUIDE_URL}/sections/histroy/citation", 404, "no section “histroy”"),
        (f"{GUIDE_URL}/passages/history.99/citation", 404, "no passage “history.99”"),
        ("/v1/guides/us-japan/citation", 404, "no guide “us-japan”"),
        ("/v1/sources/treaty-196/citation", 404, "no source “treaty-196”"),
        ("/v1/instruments/treaty-196/citation", 404, "no instrument “treaty-196”"),
        (f"{GUIDE_URL}/sections/history/citation?format=pdf", 422, "'csl-json', 'bibtex', 'ris' or 'text'"),
        ("/v1/sources/treaty-1960/citation?edition=original", 422, "no such parameter"),
        ("/v1/sources?format=pdf", 422, "'txt', 'csl-json', 'bibtex', 'ris' or 'text'"),
    ],
)
def test_what_cannot_be_cited_is_a_problem(client: httpx.Client, address: str, status: int, said: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert said in response.json()["detail"]

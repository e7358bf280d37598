"""The list of downloads, and the files."""

import hashlib
from pathlib import Path

import httpx
import pytest

from app.formats import FILE_FORMATS
from tests.http.responses import links
from tests.service import GUIDE, replace_in, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"
NOWHERE = "/v1/guides/treaty-of-nowhere"
SEA = "/v1/guides/nowhere-and-the-sea"


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_the_list_has_the_title_type_size_and_digest_of_every_file(client: httpx.Client, edition: str) -> None:
    guide = client.get(GUIDE_URL, params={"edition": edition}).json()
    page = client.get(guide["links"]["downloads"]).json()
    assert page["total"] == len(page["items"]) == len(FILE_FORMATS)
    for format_, download in zip(FILE_FORMATS, page["items"], strict=True):
        assert set(download) == {"title", "media_type", "bytes", "sha256", "url"}
        response = client.get(download["url"])
        assert response.headers["content-type"] == download["media_type"] == format_.media_type
        assert len(response.content) == download["bytes"]
        assert hashlib.sha256(response.content).hexdigest() == download["sha256"]
        assert response.headers["etag"] == f'"{download["sha256"][:32]}"'
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["memento-datetime"]
        own_edition = "both editions" if format_.has_both_editions else f"{edition} edition"
        assert download["title"] == f"{format_.title}, {own_edition}"


def test_a_file_has_a_name_with_the_guide_the_revision_and_the_edition(client: httpx.Client) -> None:
    revision = client.get(GUIDE_URL).json()["revision"]
    for format_ in FILE_FORMATS:
        for edition in ("corrected", "original"):
            own_edition = "" if format_.has_both_editions else f"-{edition}"
            name = f"{GUIDE}-{revision}{own_edition}.{format_.extension}"
            response = client.get(f"{GUIDE_URL}/downloads/{format_.name}", params={"edition": edition})
            assert response.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_an_address_without_a_revision_has_the_current_file_for_a_minute(client: httpx.Client) -> None:
    current = client.get(f"{GUIDE_URL}/downloads/jsonl")
    pinned = client.get(client.get(f"{GUIDE_URL}/downloads").json()["items"][0]["url"])
    assert current.content == pinned.content
    assert current.headers["cache-control"].startswith("public, max-age=60")
    assert links(current)["canonical"] == f"{GUIDE_URL}/downloads/jsonl"
    assert current.headers["content-revision"] == client.get(GUIDE_URL).json()["revision"]


def test_the_list_has_pages(client: httpx.Client) -> None:
    page = client.get(f"{GUIDE_URL}/downloads?limit=1").json()
    found = page["items"]
    while page["next"]:
        page = client.get(page["next"]).json()
        found += page["items"]
    assert found == client.get(f"{GUIDE_URL}/downloads").json()["items"]


def test_the_page_of_a_guide_links_its_files(client: httpx.Client) -> None:
    for edition in ("corrected", "original"):
        page = client.get(GUIDE_URL, params={"format": "html", "edition": edition}).text
        for download in client.get(f"{GUIDE_URL}/downloads", params={"edition": edition}).json()["items"]:
            assert f'<a href="{download["url"].replace("&", "&amp;")}"' in page
            assert download["title"] in page


def test_an_unknown_file_is_a_404_that_names_the_list(client: httpx.Client) -> None:
    response = client.get(f"{GUIDE_URL}/downloads/pdf")
    assert response.status_code == 404
    assert response.json()["did_you_mean"] == [f"{GUIDE_URL}/downloads"]


def test_a_publication_leaves_the_files_of_other_revisions_and_guides_alone(store: Path, seeds: Path) -> None:
    def files(client: httpx.Client, address: str) -> list[bytes]:
        return [client.get(download["url"]).content for download in client.get(address).json()["items"]]

    seed(store, seeds)
    with serving(store) as client:
        revision = client.get(NOWHERE).json()["revision"]
        before = files(client, f"{NOWHERE}/downloads")
        of_other_guide = files(client, f"{SEA}/downloads")
        replace_in(seeds / "treaty-of-nowhere", "tea", "coffee")
        seed(store, seeds)
        assert client.get(NOWHERE).json()["revision"] != revision
        assert files(client, f"{NOWHERE}/downloads?revision={revision}") == before
        assert files(client, f"{SEA}/downloads") == of_other_guide
        for old, new in zip(before, files(client, f"{NOWHERE}/downloads"), strict=True):
            assert old != new

"""Parts of files (RFC 9110 section 14)."""

import httpx
import pytest

from tests.http.responses import CODINGS, get, problem, stable_headers
from tests.service import GUIDE

FILE = f"/v1/guides/{GUIDE}/downloads/jsonl"


@pytest.fixture(scope="module")
def whole(client: httpx.Client) -> httpx.Response:
    return client.get(FILE)


@pytest.mark.parametrize(
    ("requested", "part", "content_range"),
    [
        ("bytes=0-99", slice(0, 100), "bytes 0-99/{}"),
        ("bytes=100-100", slice(100, 101), "bytes 100-100/{}"),
        ("BYTES=1000-", slice(1000, None), "bytes 1000-{last}/{}"),
        ("bytes=-10", slice(-10, None), "bytes {tenth_last}-{last}/{}"),
        ("bytes=5-99999999999", slice(5, None), "bytes 5-{last}/{}"),
        ("bytes=-99999999999", slice(0, None), "bytes 0-{last}/{}"),
    ],
)
def test_a_range_of_a_file_is_a_part_of_its_bytes(
    client: httpx.Client, whole: httpx.Response, requested: str, part: slice, content_range: str
) -> None:
    size = len(whole.content)
    response = client.get(FILE, headers={"Range": requested})
    assert response.status_code == 206
    assert response.content == whole.content[part]
    assert response.headers["content-range"] == content_range.format(size, last=size - 1, tenth_last=size - 10)
    assert int(response.headers["content-length"]) == len(response.content)
    about_the_part = {"content-range", "content-length"}
    shared = {name: value for name, value in stable_headers(response).items() if name not in about_the_part}
    assert shared == {name: value for name, value in stable_headers(whole).items() if name not in about_the_part}


@pytest.mark.parametrize(
    "requested",
    ["bytes=0-1,5-6", "bytes=9-5", "bytes=-", "bytes=a-b", "lines=0-5", "bytes 0-5", "bytes=" + "9" * 19 + "-"],
)
def test_what_is_no_single_range_of_bytes_gets_the_whole_file(
    client: httpx.Client, whole: httpx.Response, requested: str
) -> None:
    response = client.get(FILE, headers={"Range": requested})
    assert (response.status_code, response.content) == (200, whole.content)
    assert "content-range" not in response.headers


@pytest.mark.parametrize("requested", ["bytes={}-", "bytes=99999999999-", "bytes=-0"])
def test_a_range_after_the_end_is_a_416_with_the_size(
    client: httpx.Client, whole: httpx.Response, requested: str
) -> None:
    size = len(whole.content)
    response = client.get(FILE, headers={"Range": requested.format(size)})
    assert problem(response).status == 416
    assert response.headers["content-range"] == f"bytes */{size}"


def test_a_download_is_resumed_only_if_the_file_is_the_same(client: httpx.Client, whole: httpx.Response) -> None:
    etag = whole.headers["etag"]
    resumed = client.get(FILE, headers={"Range": "bytes=1000-", "If-Range": etag})
    assert (resumed.status_code, resumed.content) == (206, whole.content[1000:])
    for other in ('"another"', f"W/{etag}", "Fri, 27 Nov 2026 12:00:00 GMT"):
        response = client.get(FILE, headers={"Range": "bytes=1000-", "If-Range": other})
        assert (response.status_code, response.content) == (200, whole.content)


def test_a_file_that_the_client_has_is_a_304_whatever_the_range(client: httpx.Client, whole: httpx.Response) -> None:
    for range_ in ("bytes=0-5", "bytes=99999999999-"):
        headers = {"If-None-Match": whole.headers["etag"], "Range": range_}
        assert client.get(FILE, headers=headers).status_code == 304


def test_head_of_a_file_has_the_headers_of_the_whole_file(client: httpx.Client, whole: httpx.Response) -> None:
    response = client.head(FILE, headers={"Range": "bytes=0-5"})
    assert (response.status_code, response.content) == (200, b"")
    assert stable_headers(response) == stable_headers(whole)


@pytest.mark.parametrize("coding", [*CODINGS, "identity;q=0"])
def test_a_file_is_never_encoded(client: httpx.Client, whole: httpx.Response, coding: str) -> None:
    response = get(client, FILE, coding)
    assert "content-encoding" not in response.headers
    assert (response.content, response.headers["etag"]) == (whole.content, whole.headers["etag"])


def test_other_resources_have_no_ranges(client: httpx.Client) -> None:
    response = client.get("/v1/guides", headers={"Range": "bytes=0-5"})
    assert response.status_code == 200
    assert "accept-ranges" not in response.headers


def test_a_header_with_many_ranges_is_refused(client: httpx.Client) -> None:
    ranges = ",".join(f"{n}-{n}" for n in range(100))
    assert problem(client.get(FILE, headers={"Range": f"bytes={ranges}"})).status == 431

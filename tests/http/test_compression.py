"""Content codings: line 18 of the contract."""

import httpx
import pytest

from app import zstd
from tests.http.addresses import SECTION
from tests.http.responses import CODINGS, get
from tests.service import GUIDE


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(
    "address", [SECTION, "/openapi.json", f"/v1/guides/{GUIDE}/source", "/docs/assets/swagger-ui.css"]
)
def test_line_18_a_body_is_compressed_on_request_with_its_own_etag(
    client: httpx.Client, address: str, coding: str
) -> None:
    plain = get(client, address)
    with client.stream("GET", address, headers={"Accept-Encoding": coding}) as coded:
        body = b"".join(coded.iter_raw())
    assert coded.headers["content-encoding"] == coding
    assert int(coded.headers["content-length"]) == len(body) < len(plain.content)
    assert decompress(coding, body) == plain.content
    assert coded.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'


def decompress(coding: str, body: bytes) -> bytes:
    if coding == "zstd":
        return zstd.decompress(body)
    return httpx.Response(200, headers={"Content-Encoding": coding}, content=body).content


@pytest.mark.parametrize(
    ("accept_encoding", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("zstd;q=0, br;q=0, gzip", "gzip"),
        ("gzip;q=.5", "gzip"),
        ("GZIP", "gzip"),
        ("*", "zstd"),
        ("*, zstd;q=0", "br"),
        ("br;q=0.5, identity;q=0.9", None),
        ("gzip;q=0", None),
        ("deflate, x-gzip", None),
        ("", None),
        ("identity", None),
        ("gzip;q=2, br;q=nonsense", None),
    ],
)
def test_line_18_the_client_gets_the_coding_that_it_prefers(
    client: httpx.Client, accept_encoding: str, coding: str | None
) -> None:
    assert get(client, SECTION, accept_encoding).headers.get("content-encoding") == coding


def test_line_18_accept_encoding_in_two_lines_is_one_list(client: httpx.Client) -> None:
    response = client.get(SECTION, headers=[("Accept-Encoding", "gzip"), ("Accept-Encoding", "br;q=0")])
    assert response.headers["content-encoding"] == "gzip"


def test_line_18_a_short_body_is_compressed_only_where_identity_is_not_acceptable(client: httpx.Client) -> None:
    address = f"/v1/guides/{GUIDE}/passages/trade-implications.2"
    assert "content-encoding" not in get(client, address, "gzip").headers
    assert get(client, address, "gzip, identity;q=0").headers["content-encoding"] == "gzip"
    assert get(client, address, "*;q=0").status_code == 406

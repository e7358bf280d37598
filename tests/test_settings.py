"""The public URL; `tests/cli` tests refused URLs and warnings about misspelt settings."""

import pytest

from app.settings import Settings


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("", ""),
        ("https://treaties.example.org/", "https://treaties.example.org"),
        ("http://127.0.0.1:8000/guides/", "http://127.0.0.1:8000/guides"),
        ("https://[2001:db8::1]/a%20b", "https://[2001:db8::1]/a%20b"),
    ],
)
def test_a_public_url_has_a_scheme_a_host_and_perhaps_a_port_and_a_path(written: str, url: str) -> None:
    assert Settings(public_url=written).public_url == url

"""The public URL; `tests/cli` tests refused URLs and warnings about misspelt settings."""

from contextlib import nullcontext

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


@pytest.mark.parametrize(("port", "is_valid"), [("0", False), ("1", True), ("65535", True), ("65536", False)])
def test_the_port_of_a_public_url_is_at_most_65535(port: str, is_valid: bool) -> None:
    with nullcontext() if is_valid else pytest.raises(ValueError, match="a port is a number from 1 to 65535"):
        Settings(public_url=f"https://treaties.example.org:{port}/guides")

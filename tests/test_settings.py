"""The public URL and the usage line; `tests/cli` tests refused URLs and warnings about misspelt settings."""

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


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("", ""),
        (" ", ""),
        ("search=yes", "search=yes"),
        ("search=yes,ai-input=yes ,  ai-train=no", "search=yes, ai-input=yes, ai-train=no"),
    ],
)
def test_a_usage_line_names_uses_and_allows_or_refuses_them(written: str, line: str) -> None:
    assert Settings(content_signal=written).content_signal == line


@pytest.mark.parametrize("line", ["search", "search=maybe", "train=no", "search=yes,", "search=yes, search=no", "a\nb"])
def test_a_malformed_usage_line_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="such as search=yes, ai-train=no"):
        Settings(content_signal=line)

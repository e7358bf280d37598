"""Formats, languages and `Vary`: lines 8 to 10 of the contract."""

from pathlib import Path

import httpx
import pytest

from tests.http.addresses import CONTENT, PASSAGE, SEA, SECTION
from tests.http.responses import alternates, get, members
from tests.service import GUIDE, seed, serving


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "application/json",
        "application/*;q=0.1",
        "image/png, */*;q=.2",
        "",
        "application/json;charset=utf-8",
        "application/problem+json, application/json",
        "application/problem+json, application/*;q=0.1",
    ],
)
def test_line_8_content_is_json_for_every_client_that_accepts_it(client: httpx.Client, accept: str) -> None:
    response = get(client, SECTION, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    ("address", "accept", "expected"),
    [
        (f"{SECTION}/citation", "*/*", "application/vnd.citationstyles.csl+json"),
        (f"{SECTION}/citation", "application/x-bibtex", "application/x-bibtex"),
        (f"{SECTION}/citation", "text/*;q=0.9, application/x-research-info-systems;q=0.2", "text/plain"),
        (f"{PASSAGE}/citation?edition=original", "application/x-research-info-systems", None),
        (f"/v1/guides/{GUIDE}/annotations?limit=1", "application/ld+json", "application/ld+json"),
        (f"/v1/guides/{GUIDE}/annotations/year-placeholder", "application/json, */*;q=0.1", "application/ld+json"),
        (f"/v1/guides/{GUIDE}/corrections", "image/png, */*;q=0.1", "application/json"),
        (f"/v1/guides/{GUIDE}/source", "text/*", "text/plain"),
    ],
)
def test_line_8_the_client_gets_the_format_that_it_prefers(
    client: httpx.Client, address: str, accept: str, expected: str | None
) -> None:
    for _ in range(2):  # the second comes from the cache
        response = get(client, address, accept=accept)
        assert response.headers["content-type"].partition(";")[0] == (expected or accept)
        assert members(response, "vary") >= {"accept"}


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        # What these clients send.
        ("*/*", "application/json"),  # curl, httpx, fetch
        ("application/json, text/plain, */*", "application/json"),  # axios
        ("text/markdown, text/html, */*", "text/markdown"),  # Claude Code
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),  # Firefox
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
            "application/signed-exchange;v=b3;q=0.7",
            "text/html",
        ),  # Chromium
        ("text/plain", "text/plain"),
        # With equal weights, the more specific range wins, then the one listed first, then our order.
        ("text/html, */*", "text/html"),
        ("*/*, text/plain", "text/plain"),
        ("application/*, text/html, text/markdown", "text/html"),
        ("text/*", "text/markdown"),
        ("text/*;q=0.9, application/json;q=0.8", "text/markdown"),
        ("text/*, text/markdown;q=0", "text/html"),
        ("text/markdown;q=0.5, text/html;q=0.500", "text/markdown"),
        ("*/*, application/json;q=0", "text/markdown"),
        ("TEXT/HTML;charset=utf-8", "text/html"),
    ],
)
@pytest.mark.parametrize("address", CONTENT)
def test_line_8_each_client_gets_the_format_that_suits_it(
    client: httpx.Client, address: str, accept: str, expected: str
) -> None:
    response = get(client, address, accept=accept)
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, expected)
    default = expected == "application/json"
    name = next((target for target, media_type in alternates(get(client, address)) if media_type == expected), None)
    assert response.headers.get("content-location") == (None if default else name)


@pytest.mark.parametrize("address", [*CONTENT, f"{SECTION}/citation", "/v1/sources", "/v1/search?q=okinawa"])
def test_line_8_the_alternates_of_content_are_what_they_say(client: httpx.Client, address: str) -> None:
    for target, media_type in alternates(get(client, address)):
        response = get(client, target, accept="image/png")
        assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media_type)
        assert "content-location" not in response.headers  # it is at its own address
        assert members(response, "vary") == {"accept-encoding"}
        assert response.headers["etag"] != get(client, address).headers["etag"]


def test_line_8_every_address_works_in_all_its_formats(
    sample: httpx.Client, sample_responses: dict[str, httpx.Response]
) -> None:
    targets = {target for response in sample_responses.values() for target, _ in alternates(response)}
    assert len(targets) > 400
    assert {target for target in targets if sample.get(target).status_code != 200} == set()


def test_line_10_content_location_is_also_on_a_304(client: httpx.Client) -> None:
    first = get(client, SECTION, accept="text/markdown")
    second = get(client, SECTION, accept="text/markdown", if_none_match=first.headers["etag"])
    assert (second.status_code, second.headers["content-location"]) == (304, f"{SECTION}?format=md")


def test_line_10_of_two_formats_with_one_media_type_content_location_names_the_one_that_was_sent(
    client: httpx.Client,
) -> None:
    negotiated = get(client, "/v1/sources", accept="text/plain")
    assert negotiated.headers["content-location"] == "/v1/sources?format=txt"
    assert (
        client.get("/v1/sources?format=txt").text.partition("Continue")[0] == negotiated.text.partition("Continue")[0]
    )
    assert ("/v1/sources?format=text", "text/plain") in alternates(negotiated)


@pytest.mark.parametrize(
    "accept", ["application/problem+json", "Application/Problem+JSON; charset=utf-8", "application/problem+json;q=0.5"]
)
@pytest.mark.parametrize(
    ("address", "default"),
    [(SECTION, "application/json"), (f"{SECTION}/citation", "application/vnd.citationstyles.csl+json")],
)
def test_line_9_a_client_that_accepts_only_problems_gets_the_default(
    client: httpx.Client, address: str, default: str, accept: str
) -> None:
    response = get(client, address, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (200, default)


@pytest.mark.parametrize(
    "accept",
    [
        "image/png",
        "application/problem+json, image/png",
        "json",
        "application/json;q=0",
        "application/*, application/json;q=0.0, application/ld+json;q=0, application/atom+xml;q=0",
        "*/*;q=0",
    ],
)
@pytest.mark.parametrize("address", CONTENT)
def test_line_9_a_request_that_cannot_be_satisfied_is_a_406_with_the_available_types(
    client: httpx.Client, address: str, accept: str
) -> None:
    response = get(client, address, accept=accept)
    assert (response.status_code, response.headers["content-type"]) == (406, "application/problem+json")
    assert "application/json" in response.json()["detail"]


@pytest.mark.parametrize(
    ("address", "media_type"),
    [(f"{SECTION}/citation", "application/x-bibtex"), (f"/v1/guides/{GUIDE}/source", "text/plain")],
)
def test_line_9_a_406_lists_every_format_of_the_resource(client: httpx.Client, address: str, media_type: str) -> None:
    get(client, address)  # so that another format is in the cache
    response = get(client, address, accept="application/json")
    assert (response.status_code, media_type in response.json()["detail"]) == (406, True)


def test_line_9_the_format_parameter_takes_precedence_over_accept(client: httpx.Client) -> None:
    response = get(client, f"{SECTION}/citation?format=bibtex", accept="image/png")
    assert (response.status_code, "accept" in members(response, "vary")) == (200, False)


def test_line_9_an_unknown_resource_is_a_404_whatever_the_client_accepts(client: httpx.Client) -> None:
    assert get(client, "/v1/guides/nope", accept="image/png").status_code == 404


@pytest.mark.parametrize("address", CONTENT)
def test_line_10_vary_lists_every_header_that_affected_a_200_304_or_406(client: httpx.Client, address: str) -> None:
    for coding in ("identity", "gzip"):
        first = get(client, address, coding)
        responses = [
            first,
            get(client, address, coding, if_none_match=first.headers["etag"]),
            get(client, address, coding, accept="image/png"),
        ]
        assert [response.status_code for response in responses] == [200, 304, 406]
        assert all(members(response, "vary") == {"accept", "accept-encoding"} for response in responses)


def test_line_10_vary_lists_accept_where_a_coding_is_not_acceptable(client: httpx.Client) -> None:
    response = client.get("/v1/guides", headers={"Accept-Encoding": "identity;q=0"})
    assert (response.status_code, response.headers["vary"]) == (406, "Accept, Accept-Encoding")


def test_line_10_vary_lists_no_header_that_had_no_effect(client: httpx.Client) -> None:
    assert members(client.get("/openapi.json"), "vary") == {"accept-encoding"}
    assert members(client.get(f"{SECTION}/citation?format=bibtex"), "vary") == {"accept-encoding"}
    assert members(client.get("/docs/assets/favicon-32x32.png"), "vary") == set()


def test_line_10_content_language_is_the_language_of_the_guide(store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("language: en", "language: fr-CA"))
    seed(store, seeds)
    with serving(store) as client:
        for guide, language in {"nowhere-and-the-sea": "fr-CA", "treaty-of-nowhere": "en"}.items():
            section = client.get(f"/v1/guides/{guide}/sections").json()["items"][0]["slug"]
            for address in ("", "/sections", "/annotations", f"/sections/{section}/citation"):
                assert client.get(f"/v1/guides/{guide}{address}").headers["content-language"] == language
        assert "content-language" not in client.get("/v1/guides/treaty-of-nowhere/sections/nope").headers
        assert "content-language" not in client.get("/v1/guides").headers


def test_line_11_content_links_its_other_formats(client: httpx.Client) -> None:
    address = f"{SECTION}/citation?edition=original"
    found = alternates(get(client, address))
    assert found == [
        (f"{address}&format={name}", media_type)
        for name, media_type in {
            "bibtex": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "text": "text/plain",
        }.items()
    ]
    for target, media_type in found:
        assert client.get(target).headers["content-type"].startswith(media_type)


@pytest.mark.parametrize("slug", ["revisions", "source"])
def test_a_section_named_like_another_resource_is_content_like_any_other(store: Path, seeds: Path, slug: str) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("harbours", slug))
    seed(store, seeds)
    with serving(store) as client:
        section = f"{SEA}/sections/{slug}"
        revision = client.get(SEA).json()["revision"]
        assert get(client, section, accept="image/png").status_code == 406
        assert "immutable" in client.get(f"{section}?revision={revision}").headers["cache-control"]

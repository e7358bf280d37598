"""The stylesheet, script and icon of the web pages."""

import httpx

from app.representations.html.assets import ASSETS
from tests.representations.pages import page

MAX_STYLESHEET_BYTES = 13_000


def test_pages_load_files_whose_names_change_with_their_content(client: httpx.Client) -> None:
    root = page(client, "/")
    loaded = [link.get("href", "") for link in root.iter("link") if link.get("rel") in {"stylesheet", "icon"}]
    loaded += [script.get("src", "") for script in root.iter("script") if script.get("type") != "application/ld+json"]
    assert sorted(loaded) == sorted(asset.path for asset in ASSETS.values())
    for path in loaded:
        response = client.get(path)
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
        assert "charset=utf-8" in response.headers["content-type"] or path.endswith(".svg")


def test_the_name_of_another_version_leads_to_the_current_file(client: httpx.Client) -> None:
    response = client.get("/assets/book-0123456789ab.css")
    assert (response.status_code, response.headers["cache-control"]) == (307, "no-store")
    assert response.headers["location"] == ASSETS["stylesheet"].path


def test_an_unknown_file_names_those_that_exist(client: httpx.Client) -> None:
    for name in ("book.css", "book-0123456789ab.js", "x"):
        response = client.get(f"/assets/{name}")
        assert response.status_code == 404
    assert client.get("/assets/book.css").json()["did_you_mean"] == [ASSETS["stylesheet"].name]


def test_pages_may_load_files_of_the_service_and_nothing_else(client: httpx.Client) -> None:
    policy = page_policy(client.get("/", headers={"Accept": "text/html"}))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("style-src", "script-src", "img-src")} == {"'self'"}
    assert "script-src" not in page_policy(client.get("/"))


def page_policy(response: httpx.Response) -> dict[str, str]:
    directives = (
        directive.strip().partition(" ") for directive in response.headers["content-security-policy"].split(";")
    )
    return {name: sources for name, _, sources in directives}


def test_the_stylesheet_is_small() -> None:
    assert len(ASSETS["stylesheet"].content) <= MAX_STYLESHEET_BYTES

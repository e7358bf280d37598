"""The HTTP contract on a running server; a test is named after the line of the contract that it holds."""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

import httpx
import pytest
import zstandard

from app.http.checks import MAX_URL_BYTES
from tests.crawl import crawl, fields
from tests.raw import connect, exchange, received, statuses
from tests.service import GUIDE, ROOT, SAMPLE, seed, serving, serving_process

SECTION = f"/v1/guides/{GUIDE}/sections/history"
PASSAGE = f"/v1/guides/{GUIDE}/passages/history.1"
LIST = f"/v1/guides/{GUIDE}/sections?limit=5"
CONTENT = [
    "/",
    "/v1/guides",
    f"/v1/guides/{GUIDE}",
    f"/v1/guides/{GUIDE}/revisions",
    LIST,
    SECTION,
    PASSAGE,
    "/v1/topics",
    "/v1/topics/history-and-origins",
    "/v1/topics/history-and-origins/sections",
]
OTHERS = [
    f"/v1/guides/{GUIDE}/source",
    "/docs",
    "/docs/assets/swagger-ui-bundle.js",
    "/docs/assets/LICENSE",
    "/docs/assets/favicon-32x32.png",
    "/openapi.json",
    "/.well-known/api-catalog",
    "/problems/not-found",
]
HEALTH = ["/health/live", "/health/ready"]
LINES = set(range(1, 32))
CODINGS = ["zstd", "br", "gzip"]
SEA = "/v1/guides/nowhere-and-the-sea"
# What no link leads to, on the sample guides.
QUESTIONS = [
    "/v1/search?q=harbour",
    "/v1/search?q=signed&kind=event",
    "/v1/suggestions?q=sign",
    "/v1/quotations?text=no+harbour",
    f"{SEA}/sections/harbours?edition=original",
    f"{SEA}/sections/harbours/citation",
    f"{SEA}/passages/harbours.1/citation?format=ris",
    "/v1/guides/treaty-of-nowhere/corrections?format=jsonld",
    "/docs/assets/swagger-ui.css",
]
PROBLEMS = {
    "/nope": 404,
    "/v1/guides/": 404,
    "/v1/guides?limit=0": 422,
    f"/v1/guides/{GUIDE}/sections/histroy": 404,
    "/" + "a" * MAX_URL_BYTES: 414,
}


def lasting(answer: httpx.Response) -> dict[str, str]:
    """The headers of an answer but those that are new each time."""
    return {name: value for name, value in answer.headers.items() if name not in {"date", "x-request-id"}}


def members(answer: httpx.Response, name: str) -> set[str]:
    """The members of a header that is a list of names."""
    return {member.strip().lower() for member in answer.headers.get(name, "").split(",")} - {""}


def ask(client: httpx.Client, address: str, coding: str = "identity", **headers: str) -> httpx.Response:
    """An answer to a client that accepts one coding; underscores in the names of headers are hyphens."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get(address, headers={"Accept-Encoding": coding, **given})


def links(answer: httpx.Response) -> dict[str, str]:
    """The targets of an answer's links by their relation."""
    return {relation: target for target, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', answer.headers["link"])}


# Requests


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH, *PROBLEMS])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_line_1_head_has_the_very_headers_of_get_and_no_body(client: httpx.Client, address: str, coding: str) -> None:
    head = client.head(address, headers={"Accept-Encoding": coding})
    get = ask(client, address, coding)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert lasting(head) == lasting(get)


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH])
def test_line_1_options_says_what_is_allowed(client: httpx.Client, address: str) -> None:
    answer = client.options(address)
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_line_2_another_method_is_a_405_that_says_what_is_allowed(client: httpx.Client, method: str) -> None:
    for address in (SECTION, "/", "/nope"):
        answer = client.request(method, address, content=b"x" * 100_000 if method == "POST" else None)
        assert answer.status_code == (404 if address == "/nope" else 405)
        assert address == "/nope" or answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("method", [b"BREW", b"get", b"X-1"])
def test_line_2_a_method_that_nobody_knows_is_a_405_too(client: httpx.Client, method: bytes) -> None:
    answer = exchange(client, method + b" /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
    assert statuses(answer) == [405]
    assert b"allow: GET, HEAD, OPTIONS" in answer
    with connect(client) as connection:
        connection.sendall(b"HEAD /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.recv(65_536)
        connection.sendall(method + b" /v1/guides HTTP/1.1\r\nHost: a\r\n\r\n")
        assert received(connection).endswith(b"}")


def test_line_3_nothing_in_an_answer_comes_from_the_host_header(client: httpx.Client) -> None:
    for address in (*CONTENT, "/v1/guides/", "/docs/"):
        answer = client.get(address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert answer.status_code in {200, 404}
        assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("spelling", ["History", "HISTORY", "history%20", "history-", "hist%C3%B6ry", "history."])
def test_line_4_another_spelling_of_a_slug_is_a_404(client: httpx.Client, spelling: str) -> None:
    assert client.get(f"/v1/guides/{GUIDE}/sections/{spelling}").status_code == 404


def test_line_5_a_parameter_that_is_unknown_or_out_of_range_is_a_422_that_names_it(client: httpx.Client) -> None:
    for query, named in (("lmit=1", "lmit"), ("limit=101", "100")):
        answer = client.get(f"/v1/topics?{query}")
        assert (answer.status_code, named in answer.json()["detail"]) == (422, True)


def test_line_5_the_document_has_no_parameters_and_is_never_immutable(client: httpx.Client) -> None:
    assert client.get("/openapi.json?revision=0123456789ab").status_code == 422
    assert "immutable" not in client.get("/openapi.json").headers["cache-control"]


@pytest.mark.parametrize(
    "address", ["/v1%2Fguides", f"/v1/guides%2f{GUIDE}", "/v1/%67uides", "/v1/guides/us%2Djapan-security-treaty"]
)
def test_line_4_a_name_that_is_written_with_percent_signs_is_a_404(client: httpx.Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["05", "+5", "5.0", "1_0", "%205", "5%0a", "%D9%A5", "0x5", "9" * 5_000])
def test_line_5_a_number_is_written_in_digits(client: httpx.Client, number: str) -> None:
    answer = client.get(f"/v1/topics?limit={number}")
    assert (answer.status_code, "100" in answer.json()["detail"]) == (422, True)


def test_line_3_and_5_hold_for_the_files_of_the_docs(client: httpx.Client) -> None:
    asset = "/docs/assets/initializer.js"
    assert client.get(asset).headers["content-type"] == "text/javascript; charset=utf-8"
    for address, status in {f"{asset}?x=1": 422, f"{asset}/": 404, "/docs/assets//initializer.js": 404}.items():
        assert client.get(address).status_code == status
    assert statuses(
        exchange(client, b"GET /docs/assets/x/../initializer.js HTTP/1.1\r\nHost: a\r\n\r\n", close=True)
    ) == [404]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_line_3_a_trailing_slash_is_a_404_whatever_the_method(client: httpx.Client, method: str) -> None:
    answer = client.request(method, f"{SECTION}/")
    assert answer.status_code == 404
    assert method == "HEAD" or answer.json()["did_you_mean"] == [SECTION]


@pytest.mark.parametrize("address", ["/" + "a" * MAX_URL_BYTES, "/v1/topics?limit=" + "1" * MAX_URL_BYTES])
def test_line_6_an_address_over_8_kib_is_a_414(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.json()["type"]) == (414, "/problems/uri-too-long")
    assert len(answer.content) < 1_000
    assert client.get(address[: MAX_URL_BYTES - 20]).status_code in {404, 422}


@pytest.mark.parametrize(
    ("address", "bound"), [("/v1/search?q=", 200), ("/v1/suggestions?q=", 200), ("/v1/quotations?text=", 2000)]
)
def test_line_6_a_question_over_its_length_is_a_422_that_names_the_bound(
    client: httpx.Client, address: str, bound: int
) -> None:
    assert client.get(address + "a" * bound).status_code == 200
    answer = client.get(address + "a" * (bound + 1))
    assert (answer.status_code, str(bound) in answer.json()["detail"]) == (422, True)


@pytest.mark.parametrize(
    "target",
    [
        b"/v1/guides/%00",
        b"/v1/guides/%",
        b"/v1/guides/%zz",
        b"/v1/guides/%ff%fe",
        b"/v1/guides/%ed%a0%80",
        b"/v1/guides/e%CC%81",
        b"/v1/guides/\xff\xfe",
        b"/v1/guides?limit=18446744073709551616",
        b"/v1/guides?limit=%00",
        b"/v1/guides?limit=%",
        b"/v1/guides?%ed%a0%80=1",
        b"/v1/guides?limit=\xe9",
        b"/v1/guides/a\x00b",
        b"//",
        b"//evil.example/v1",
        b"/../../etc/passwd",
        b"http://evil.example/v1/guides",
        b"*",
        b"nope",
    ],
)
@pytest.mark.parametrize("method", [b"GET", b"OPTIONS", b"CONNECT"])
def test_line_7_what_is_hardly_an_address_is_answered_below_500(
    client: httpx.Client, method: bytes, target: bytes
) -> None:
    (status,) = statuses(exchange(client, method + b" " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n", close=True))
    assert 200 <= status < 500


# Representations


@pytest.mark.parametrize(
    "accept",
    ["*/*", "application/json", "application/*;q=0.1", "text/html, */*;q=.2", "", "application/json;charset=utf-8"],
)
def test_line_8_content_is_json_for_whoever_accepts_it(client: httpx.Client, accept: str) -> None:
    answer = ask(client, SECTION, accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")


@pytest.mark.parametrize(
    "accept", ["image/png", "json", "application/json;q=0", "*/*, application/json;q=0.0", "*/*;q=0"]
)
@pytest.mark.parametrize("address", CONTENT)
def test_line_9_what_cannot_be_satisfied_is_a_406_that_lists_what_can(
    client: httpx.Client, address: str, accept: str
) -> None:
    answer = ask(client, address, accept=accept)
    assert (answer.status_code, answer.headers["content-type"]) == (406, "application/problem+json")
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("address", "accept", "given"),
    [
        (f"{SECTION}/citation", "*/*", "application/vnd.citationstyles.csl+json"),
        (f"{SECTION}/citation", "application/x-bibtex", "application/x-bibtex"),
        (f"{SECTION}/citation", "text/*;q=0.9, application/x-research-info-systems;q=0.2", "text/plain"),
        (f"{PASSAGE}/citation?edition=original", "application/x-research-info-systems", None),
        (f"/v1/guides/{GUIDE}/corrections?limit=1", "application/ld+json", "application/ld+json"),
        (f"/v1/guides/{GUIDE}/corrections/year-placeholder", "application/ld+json, */*;q=0.1", "application/ld+json"),
        (f"/v1/guides/{GUIDE}/corrections", "text/html, */*;q=0.1", "application/json"),
        (f"/v1/guides/{GUIDE}/source", "text/*", "text/plain"),
    ],
)
def test_line_8_what_has_other_forms_is_given_in_the_one_that_the_client_likes_best(
    client: httpx.Client, address: str, accept: str, given: str | None
) -> None:
    for _ in range(2):  # of which the second is from memory
        answer = ask(client, address, accept=accept)
        assert answer.headers["content-type"].partition(";")[0] == (given or accept)
        assert members(answer, "vary") >= {"accept"}


@pytest.mark.parametrize(
    ("address", "offered"),
    [(f"{SECTION}/citation", "application/x-bibtex"), (f"/v1/guides/{GUIDE}/source", "text/plain")],
)
def test_line_9_a_406_lists_all_forms_of_what_is_there(client: httpx.Client, address: str, offered: str) -> None:
    ask(client, address)  # so that it is in memory in another form
    answer = ask(client, address, accept="application/json")
    assert (answer.status_code, offered in answer.json()["detail"]) == (406, True)


def test_line_11_content_links_its_other_forms(client: httpx.Client) -> None:
    found = ask(client, f"{SECTION}/citation?edition=original")
    assert re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', found.headers["link"]) == [
        (f"{SECTION}/citation?edition=original&format={name}", kind)
        for name, kind in {
            "bibtex": "application/x-bibtex",
            "ris": "application/x-research-info-systems",
            "text": "text/plain",
        }.items()
    ]
    for target, kind in re.findall(r'<([^>]*)>; rel="alternate"; type="([^"]*)"', found.headers["link"]):
        assert client.get(target).headers["content-type"].startswith(kind)


def test_what_is_called_source_or_revisions_is_content_like_any_other(store: Path, seeds: Path) -> None:
    path, slug = seeds / "nowhere-and-the-sea/guide.md", "harbours"
    for called in ("revisions", "source"):
        path.write_text(path.read_text().replace(slug, called))
        slug = called
        seed(store, seeds)
        with serving(store) as client:
            section = f"{SEA}/sections/{called}"
            revision = client.get(SEA).json()["revision"]
            assert ask(client, section, accept="image/png").status_code == 406
            assert "immutable" in client.get(f"{section}?revision={revision}").headers["cache-control"]


def test_line_9_a_form_that_was_chosen_by_format_is_given_whatever_accept_says(client: httpx.Client) -> None:
    answer = ask(client, f"{SECTION}/citation?format=bibtex", accept="image/png")
    assert (answer.status_code, "accept" in members(answer, "vary")) == (200, False)


def test_line_9_what_is_not_there_is_a_404_in_any_form(client: httpx.Client) -> None:
    assert ask(client, "/v1/guides/nope", accept="image/png").status_code == 404


@pytest.mark.parametrize("address", CONTENT)
def test_line_10_vary_names_every_header_that_took_part_on_200_304_and_406(client: httpx.Client, address: str) -> None:
    for coding in ("identity", "gzip"):
        found = ask(client, address, coding)
        again = ask(client, address, coding, if_none_match=found.headers["etag"])
        refused = ask(client, address, coding, accept="image/png")
        assert [answer.status_code for answer in (found, again, refused)] == [200, 304, 406]
        assert all(members(answer, "vary") == {"accept", "accept-encoding"} for answer in (found, again, refused))


def test_line_10_vary_of_a_refused_coding_names_accept_too(client: httpx.Client) -> None:
    answer = client.get("/v1/guides", headers={"Accept-Encoding": "identity;q=0"})
    assert (answer.status_code, answer.headers["vary"]) == (406, "Accept, Accept-Encoding")


def test_line_18_a_weight_may_begin_with_its_point(client: httpx.Client) -> None:
    answer = client.get("/v1/guides", headers={"Accept-Encoding": "gzip;q=.5"})
    assert answer.headers["content-encoding"] == "gzip"


def test_line_10_vary_names_no_header_that_took_no_part(client: httpx.Client) -> None:
    assert members(client.get("/openapi.json"), "vary") == {"accept-encoding"}
    assert members(client.get(f"{SECTION}/citation?format=bibtex"), "vary") == {"accept-encoding"}
    assert members(client.get("/docs/assets/favicon-32x32.png"), "vary") == set()


def test_line_10_content_language_is_the_guides(store: Path, seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("language: en", "language: fr-CA"))
    seed(store, seeds)
    with serving(store) as client:
        for guide, language in {"nowhere-and-the-sea": "fr-CA", "treaty-of-nowhere": "en"}.items():
            section = client.get(f"/v1/guides/{guide}/sections").json()["items"][0]["slug"]
            for address in ("", "/sections", "/corrections?format=jsonld", f"/sections/{section}/citation"):
                assert client.get(f"/v1/guides/{guide}{address}").headers["content-language"] == language
        assert "content-language" not in client.get("/v1/guides/treaty-of-nowhere/sections/nope").headers
        assert "content-language" not in client.get("/v1/guides").headers


@pytest.mark.parametrize("address", CONTENT)
def test_line_11_content_links_its_canonical_address(client: httpx.Client, address: str) -> None:
    assert links(client.get(address))["canonical"] == address


def test_line_11_the_canonical_address_is_one_however_the_thing_was_asked_for(client: httpx.Client) -> None:
    asked = f"/v1/guides/{GUIDE}/sections?parent=none&limit=5"
    assert links(client.get(asked))["canonical"] == f"/v1/guides/{GUIDE}/sections?limit=5&parent=none"
    for usual in ("edition=corrected", "format=bibtex"):
        answer = client.get(f"{SECTION}/citation?{usual}" if "format" in usual else f"{SECTION}?{usual}")
        assert "?" not in links(answer)["canonical"]
    assert links(client.get("/v1/topics?limit=20"))["canonical"] == "/v1/topics"


def test_line_11_a_list_links_its_pages(client: httpx.Client) -> None:
    first = client.get(LIST)
    second = client.get(first.json()["next"])
    assert links(first).keys() == {"canonical", "first", "next"}
    assert links(second).keys() == {"canonical", "first", "prev", "next"}
    assert links(second)["prev"] == LIST


@pytest.mark.parametrize(
    "asked", ["topic=history-and-origins&limit=1", "parent=none&limit=3&edition=original", "limit=3&edition=corrected"]
)
def test_line_11_the_next_page_is_linked_by_its_canonical_address(client: httpx.Client, asked: str) -> None:
    following = client.get(f"/v1/guides/{GUIDE}/sections?{asked}").json()["next"]
    assert links(client.get(following))["canonical"] == following


def test_line_13_markup_in_a_guide_is_shown_as_text(store: Path, seeds: Path) -> None:
    guide = "/v1/guides/treaty-of-nowhere"
    for name in ("guide.md", "source.txt"):  # which have a script and a link to one in their passages already
        path = seeds / "treaty-of-nowhere" / name
        path.write_text(path.read_text().replace("The Signing", "The <img src=x onerror=alert(1)> Signing"))
    seed(store, seeds)
    searches = [f"/v1/search?q={word}" for word in ("alert", "link", "signing", "nowhere")]
    with serving(store) as client:
        answers = crawl(client, *searches, "/v1/suggestions?q=sig", "/v1/quotations?text=%3Cscript%3Ealert(2)")
    assert "<script>" in answers[f"{guide}/passages/signing.1"].json()["text"]
    texts = [
        each
        for answer in answers.values()
        if re.match(r"application/(ld\+)?json", answer.headers["content-type"])
        for each in fields(answer.json())
    ]
    html = {text for name, text in texts if name.endswith("_html")}
    assert {tag for text in html for tag in re.findall("<[^>]*>?", text)} == {"<mark>", "</mark>"}
    for shown in ("&lt;img ", "&lt;script&gt;", "](javascript:"):
        assert any(shown in re.sub("</?mark>", "", text) for text in html), shown
    assert not [text for name, text in texts if name in {"url", "link"} and not re.match("/|https?://", text)]
    # Nothing but the page of the docs, which shows no guide, is HTML, can be taken for it, or may run a script.
    for address, answer in answers.items():
        assert (answer.headers["content-type"].partition(";")[0] == "text/html") == (address == "/docs")
        assert answer.headers["x-content-type-options"] == "nosniff"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; ")
        assert ("script-src" in policy) == (address == "/docs")


# Caching


def etags(client: httpx.Client, urls: Iterable[str]) -> dict[tuple[str, str], str | None]:
    """The entity tag of each address in each coding."""
    return {
        (address, coding): ask(client, address, coding).headers.get("etag")
        for address in urls
        for coding in ("identity", *CODINGS)
    }


def test_line_14_every_address_has_the_same_etags_from_two_workers_and_after_a_restart(store: Path) -> None:
    seed(store, SAMPLE)
    # Processes, because what depends on the order of a set is the same throughout one process.
    with (
        serving_process(store, "--no-access-log") as (one, _),
        serving_process(store, "--no-access-log") as (another, _),
    ):
        urls = crawl(one, *QUESTIONS)
        first = etags(one, urls)
        assert etags(another, urls) == first
    with serving_process(store, "--no-access-log") as (restarted, _):
        assert etags(restarted, urls) == first
    assert {address for (address, _), etag in first.items() if not etag} == {"/health/ready"}
    assert len(urls) > 90


def test_line_14_an_etag_is_of_the_body_and_names_its_coding(client: httpx.Client) -> None:
    for address in (*CONTENT, *OTHERS):
        plain = ask(client, address)
        assert plain.headers["etag"] == f'"{hashlib.sha256(plain.content).hexdigest()[:32]}"'
        for coding in CODINGS:
            coded = ask(client, address, coding)
            suffix = f"-{coding}" if "content-encoding" in coded.headers else ""
            assert coded.headers["etag"] == plain.headers["etag"][:-1] + f'{suffix}"'
    for address in HEALTH:
        assert "etag" not in ask(client, address).headers


def test_line_14_an_etag_changes_exactly_when_the_content_of_its_address_does(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    with serving(store) as client:
        revision = client.get(f"{SEA}").json()["revision"]
        urls = crawl(client, *QUESTIONS, f"{SEA}/sections/harbours?revision={revision}")
        for published in (reword, restore, reword):
            bodies = {address: client.get(address).content for address in urls}
            before = etags(client, urls)
            published(seeds)
            assert etags(client, urls) == before
            seed(store, seeds)
            changed = {address for address, body in bodies.items() if client.get(address).content != body}
            after = etags(client, urls)
            assert {each for each, etag in after.items() if etag != before[each]} == {
                each for each in after if each[0] in changed
            }
            assert {SEA, f"{SEA}/sections", f"{SEA}/sections/harbours", "/v1/guides", "/v1/search?q=harbour"} <= changed
            assert not {"/", "/v1/guides/treaty-of-nowhere", "/v1/topics/origins", "/openapi.json"} & changed
            assert not {address for address in changed if "revision=" in address}


def reword(seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("no harbour", "one harbour"))


def restore(seeds: Path) -> None:
    path = seeds / "nowhere-and-the-sea/guide.md"
    path.write_text(path.read_text().replace("one harbour", "no harbour"))


@pytest.mark.parametrize("wanted", ["{}", "W/{}", '"a", {}', '"a", W/{} , "b"', "*"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_line_15_if_none_match_gives_a_304_without_a_body(client: httpx.Client, method: str, wanted: str) -> None:
    for coding in ("identity", "br"):
        found = ask(client, SECTION, coding)
        headers = {"Accept-Encoding": coding, "If-None-Match": wanted.format(found.headers["etag"])}
        answer = client.request(method, SECTION, headers=headers)
        assert (answer.status_code, answer.content) == (304, b"")
        for name in ("etag", "cache-control", "vary", "link", "access-control-allow-origin"):
            assert answer.headers[name] == found.headers[name]
        assert not {"content-type", "content-length", "content-encoding"} & answer.headers.keys()


@pytest.mark.parametrize("wanted", ['"a"', 'W/"a", "b"', "", "a", '"{}'])
def test_line_15_another_tag_gives_the_whole_answer(client: httpx.Client, wanted: str) -> None:
    etag = ask(client, SECTION).headers["etag"]
    assert ask(client, SECTION, if_none_match=wanted.replace("{}", etag[1:-3])).status_code == 200
    assert ask(client, SECTION, "gzip", if_none_match=etag).status_code == 200


def test_line_15_no_condition_makes_a_problem_a_304(client: httpx.Client) -> None:
    for address, status in PROBLEMS.items():
        assert ask(client, address, if_none_match="*").status_code == status


def test_line_15_neither_a_date_nor_a_range_is_a_condition(client: httpx.Client) -> None:
    conditions = {"range": "bytes=0-9", "if_modified_since": "Fri, 31 Dec 2100 23:59:59 GMT"}
    for address in (SECTION, "/docs/assets/NOTICE", "/docs/assets/LICENSE"):
        for name, value in conditions.items():  # before anyone asked for the whole
            asked = ask(client, address, **{name: value})
            assert (asked.status_code, asked.content) == (200, ask(client, address).content)
        assert not {"last-modified", "accept-ranges"} & asked.headers.keys()


@pytest.mark.parametrize("address", CONTENT)
def test_line_16_content_may_be_kept_for_a_while_and_used_while_it_is_asked_for_again(
    client: httpx.Client, address: str
) -> None:
    found = client.get(address).headers["cache-control"]
    assert re.fullmatch(r"public, max-age=[1-9]\d*, stale-while-revalidate=[1-9]\d*", found)


def test_line_16_an_address_pinned_by_its_revision_is_immutable_for_a_year(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    for address in (SECTION, PASSAGE, f"/v1/guides/{GUIDE}", f"/v1/guides/{GUIDE}/sections"):
        answer = client.get(address, params={"revision": revision})
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_line_16_the_list_of_revisions_is_not_immutable(client: httpx.Client) -> None:
    revision = client.get(f"/v1/guides/{GUIDE}").json()["revision"]
    answer = client.get(f"/v1/guides/{GUIDE}/revisions", params={"revision": revision})
    assert "immutable" not in answer.headers["cache-control"]


@pytest.mark.parametrize("address", [*PROBLEMS, *HEALTH])
def test_line_16_a_problem_and_health_are_not_to_be_stored(client: httpx.Client, address: str) -> None:
    assert client.get(address).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize(
    "address", [SECTION, "/openapi.json", f"/v1/guides/{GUIDE}/source", "/docs/assets/swagger-ui.css"]
)
def test_line_18_a_body_is_coded_as_asked_under_an_etag_of_its_own(
    client: httpx.Client, address: str, coding: str
) -> None:
    plain = ask(client, address)
    with client.stream("GET", address, headers={"Accept-Encoding": coding}) as coded:
        sent = b"".join(coded.iter_raw())
    assert coded.headers["content-encoding"] == coding
    assert int(coded.headers["content-length"]) == len(sent) < len(plain.content)
    assert decoded(coding, sent) == plain.content
    assert coded.headers["etag"] == plain.headers["etag"][:-1] + f'-{coding}"'


def decoded(coding: str, body: bytes) -> bytes:
    if coding == "zstd":
        return zstandard.ZstdDecompressor().decompressobj().decompress(body)
    return httpx.Response(200, headers={"Content-Encoding": coding}, content=body).content


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("zstd;q=0, br;q=0, gzip", "gzip"),
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
def test_line_18_the_coding_is_the_one_that_the_client_prefers(
    client: httpx.Client, accepted: str, coding: str | None
) -> None:
    assert ask(client, SECTION, accepted).headers.get("content-encoding") == coding


def test_line_18_a_header_in_two_lines_is_one_list(client: httpx.Client) -> None:
    answer = client.get(SECTION, headers=[("Accept-Encoding", "gzip"), ("Accept-Encoding", "br;q=0")])
    assert answer.headers["content-encoding"] == "gzip"


def test_line_18_a_short_body_is_sent_as_it_is_unless_the_client_refuses_that(client: httpx.Client) -> None:
    address = f"/v1/guides/{GUIDE}/passages/trade-implications.2"
    assert "content-encoding" not in ask(client, address, "gzip").headers
    assert ask(client, address, "gzip, identity;q=0").headers["content-encoding"] == "gzip"
    assert ask(client, address, "*;q=0").status_code == 406


# Errors


@pytest.mark.parametrize("address", [*PROBLEMS, "/v1/guides?%00=1"])
def test_line_19_a_problem_has_the_headers_of_any_other_answer(client: httpx.Client, address: str) -> None:
    said, found = client.get(address), client.get("/v1/guides")
    assert said.headers["content-type"] == "application/problem+json"
    shared = {name for name in found.headers if name.startswith(("x-", "access-", "content-security", "ref", "perm"))}
    assert len(shared) == 5
    assert shared <= said.headers.keys()


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/9.9",
        b"\x00\x01\x02",
        b"GET /\x7f HTTP/1.1",
        b"nonsense",
        b"GET / HTTP/1.1\r\nBad Header: a",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
        b"POST http://a HTTP/1.1",
    ],
)
def test_line_19_what_is_not_http_is_a_problem_too(client: httpx.Client, request_line: bytes) -> None:
    answer = exchange(client, request_line + b"\r\nX-Request-ID: find-me\r\n\r\n")
    assert statuses(answer) == [400]
    for expected in (b"application/problem+json", b"no-store", b"x-request-id", b"content-security-policy", b"nosniff"):
        assert expected in answer


@pytest.mark.parametrize("rest", [b"/\xff", b"/" + b"a" * 100_000, b"/ HTTP/1.1\r\nX-A: " + b"a" * 100_000])
def test_line_1_head_has_no_body_where_the_request_is_refused_before_it_is_read(
    client: httpx.Client, rest: bytes
) -> None:
    answer = exchange(client, b"HEAD " + rest + b" HTTP/1.1\r\n\r\n")
    assert answer.endswith(b"\r\n\r\n")
    assert b"application/problem+json" in answer


def test_line_19_headers_that_are_too_large_are_a_problem_too(client: httpx.Client) -> None:
    for field in (b"X-A: " + b"a" * 40_000, b"\r\n".join(b"X-%d: %d" % (n, n) for n in range(5_000))):
        answer = exchange(client, b"GET / HTTP/1.1\r\nHost: a\r\n" + field + b"\r\n\r\n")
        assert statuses(answer) == [431]
        assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    "address",
    [
        "/v1/guides?" + "&".join(f"{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijklmnopqrst"),
        "/v1/events?" + "&".join(letter * 115 for letter in "abcdefghijklmnopqrstuvwxyz"),
        "/v1/guides/" + "a" * 8_000 + "/",
    ],
)
def test_line_20_what_was_asked_is_not_said_back_at_length(client: httpx.Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {404, 422}
    assert len(answer.content) < 3_000


def test_line_20_nothing_of_the_inside_is_told(client: httpx.Client) -> None:
    for address in (*PROBLEMS, "/v1/topics/'; DROP TABLE revision; --", "/docs/assets/nope.js"):
        text = client.get(address).text
        assert not re.search(r"Traceback|SELECT|sqlite|\.py|/tmp/|site-packages", text)
        assert len(text) < 1_500


# The docs


def test_line_24_the_api_catalog_points_to_the_document_and_the_docs(client: httpx.Client) -> None:
    answer = client.get("/.well-known/api-catalog")
    media_type, _, profile = answer.headers["content-type"].partition("; ")
    assert (media_type, profile) == (
        "application/linkset+json",
        'profile="https://www.rfc-editor.org/info/rfc9727"',
    )
    (about,) = answer.json()["linkset"]
    for relation in ("service-desc", "service-doc", "status"):
        (target,) = about[relation]
        found = client.get(target["href"])
        assert found.status_code == 200
        assert found.headers["content-type"].startswith(target["type"])
    assert links(client.head("/.well-known/api-catalog"))["api-catalog"] == "/.well-known/api-catalog"


def test_line_24_the_service_document_links_the_catalog_the_document_and_the_docs(client: httpx.Client) -> None:
    found = links(client.get("/"))
    assert found.keys() == {"canonical", "api-catalog", "service-desc", "service-doc"}
    assert all(client.get(target).status_code == 200 for target in found.values())


def test_line_24_links_are_absolute_where_the_service_has_a_public_address(store: Path) -> None:
    seed(store, SAMPLE)
    with serving(store, public_url="https://treaties.example.org") as client:
        assert links(client.get("/v1/topics?limit=1"))["canonical"] == "https://treaties.example.org/v1/topics?limit=1"
        (about,) = client.get("/.well-known/api-catalog").json()["linkset"]
        assert about["service-desc"][0]["href"] == "https://treaties.example.org/openapi.json"


# Safety


@pytest.mark.parametrize("address", [*CONTENT, *OTHERS, *HEALTH, *PROBLEMS])
def test_line_26_and_27_every_answer_has_the_security_and_cors_headers(client: httpx.Client, address: str) -> None:
    etag = client.get(address).headers.get("etag", '"none"')
    for answer in (client.get(address), client.options(address), ask(client, address, "*", if_none_match=etag)):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        is_html = answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
        if answer.status_code != 304:
            assert ("referrer-policy" in answer.headers, "permissions-policy" in answer.headers) == (is_html, is_html)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert members(answer, "access-control-expose-headers") == {"content-revision", "etag", "link", "x-request-id"}
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("names", ["if-none-match", "authorization, x-anything"])
def test_line_27_a_preflight_allows_the_requested_headers_and_is_cached(client: httpx.Client, names: str) -> None:
    preflight = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    response = client.options(SECTION, headers={**preflight, "Access-Control-Request-Headers": names})
    assert response.headers["access-control-allow-headers"] == names
    assert response.headers["vary"] == "Access-Control-Request-Headers"
    assert int(response.headers["access-control-max-age"]) > 0


def test_line_28_each_answer_has_a_request_id_of_its_own(client: httpx.Client) -> None:
    answers = [client.get(SECTION) for _ in range(3)] + [ask(client, SECTION, if_none_match="*") for _ in range(3)]
    assert len({answer.headers["x-request-id"] for answer in answers}) == 6
    assert ask(client, SECTION, x_request_id="mine").headers["x-request-id"] == "mine"


def test_line_28_the_request_id_stands_in_the_log_line_of_a_cached_answer(store: Path) -> None:
    seed(store, SAMPLE)
    with serving_process(store) as (client, process):
        for name in ("first", "second", "third"):
            client.get("/v1/guides", headers={"X-Request-ID": name, "If-None-Match": "*" if name == "third" else ""})
        process.terminate()
        logged = process.communicate()[1]
    for name, status in (("first", 200), ("second", 200), ("third", 304)):
        (line,) = (json.loads(line) for line in logged.splitlines() if f'"{name}"' in line)
        assert (line["status"], line["path"], line["event"]) == (status, "/v1/guides", "GET")


def test_line_29_the_store_is_not_written_by_serving(store: Path) -> None:
    seed(store, SAMPLE)
    before = hashlib.sha256(store.read_bytes()).digest()
    with serving(store) as client:
        for address in ("/v1/guides", "/v1/topics", "/v1/guides/nope"):
            client.get(address)
    assert hashlib.sha256(store.read_bytes()).digest() == before


def test_every_line_of_the_contract_has_a_test_that_is_named_after_it() -> None:
    sources = "".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    names = re.findall(r"^def test_line_(\d+(?:_and_\d+)*)_", sources, re.MULTILINE)
    assert {int(number) for name in names for number in name.split("_and_")} == LINES

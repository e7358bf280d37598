"""Web pages: valid, linked, and complete."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import httpx
import pytest

from app.representations.context import RenderContext
from app.representations.html import ProblemPage, render_problem
from app.urls import URLs
from tests.representations.pages import (
    crawl_pages,
    links,
    page,
    parse,
    passages,
    scripts,
    text,
    with_class,
    with_role,
)
from tests.service import GUIDE, SAMPLE, seed, serving

GUIDE_URL = f"/v1/guides/{GUIDE}"
KINDS = [
    "/",
    "/v1/guides",
    GUIDE_URL,
    f"{GUIDE_URL}?edition=original",
    f"{GUIDE_URL}/sections?limit=5",
    f"{GUIDE_URL}/sections/history",
    f"{GUIDE_URL}/sections/history?edition=original",
    f"{GUIDE_URL}/passages?limit=100",
    f"{GUIDE_URL}/passages/history.1",
    f"{GUIDE_URL}/corrections?limit=100",
    f"{GUIDE_URL}/corrections/year-placeholder",
    f"{GUIDE_URL}/revisions",
    f"{GUIDE_URL}/changes?limit=100",
    "/v1/changes",
    "/v1/topics",
    "/v1/topics/history-and-origins",
    "/v1/topics/military-cooperation-and-exercises/sections",
    "/problems/not-found",
]
SIGNING = "/v1/guides/treaty-of-nowhere/sections/signing"


@pytest.fixture(scope="module")
def sample_pages(sample: httpx.Client) -> dict[str, Element]:
    return crawl_pages(sample, "/v1/search?q=tea", "/problems/not-found")


@pytest.mark.parametrize("address", KINDS)
def test_a_page_is_valid_and_has_a_title_a_main_part_and_one_first_heading(client: httpx.Client, address: str) -> None:
    root = page(client, address)
    assert root.get("lang")
    assert text(next(root.iter("title"))).strip()
    assert len(list(root.iter("h1"))) == len(list(root.iter("main"))) == 1
    repeated = [id_ for id_, n in Counter(element.get("id") for element in root.iter()).items() if id_ and n > 1]
    assert not repeated


@pytest.mark.parametrize("address", KINDS)
def test_a_page_has_no_script_or_style_of_its_own_and_loads_only_from_the_service(
    client: httpx.Client, address: str
) -> None:
    root = page(client, address)
    assert not list(root.iter("style"))
    assert all(script.get("src", "").startswith("/assets/") and not text(script) for script in scripts(root))
    assert not [name for element in root.iter() for name in element.attrib if name == "style" or name.startswith("on")]
    assert all(
        link.get("href", "").startswith("/assets/")
        for link in root.iter("link")
        if link.get("rel") in {"icon", "stylesheet"}
    )


@pytest.mark.parametrize("address", KINDS[:-1])
def test_a_page_links_its_other_formats_and_its_place_in_the_documentation(client: httpx.Client, address: str) -> None:
    root = page(client, address)
    (footer,) = root.iter("footer")
    linked = {link.get("type"): str(link.get("href")) for link in footer.iter("a") if link.get("rel") == "alternate"}
    in_head = [link for link in root.iter("link") if link.get("rel") == "alternate" and not link.get("title")]
    assert linked == {link.get("type"): link.get("href") for link in in_head}
    assert linked.keys() >= {"application/json", "text/markdown", "text/plain"}
    for media_type, url in linked.items():
        assert client.get(url).headers["content-type"].startswith(str(media_type))
    (place,) = (link for link in links(footer) if link.startswith("/docs#/"))
    operations = {
        f"{operation['tags'][0]}/{operation['operationId']}"
        for path in client.get("/openapi.json").json()["paths"].values()
        for operation in path.values()
    }
    assert place.removeprefix("/docs#/") in operations


@pytest.mark.parametrize("address", ["/", GUIDE_URL])
def test_feed_readers_find_the_changes_to_the_guides(client: httpx.Client, address: str) -> None:
    (feed,) = (link for link in page(client, address).iter("link") if link.get("title"))
    assert feed.get("title") == "Changes to the guides"
    response = client.get(str(feed.get("href")))
    assert response.headers["content-type"].startswith(str(feed.get("type")))
    assert "<feed xmlns=" in response.text


def test_all_links_of_all_pages_lead_somewhere(sample_pages: dict[str, Element]) -> None:
    """Following them is the test; here are the fragments."""
    assert len(sample_pages) > 50
    ids = {address: {element.get("id") for element in root.iter()} for address, root in sample_pages.items()}
    for address, root in sample_pages.items():
        for link in links(root):
            target, _, fragment = urljoin(address, link).partition("#")
            if fragment and target != "/docs":
                assert fragment in ids[target], (address, link)


def test_pages_of_the_sample_have_unique_ids(sample_pages: dict[str, Element]) -> None:
    for address, root in sample_pages.items():
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), address


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_the_whole_guide_has_every_passage_in_order(client: httpx.Client, edition: str) -> None:
    url = f"{GUIDE_URL}/passages?edition={edition}&limit=100"
    expected = [(passage["id"], passage["text"]) for passage in client.get(url).json()["items"]]
    assert len(expected) == 62
    assert passages(page(client, f"{GUIDE_URL}?edition={edition}")) == expected


@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_a_section_has_every_passage_in_order(client: httpx.Client, edition: str) -> None:
    for section in client.get(f"{GUIDE_URL}/sections?edition={edition}&limit=100").json()["items"]:
        expected = [(passage["id"], passage["text"]) for passage in section["passages"]]
        assert passages(page(client, section["url"])) == expected


def test_a_passage_has_a_link_to_itself(client: httpx.Client) -> None:
    root = page(client, f"{GUIDE_URL}/sections/history")
    found = [(link.get("aria-label"), link.get("href")) for link in with_class(root, "permalink")]
    listed = client.get(f"{GUIDE_URL}/passages?section=history").json()["items"]
    assert found == [
        (f"Link to passage {each['id']}", f"{each['url']}?digest={each['digest'][7:19]}") for each in listed
    ]


@pytest.mark.parametrize("address", [f"{GUIDE_URL}/sections/significance", GUIDE_URL, f"{GUIDE_URL}?edition=original"])
def test_notes_and_the_links_to_them_belong_together(client: httpx.Client, address: str) -> None:
    root = page(client, address)
    notes = {
        next(id_ for element in note.iter() if (id_ := element.get("id"))): note
        for section in with_role(root, "doc-endnotes")
        for items in section.findall("ol")
        for note in items.findall("li")
    }
    references = {str(link.get("id")): str(link.get("href")) for link in with_role(root, "doc-noteref")}
    backlinks = {
        str(link.get("href")): f"#{id_}" for id_, note in notes.items() for link in with_role(note, "doc-backlink")
    }
    assert backlinks == {f"#{id_}": note for id_, note in references.items()}
    assert {f"#{id_}" for id_ in notes} == set(references.values())
    assert not [element for element in root.iter("li") if element.get("role")]


def test_notes_are_numbered_in_the_order_of_the_text(client: httpx.Client) -> None:
    root = page(client, f"{GUIDE_URL}/sections/significance")
    numbers = [int(link.get("data-mark", "")) for link in with_role(root, "doc-noteref")]
    assert list(dict.fromkeys(numbers)) == sorted(set(numbers))


def test_a_note_says_what_was_changed_why_and_on_which_sources(sample: httpx.Client) -> None:
    root = page(sample, SIGNING)
    (note,) = (element for element in root.iter("li") if element.get("id") == "note.signing.tuesday")
    (removed,), (added,) = note.iter("del"), note.iter("ins")
    assert text(removed) == "The author’s words: on a Tuesday"
    assert text(added) == "Corrected: on Wednesday, 1 July 1959,"
    assert "The Gazette of the day after says so." in text(note)
    assert "p. 3" in text(note)
    assert {"/v1/sources/gazette", "/v1/sources/memoir"} < set(links(note))
    assert "/v1/guides/treaty-of-nowhere/passages/ratification.1" in links(note)


def test_words_that_a_correction_replaced_are_marked_in_the_corrected_edition_alone(sample: httpx.Client) -> None:
    (added,) = (element for element in with_class(page(sample, SIGNING), "noted") if element.tag == "ins")
    assert text(added) == "on Wednesday, 1 July 1959,"
    assert not [
        element for element in with_class(page(sample, f"{SIGNING}?edition=original"), "noted") if element.tag == "ins"
    ]


@pytest.mark.parametrize("name", ["sections", "passages", "corrections"])
def test_a_list_of_a_guide_has_both_editions_and_names_its_revision(sample: httpx.Client, name: str) -> None:
    address = f"/v1/guides/treaty-of-nowhere/{name}"
    (switch,) = with_class(page(sample, address), "editions")
    assert links(switch) == [address, f"{address}?edition=original"]
    revision = sample.get(address).headers["content-revision"]
    root = page(sample, f"{address}?edition=original&revision={revision}")
    (pinned,) = with_class(root, "editions")
    assert [text(link) for link in pinned.iter("a") if link.get("aria-current")] == ["Original edition"]
    assert f"This is revision {revision}" in text(pinned)
    assert links(pinned)[-1] == f"{address}?edition=original"
    assert root.find(".//ul[@aria-label='Filters']") is None


def test_readers_switch_between_the_editions_in_the_same_revision(sample: httpx.Client) -> None:
    revision = sample.get(SIGNING).headers["content-revision"]
    for query, other in (("", "edition=original"), (f"?revision={revision}", f"edition=original&revision={revision}")):
        root = page(sample, SIGNING + query)
        (switch,) = with_class(root, "editions")
        current, target = switch.iter("a") if not query else list(switch.iter("a"))[:2]
        assert (text(current), current.get("aria-current")) == ("Corrected edition", "true")
        assert (text(target), target.get("href")) == ("Original edition", f"{SIGNING}?{other}")
        back = next(with_class(page(sample, str(target.get("href"))), "editions"))
        assert SIGNING + query in links(back)


def test_a_revision_that_is_asked_for_is_named_and_links_the_current_one(sample: httpx.Client) -> None:
    revision = sample.get(SIGNING).headers["content-revision"]
    (switch,) = with_class(page(sample, f"{SIGNING}?revision={revision}"), "editions")
    assert f"This is revision {revision}" in text(switch)
    assert links(switch)[-1] == SIGNING


@pytest.mark.parametrize(
    "path",
    ["", "/sections/joint-training-exercises", "/passages/joint-training-exercises.1"],
    ids=["guide", "section", "passage"],
)
@pytest.mark.parametrize("edition", ["corrected", "original"])
def test_the_reference_is_that_of_the_citation(client: httpx.Client, path: str, edition: str) -> None:
    root = page(client, f"{GUIDE_URL}{path}?edition={edition}")
    (details,) = with_class(root, "cite")
    (reference,) = with_class(details, "reference")
    citation = f"{GUIDE_URL}{path}/citation?edition={edition}"
    assert text(reference) == client.get(f"{citation}&format=text").text
    downloads = [link for link in links(details) if "/citation?" in link]
    assert len(downloads) == 4
    assert all(client.get(link).status_code == 200 for link in downloads)


def test_a_section_shows_its_place_and_what_concerns_it(client: httpx.Client) -> None:
    section = client.get(f"{GUIDE_URL}/sections/joint-training-exercises").json()
    root = page(client, section["url"])
    (breadcrumb,) = with_class(root, "breadcrumb")
    assert links(breadcrumb) == ["/v1/guides", GUIDE_URL, section["parent"]["url"]]
    (main,) = root.iter("main")
    linked, shown = set(links(main)), text(main)
    for name in ("topics", "related", "terms", "instruments", "articles", "events"):
        assert {item["url"] for item in section[name]} <= linked, name
    assert {section["previous"]["url"], section["next"]["url"]} <= linked
    assert all(term["definition"] in shown for term in section["terms"])


def test_a_cross_reference_stands_where_the_guide_makes_it(sample: httpx.Client) -> None:
    (main_text,) = with_class(page(sample, SIGNING), "text")
    assert [element.get("class") or element.tag for element in main_text] == ["passage", "ul", "see-also", "passage"]


def test_terms_and_instruments_in_the_text_show_what_they_are(client: httpx.Client) -> None:
    mentions = list(with_class(page(client, f"{GUIDE_URL}/sections/joint-training-exercises"), "mention"))
    section = client.get(f"{GUIDE_URL}/sections/joint-training-exercises").json()
    expected = [mention["url"] for passage in section["passages"] for mention in passage["mentions"]]
    assert [mention.get("href") for mention in mentions] == expected
    assert all(mention.get("title") for mention in mentions)


def test_the_front_page_has_the_guides_the_topics_and_a_search_box(client: httpx.Client) -> None:
    root = page(client, "/")
    topics = client.get("/v1/topics?limit=100").json()["items"]
    assert {GUIDE_URL, *(topic["url"] for topic in topics)} <= set(links(root))
    (form,) = root.iter("form")
    assert form.get("action") == "/v1/search"
    assert [field.get("name") for field in form.iter("input")] == ["q"]
    (field,) = form.iter("input")
    assert re.fullmatch(field.attrib["pattern"], "  ") is None
    assert re.fullmatch(field.attrib["pattern"], " base ")


def test_a_list_links_its_next_page(client: httpx.Client) -> None:
    address = f"{GUIDE_URL}/passages?limit=40"
    root = page(client, address)
    following = client.get(address).json()["next"]
    assert following in links(root)
    assert any(link.get("rel") == "next" and link.get("href") == following for link in root.iter("link"))


@pytest.mark.parametrize(
    ("address", "noun"),
    [
        (f"{GUIDE_URL}/sections", "sections"),
        ("/v1/topics/military-cooperation-and-exercises/sections", "sections"),
        (f"{GUIDE_URL}/passages", "passages"),
        (f"{GUIDE_URL}/corrections", "notes"),
    ],
)
def test_a_list_says_how_many_of_its_items_are_on_the_page(client: httpx.Client, address: str, noun: str) -> None:
    total = client.get(address).json()["total"]
    for limit, expected in ((100, f"{total} {noun}"), (1, f"1 of {total} {noun} on this page")):
        aside = next(with_class(page(client, f"{address}?limit={limit}"), "aside"))
        assert re.split("[.,] ", text(aside))[0] == expected


def test_a_page_of_revisions_says_how_many_there_are(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    path = seeds / "treaty-of-nowhere" / "guide.md"
    path.write_text(path.read_text().replace("Fish pay nothing.", "Fish pay little."))
    (seeds / "treaty-of-nowhere" / "source.txt").unlink()
    seed(store, seeds)
    with serving(store) as client:
        root = page(client, "/v1/guides/treaty-of-nowhere/revisions?limit=1")
    assert text(next(with_class(root, "aside"))).startswith("1 of 2 revisions on this page, ")


@pytest.mark.parametrize(
    ("path", "filters"),
    [
        ("/corrections?section=history&severity=major&status=applied", ["Section history", "Severity major"]),
        ("/passages?topic=culture-and-society", ["Topic culture-and-society"]),
        ("/sections?parent=none", ["Part of none"]),
    ],
)
def test_a_filtered_list_of_a_guide_names_its_filters(client: httpx.Client, path: str, filters: list[str]) -> None:
    shown = page(client, f"{GUIDE_URL}{path}").find(".//ul[@aria-label='Filters']")
    assert shown is not None
    assert [text(item).removesuffix(" Remove") for item in shown.iter("li")] == filters


def test_a_section_without_neighbours_has_no_links_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "seeds" / "short"
    folder.mkdir(parents=True)
    front_matter = "slug: short\ntitle: Short\nlanguage: en\nsummary: One section."
    (folder / "guide.md").write_text(f"---\n{front_matter}\n---\n\n## All {{#all}}\n\nOne passage.\n")
    (folder.parent / "topics.yaml").write_text("[]\n")
    seed(tmp_path / "store.db", folder.parent)
    with serving(tmp_path / "store.db") as client:
        assert page(client, "/v1/guides/short/sections/all").find(".//nav[@aria-label='Sections']") is None


def test_pages_work_under_a_public_url_with_a_path(store: Path) -> None:
    seed(store, SAMPLE)
    public = "https://example.org/treaties"
    with serving(store, public_url=public) as client:
        for address in ("/", SIGNING, "/v1/guides/treaty-of-nowhere", "/v1/topics", "/problems/not-found"):
            root = page(client, address)
            targets = [*links(root), *(form.get("action", "") for form in root.iter("form"))]
            assert not [
                target for target in targets if not target.startswith((f"{public}/", "#", "https://", "http://"))
            ]
            assert [link.get("href") for link in root.iter("link") if link.get("rel") == "canonical"] == [
                public + address
            ]


def test_a_publication_leaves_the_pages_of_other_sections_alone(store: Path, seeds: Path) -> None:
    addresses = [SIGNING, "/v1/guides/treaty-of-nowhere/passages/signing.1"]
    seed(store, seeds)
    with serving(store) as client:
        before = [client.get(address, headers={"Accept": "text/html"}).headers["etag"] for address in addresses]
        path = seeds / "treaty-of-nowhere" / "guide.md"
        path.write_text(path.read_text().replace("Fish pay nothing.", "Fish pay little."))
        (seeds / "treaty-of-nowhere" / "source.txt").unlink()
        seed(store, seeds)
        after = [client.get(address, headers={"Accept": "text/html"}).headers["etag"] for address in addresses]
    assert after == before


def test_a_hostile_guide_is_inert_on_every_page(hostile: httpx.Client) -> None:
    pages = crawl_pages(hostile, "/v1/search?q=alert", "/v1/search?q=script")
    assert len(pages) > 100
    shown: set[str] = set()
    for root in pages.values():
        assert all(not text(script) and str(script.get("src")).startswith("/assets/") for script in scripts(root))
        assert not list(root.iter("img"))
        assert not [name for element in root.iter() for name in element.attrib if name.startswith(("on", "style"))]
        assert not [link for link in links(root) if not link.startswith(("/", "#", "http://", "https://"))]
        shown.update(element.tag for element in root.iter() if "<script>alert(1)" in (element.text or ""))
    assert {"bdi", "p", "title"} <= shown
    assert any("{{ 7 * 7 }}" in text(root) for root in pages.values())


def test_the_page_of_a_problem_type_explains_it(client: httpx.Client) -> None:
    problem = client.get("/v1/guides/nope").json()
    root = page(client, problem["type"])
    assert text(next(root.iter("h1"))) == problem["title"]
    assert "404" in text(next(root.iter("main")))


def test_what_is_not_allowed_in_html_is_replaced() -> None:
    context = RenderContext("/problems/x", (), URLs(), URLs(), None, (), "")
    root = parse(render_problem(ProblemPage("a\0b\x1b\ufdd0", 400, "c"), context))
    assert text(next(root.iter("h1"))) == "a\ufffdb\ufffd\ufffd"

"""Links between the revisions of a resource, and resources as they were at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

from tests.http.responses import links, problem
from tests.service import SAMPLE, copy_of, replace_in, seed, serving

NOWHERE = "/v1/guides/treaty-of-nowhere"
PARTS = [
    "",
    "/sections",
    "/sections/signing",
    "/passages",
    "/passages/signing.1",
    "/corrections",
    "/corrections/tuesday",
    "/annotations",
    "/annotations/tuesday",
    "/citation",
    "/sections/signing/citation",
    "/passages/signing.1/citation",
]
TEXTS = ["Fish pay nothing.", "Fish pay a little.", "Fish pay all."]


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, list[str]]]:
    """A client of a server with a guide of which the first revision is current again, and its revisions in order."""
    folder = tmp_path_factory.mktemp("revised")
    seeds, store = copy_of(SAMPLE, folder / "seeds"), folder / "store.db"
    revisions = []
    for before, after in zip((TEXTS[0], *TEXTS[:2], TEXTS[2]), (*TEXTS, TEXTS[0]), strict=True):
        replace_in(seeds / "treaty-of-nowhere", before, after)
        revisions += [each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere"]
    assert revisions[3] == revisions[0]
    with serving(store) as client:
        yield client, revisions[:3]


def published_at(client: httpx.Client, revision: str) -> datetime:
    return datetime.fromisoformat(client.get(f"{NOWHERE}/revisions/{revision}").json()["published_at"])


def as_of(client: httpx.Client, path: str, moment: datetime, query: str = "") -> httpx.Response:
    return client.get(f"{NOWHERE}{path}?as_of={moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}{query}")


@pytest.mark.parametrize("path", PARTS)
def test_line_34_as_of_leads_to_the_revision_that_was_current_then(
    revised: tuple[httpx.Client, list[str]], path: str
) -> None:
    client, revisions = revised
    for revision in revisions:
        moment = published_at(client, revision)
        response = as_of(client, path, moment)
        assert (response.status_code, response.headers["cache-control"]) == (307, "no-store")
        assert response.headers["location"] == f"{NOWHERE}{path}?revision={revision}"
        followed = client.get(response.headers["location"])
        assert (followed.status_code, followed.headers["content-revision"]) == (200, revision)


def test_line_34_a_revision_that_is_current_again_is_what_was_current_then(
    revised: tuple[httpx.Client, list[str]],
) -> None:
    client, revisions = revised
    assert client.get(NOWHERE).json()["revision"] == revisions[0]
    just_before = published_at(client, revisions[1]) - timedelta(microseconds=1)
    for moment, revision in ((just_before, revisions[0]), (datetime.now(UTC), revisions[0])):
        assert as_of(client, "", moment).headers["location"] == f"{NOWHERE}?revision={revision}"


def test_a_date_is_the_end_of_that_day_and_other_parameters_are_kept(revised: tuple[httpx.Client, list[str]]) -> None:
    client, revisions = revised
    today = datetime.now(UTC).date()
    response = client.get(f"{NOWHERE}/passages/fish.1?as_of={today}&edition=original&format=md")
    expected = f"{NOWHERE}/passages/fish.1?edition=original&format=md&revision={revisions[0]}"
    assert response.headers["location"] == expected
    assert "pay nothing" in client.get(expected).text


def test_before_the_first_publication_there_is_nothing(revised: tuple[httpx.Client, list[str]]) -> None:
    client, revisions = revised
    first = published_at(client, revisions[0])
    found = problem(as_of(client, "/sections/signing", first - timedelta(microseconds=1)))
    assert found.status == 404
    assert f"{first:%Y-%m-%dT%H:%M:%SZ}" in found.detail
    assert problem(client.get("/v1/guides/treaty-of-nowere?as_of=2999-12-31")).status == 404


@pytest.mark.parametrize(
    "moment", ["2026-02-30", "2026-13-01", "0000-01-01", "2026-11-22T25:00Z", "2026-11-22T09:30", "yesterday", ""]
)
def test_a_time_that_does_not_exist_is_a_422(revised: tuple[httpx.Client, list[str]], moment: str) -> None:
    client, _ = revised
    found = problem(client.get(f"{NOWHERE}/sections/signing?as_of={moment}"))
    assert (found.status, found.errors and found.errors[0].parameter) == (422, "as_of")


def test_as_of_and_revision_exclude_each_other(revised: tuple[httpx.Client, list[str]]) -> None:
    client, revisions = revised
    found = problem(client.get(f"{NOWHERE}?as_of=2999-12-31&revision={revisions[0]}"))
    assert (found.status, found.errors and found.errors[0].parameter) == (422, "as_of")
    for address in ("/source", "/revisions", "/changes"):
        assert client.get(f"{NOWHERE}{address}?as_of=2999-12-31").status_code == 422


@pytest.mark.parametrize("address", [*(f"{NOWHERE}{path}" for path in PARTS), "/v1/terms/pen", "/v1/sources/memoir"])
def test_line_34_pinned_responses_link_other_versions(revised: tuple[httpx.Client, list[str]], address: str) -> None:
    client, revisions = revised
    for previous, revision in zip((None, *revisions), revisions, strict=False):
        response = client.get(f"{address}?revision={revision}")
        found = links(response)
        assert found["latest-version"] == found["original"] == address
        assert found["version-history"] == f"{NOWHERE}/revisions"
        assert found.get("predecessor-version") == (previous and f"{address}?revision={previous}")
        published = parsedate_to_datetime(response.headers["memento-datetime"])
        assert published == published_at(client, revision).replace(microsecond=0)
        again = client.get(f"{address}?revision={revision}", headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.headers["memento-datetime"]) == (304, response.headers["memento-datetime"])


def test_line_34_lists_keep_their_links_to_pages_and_filters(revised: tuple[httpx.Client, list[str]]) -> None:
    client, revisions = revised
    found = links(client.get(f"{NOWHERE}/sections?limit=2&parent=none&revision={revisions[1]}"))
    assert found["latest-version"] == f"{NOWHERE}/sections?limit=2&parent=none"
    assert found["next"].startswith(f"{NOWHERE}/sections?cursor=")
    found = links(client.get(f"/v1/terms?guide=treaty-of-nowhere&revision={revisions[1]}"))
    assert found["predecessor-version"] == f"/v1/terms?guide=treaty-of-nowhere&revision={revisions[0]}"


def test_responses_that_are_not_pinned_have_no_links_to_versions(revised: tuple[httpx.Client, list[str]]) -> None:
    client, revisions = revised
    for address in (NOWHERE, f"{NOWHERE}/sections/signing", f"{NOWHERE}/changes?until={revisions[1]}", "/v1/terms/pen"):
        response = client.get(address)
        assert "memento-datetime" not in response.headers
        assert not {"latest-version", "predecessor-version", "version-history"} & links(response).keys()


def test_line_34_new_resources_have_no_predecessor_and_renamed_ones_have_it_at_their_former_address(
    store: Path, seeds: Path
) -> None:
    first = next(each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere")
    for before, after in {
        "Fish pay nothing.\n": "Fish pay nothing.\n\nBoats do.\n",
        "{#fish}": '{#fishes formerly="fish"}',
        "signing, fish]": "signing, fishes]",
        "- slug: pens-bought\n": "- slug: pens-sold\n",
        "- slug: pen\n": "- slug: quill\n  formerly: [pen]\n",
        "- slug: treaty-of-nowhere\n": "- slug: nowhere\n  formerly: [treaty-of-nowhere]\n",
        "instrument: treaty-of-nowhere\n": "instrument: nowhere\n",
        "- slug: '3'\n": "- slug: '4'\n      formerly: ['3']\n",
    }.items():
        replace_in(seeds / "treaty-of-nowhere", before, after)
    second = next(each.revision for each in seed(store, seeds) if each.guide == "treaty-of-nowhere")
    with serving(store) as client:
        for address, former in {
            f"{NOWHERE}/sections/fishes": f"{NOWHERE}/sections/fish",
            f"{NOWHERE}/sections/fishes/citation": f"{NOWHERE}/sections/fish/citation",
            f"{NOWHERE}/sections/signing": f"{NOWHERE}/sections/signing",
            f"{NOWHERE}/passages/fishes.1": f"{NOWHERE}/passages/fish.1",
            f"{NOWHERE}/passages/fishes.2": None,
            f"{NOWHERE}/passages?section=fishes": f"{NOWHERE}/passages?section=fish",
            f"{NOWHERE}/sections?parent=none&topic=trade": f"{NOWHERE}/sections?parent=none&topic=trade",
            f"{NOWHERE}/corrections?passage=fishes.2": None,
            "/v1/events/pens-sold": None,
            "/v1/terms/quill": "/v1/terms/pen",
            "/v1/instruments/nowhere/articles/4": "/v1/instruments/treaty-of-nowhere/articles/3",
            "/v1/instruments/nowhere/articles/2": "/v1/instruments/treaty-of-nowhere/articles/2",
        }.items():
            query = "&" if "?" in address else "?"
            found = links(client.get(f"{address}{query}revision={second}"))
            assert found["latest-version"] == address
            if former is None:
                assert "predecessor-version" not in found
            else:
                predecessor = httpx.URL(found["predecessor-version"])
                assert predecessor.params.get("revision") == first
                assert predecessor.copy_remove_param("revision") == httpx.URL(former)
                assert client.get(predecessor).status_code == 200

"""Line 32: renamed resources redirect to their new addresses."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.publishing import publishing, withdraw
from tests.http.responses import problem
from tests.service import SAMPLE, copy_of, rebuild, replace_in, seed, serving

GUIDE, SEA = "treaty-of-nowhere", "nowhere-and-the-sea"


def rename_guide(seeds: Path, old: str, new: str) -> Path:
    folder = (seeds / old).rename(seeds / new)
    replace_in(folder, f"\nslug: {old}\n", f"\nslug: {new}\nformerly: [{old}]\n")
    return folder


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, str]]:
    """A client of a server on which guides, a section and facts were renamed, and the first revision."""
    folder = tmp_path_factory.mktemp("renamed")
    seeds, store = copy_of(SAMPLE, folder / "seeds"), folder / "store.db"
    first = next(each.revision for each in seed(store, seeds) if each.guide == GUIDE)
    folder = seeds / GUIDE
    replace_in(folder, "#signing}", '#ceremony formerly="signing"}')
    replace_in(folder, "  signing: [", "  ceremony: [")
    replace_in(folder, "section: signing\n", "section: ceremony\n")
    replace_in(folder, "sections: [signing", "sections: [ceremony")
    replace_in(folder, "sections: [opening, signing", "sections: [opening, ceremony")
    replace_in(folder, "- slug: pen\n", "- slug: quill\n  formerly: [pen]\n")
    replace_in(folder, "- slug: tea\n", "- slug: coffee\n  formerly: [tea]\n")
    replace_in(folder, "- slug: treaty-of-nowhere\n", "- slug: nowhere\n  formerly: [treaty-of-nowhere]\n")
    replace_in(folder, "instrument: treaty-of-nowhere\n", "instrument: nowhere\n")
    replace_in(folder, "- slug: '3'\n", "- slug: '4'\n      formerly: ['3']\n")
    seed(store, seeds)
    replace_in(folder, '#ceremony formerly="signing"}', '#rite formerly="ceremony"}')
    replace_in(folder, "  ceremony: [", "  rite: [")
    replace_in(folder, "section: ceremony\n", "section: rite\n")
    replace_in(folder, "sections: [ceremony", "sections: [rite")
    replace_in(folder, "sections: [opening, ceremony", "sections: [opening, rite")
    seed(store, seeds)
    replace_in(seeds / SEA, SEA, "sea")
    replace_in(folder, f"]({SEA})", "](sea)")
    replace_in(seeds / SEA, "\nslug: sea\n", f"\nslug: sea\nformerly: [{SEA}]\n")
    (seeds / SEA).rename(seeds / "sea")
    rename_guide(seeds, GUIDE, "treaty")
    seed(store, seeds)
    with serving(store) as client:
        yield client, first


def target(client: httpx.Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 308, address
    assert client.head(address).headers["location"] == response.headers["location"]
    assert client.get(response.headers["location"]).status_code == 200
    return response.headers["location"]


def test_line_32_renamed_resources_give_308_to_the_final_address(renamed: tuple[httpx.Client, str]) -> None:
    client, first = renamed
    guide = "/v1/guides/treaty"
    for old, new in {
        "/v1/guides/treaty-of-nowhere": guide,
        "/v1/guides/treaty-of-nowhere?format=md&edition=original": f"{guide}?format=md&edition=original",
        "/v1/guides/treaty-of-nowhere/revisions?limit=1": f"{guide}/revisions?limit=1",
        f"/v1/guides/treaty-of-nowhere?revision={first}": f"{guide}?revision={first}",
        f"/v1/guides/treaty-of-nowhere/sections/signing?revision={first}": f"{guide}/sections/signing?revision={first}",
        "/v1/guides/treaty-of-nowhere/sections/signing": f"{guide}/sections/rite",
        "/v1/guides/treaty/sections/signing/citation?format=ris": f"{guide}/sections/rite/citation?format=ris",
        "/v1/guides/treaty/sections/ceremony": f"{guide}/sections/rite",
        "/v1/guides/treaty/passages/signing.2": f"{guide}/passages/rite.2",
        "/v1/guides/treaty/corrections/tea": f"{guide}/corrections/coffee",
        "/v1/guides/treaty/sections?parent=signing": f"{guide}/sections?parent=rite",
        "/v1/guides/treaty/corrections?passage=signing.1&limit=5": f"{guide}/corrections?passage=rite.1&limit=5",
        "/v1/terms/pen?format=txt": "/v1/terms/quill?format=txt",
        "/v1/instruments/treaty-of-nowhere": "/v1/instruments/nowhere",
        "/v1/instruments/treaty-of-nowhere/articles/2": "/v1/instruments/nowhere/articles/2",
        "/v1/instruments/nowhere/articles/3": "/v1/instruments/nowhere/articles/4",
        "/v1/instruments/treaty-of-nowhere/articles/3": "/v1/instruments/nowhere/articles/4",
        "/v1/instruments/treaty-of-nowhere/citation": "/v1/instruments/nowhere/citation",
        "/v1/events?guide=treaty-of-nowhere&section=signing": "/v1/events?guide=treaty&section=rite",
        "/v1/search?q=treaty&guide=treaty-of-nowhere": "/v1/search?q=treaty&guide=treaty",
        "/v1/guides/nowhere-and-the-sea/passages/harbours.1": "/v1/guides/sea/passages/harbours.1",
    }.items():
        assert target(client, old) == new


def test_a_name_that_nothing_had_is_not_found(renamed: tuple[httpx.Client, str]) -> None:
    client, first = renamed
    for address in (
        "/v1/guides/nowhere",
        "/v1/guides/treaty/sections/oath",
        "/v1/guides/sea/sections/signing",
        f"/v1/guides/treaty/sections/ceremony?revision={first}",
        "/v1/instruments/nowhere/articles/5",
        "/v1/guides/treaty/passages/signing",
    ):
        assert problem(client.get(address)).status == 404
    assert problem(client.get("/v1/events?section=oath")).status == 422
    assert problem(client.get("/v1/guides/treaty/corrections?passage=signing&passage=signing")).status == 422


def test_a_redirect_may_be_cached_as_long_as_content(renamed: tuple[httpx.Client, str]) -> None:
    client, _ = renamed
    moved = client.get("/v1/terms/pen")
    assert moved.headers["cache-control"] == client.get("/v1/terms").headers["cache-control"]
    assert moved.headers["access-control-allow-origin"] == "*"
    assert (moved.content, moved.headers.get("etag")) == (b"", None)


def test_redirects_are_under_the_public_url(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename_guide(seeds, GUIDE, "treaty")
    seed(store, seeds)
    with serving(store, public_url="https://treaties.example/api") as client:
        moved = client.get(f"/v1/guides/{GUIDE}?edition=original", headers={"Host": "evil.example"})
        assert moved.headers["location"] == "https://treaties.example/api/v1/guides/treaty?edition=original"


def test_a_renamed_guide_keeps_its_history_and_its_facts(store: Path, seeds: Path) -> None:
    [_, old] = seed(store, seeds)
    rename_guide(seeds, GUIDE, "treaty")
    [_, new] = seed(store, seeds)
    assert (new.outcome, list(new.changes)) == ("renamed, and published as revision {}.", [])
    addresses = [
        "/v1/guides",
        "/v1/guides/treaty/revisions",
        "/v1/terms/pen",
        "/v1/search?q=pen",
        f"/v1/guides/{GUIDE}",
    ]
    with serving(store) as client:
        assert [guide["slug"] for guide in client.get("/v1/guides").json()["items"]] == [SEA, "treaty"]
        revisions = client.get("/v1/guides/treaty/revisions").json()["items"]
        assert [each["revision"] for each in revisions] == [new.revision, old.revision]
        pen = client.get("/v1/terms/pen").json()
        assert (pen["guide"], pen["revision"]) == ("treaty", old.revision)
        assert client.get(f"{pen['url']}?revision={old.revision}").status_code == 200
        before = [client.get(address).content for address in addresses]
        rebuild(store)
        assert [client.get(address).content for address in addresses] == before
        with publishing(store) as (read_model, ledger):
            withdraw(read_model, ledger, "treaty", "Gone.")
        assert client.get(f"/v1/guides/{GUIDE}/sections/signing", follow_redirects=True).status_code == 410


def test_a_name_can_be_used_again(store: Path, seeds: Path) -> None:
    seed(store, seeds)
    rename_guide(seeds, SEA, "sea")
    replace_in(seeds / GUIDE, f"]({SEA})", "](sea)")
    seed(store, seeds)
    folder = (seeds / "sea").rename(seeds / SEA)
    replace_in(folder, f"slug: sea\nformerly: [{SEA}]\n", f"slug: {SEA}\nformerly: [sea]\n")
    replace_in(seeds / GUIDE, "](sea)", f"]({SEA})")
    seed(store, seeds)
    with serving(store) as client:
        assert client.get(f"/v1/guides/{SEA}").status_code == 200
        assert client.get("/v1/guides/sea").headers["location"] == f"/v1/guides/{SEA}"

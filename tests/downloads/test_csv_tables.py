"""A guide as CSV tables."""

import hashlib
from pathlib import Path

import httpx
import pytest

from app.downloads.csv_tables import escape_formula
from tests.downloads.files import GUIDE_URL, NOWHERE, SEA, Tables, all_items, download, read_tables, unzip
from tests.service import replace_in, seed, serving

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "  =1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    "'quoted'",
    "' =1",
]


@pytest.fixture(scope="module")
def tables(client: httpx.Client) -> Tables:
    return read_tables(download(client, GUIDE_URL, "csv"))


@pytest.mark.parametrize("guide", [SEA, NOWHERE])
def test_the_description_has_the_size_digest_and_columns_of_every_table(sample: httpx.Client, guide: str) -> None:
    content = download(sample, guide, "csv")
    files = unzip(content)
    package, rows = read_tables(content)
    assert list(files) == ["datapackage.json", *(resource["path"] for resource in package["resources"])]
    for resource in package["resources"]:
        file = files[resource["path"]]
        assert resource["bytes"] == len(file)
        assert resource["hash"] == f"sha256:{hashlib.sha256(file).hexdigest()}"
        columns = [field["name"] for field in resource["schema"]["fields"]]
        assert file.decode().partition("\r\n")[0].split(",") == columns
        assert all(field["description"] for field in resource["schema"]["fields"])
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows[resource["name"]]]
        assert len(keys) == len(set(keys))
        for key in resource["schema"]["foreignKeys"]:
            referred = {row[key["reference"]["fields"][0]] for row in rows[key["reference"]["resource"]]}
            assert {row[key["fields"][0]] for row in rows[resource["name"]]} - {""} <= referred


def test_the_tables_have_every_item_of_the_lists(client: httpx.Client, tables: Tables) -> None:
    guide = client.get(GUIDE_URL).json()
    for kind in ("sections", "corrections", "instruments", "events", "terms", "sources"):
        slugs = [item["slug"] for item in all_items(client, guide["links"][kind])]
        assert [row["slug"] for row in tables.rows[kind]] == slugs
    assert tables.package["version"] == guide["revision"]


def test_the_passages_have_the_text_of_both_editions(client: httpx.Client, tables: Tables) -> None:
    for edition in ("corrected", "original"):
        passages = all_items(client, f"{GUIDE_URL}/passages?edition={edition}")
        assert [(row["id"], row[f"{edition}_text"], row[f"{edition}_digest"]) for row in tables.rows["passages"]] == [
            (passage["id"], escape_formula(passage["text"]), passage["digest"]) for passage in passages
        ]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_gets_an_apostrophe_that_can_be_removed(text: str) -> None:
    assert escape_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "text", "1960-01-19", "a = b", "“quoted”", "3 = 3"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert escape_formula(text) == text


def test_no_cell_of_a_guide_with_formulas_is_one(seeds: Path, store: Path) -> None:
    replace_in(seeds / "treaty-of-nowhere", "event: Pens are bought.", "event: =HYPERLINK(A1)")
    seed(store, seeds)
    with serving(store) as client:
        _, rows = read_tables(download(client, NOWHERE, "csv"))
    cells = [cell for table in rows.values() for row in table for cell in row.values()]
    assert any("=HYPERLINK(A1)" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_a_licence_that_the_author_does_not_state_is_left_out(client: httpx.Client, sample: httpx.Client) -> None:
    for guide, client_ in ((GUIDE_URL, client), (NOWHERE, sample)):
        licence = client_.get(guide).json()["licence"]
        package, _ = read_tables(download(client_, guide, "csv"))
        of_table = {resource["name"]: resource.get("licenses") for resource in package["resources"]}
        assert of_table["passages"] == ([{"name": licence}] if licence else None)
        assert of_table["events"][0]["name"] == "CC0-1.0"

"""The sitemap against the schema of https://www.sitemaps.org, which comes with an npm package."""

from pathlib import Path

from lxml import etree

from tests.service import SEEDS, seed, serving

SCHEMA = Path(__file__).parent / "node_modules/sitemap/schema/sitemap.xsd"


def test_the_sitemap_is_valid(store: Path) -> None:
    seed(store, SEEDS)
    with serving(store) as client:
        sitemap = etree.fromstring(client.get("/sitemap.xml").content)
    assert len(sitemap) > 1
    etree.XMLSchema(file=SCHEMA).assertValid(sitemap)

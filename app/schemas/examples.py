"""Values that the examples in the OpenAPI document share."""

GUIDE = "us-japan-security-treaty"
GUIDE_URL = f"/v1/guides/{GUIDE}"
REVISION = "0123456789ab"
TOPIC = "military-cooperation-and-exercises"
TOPIC_URL = f"/v1/topics/{TOPIC}"
EXCERPT = "Joint training exercises play a pivotal role in enhancing the operational readiness …"
EXCERPT_DIGEST = "sha256:789494e2e96f8388a78ae2345262098d9dfc0ee17d3fbfd25ac491cfc9577df7"
SOURCE_LINK = {
    "slug": "treaty-1960",
    "title": "Treaty of Mutual Cooperation and Security between Japan and the United States of America",
    "pinpoint": "date of signature",
    "url": "/v1/sources/treaty-1960",
    "link": "https://www.mofa.go.jp/region/n-america/us/q&a/ref/1.html",
}


def section_link(slug: str, title: str) -> dict[str, str]:
    """Return an example of a `SectionLink`."""
    return {"slug": slug, "title": title, "url": f"{GUIDE_URL}/sections/{slug}"}

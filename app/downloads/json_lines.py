"""A guide as JSON Lines (https://jsonlines.org)."""

from app.downloads.guide_content import GuideContent


def json_lines(content: GuideContent) -> bytes:
    """Return a line for each resource: its kind, and the JSON that the API returns at its `url`."""
    lines = (
        b'{"kind":"%s","item":%s}\n' % (kind.encode(), item.model_dump_json().encode())
        for kind, item in content.items()
    )
    return b"".join(lines)

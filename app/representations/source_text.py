"""Write a guide as plain text, in the layout of its source document."""

from collections.abc import Iterable, Iterator

from app import schemas

BULLET = "  • "
SEE_ALSO = "See also\N{NO-BREAK SPACE} "


def guide_text(guide: schemas.Guide, sections: Iterable[schemas.Section]) -> str:
    """Return the blocks of a guide, without supplied titles, separated by blank lines."""
    return "\n\n".join([guide.title, *(block for section in sections for block in _blocks(section))])


def _blocks(section: schemas.Section) -> Iterator[str]:
    if not section.title_supplied:
        yield section.title
    yield from (SEE_ALSO + reference.title for reference in section.see_also if reference.after is None)
    for passage in section.passages:
        yield BULLET + passage.text if passage.kind == "list_item" else passage.text
        yield from (SEE_ALSO + reference.title for reference in section.see_also if reference.after == passage.id)

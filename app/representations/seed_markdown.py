"""Write a guide as Markdown in the seed format, which `treaty-guide check` accepts."""

from collections.abc import Iterable, Iterator, Mapping

import yaml

from app import schemas
from app.content.escaping import escape_markdown


def guide_markdown(guide: schemas.Guide, sections: Iterable[schemas.Section], former_slugs: Mapping[str, str]) -> str:
    """Return front matter and sections with slugs, passages and cross-references.

    `former_slugs` are those of sections, by their slugs, and of the guide, by an empty text; spaces separate them.
    """
    sections = list(sections)
    front = {
        "slug": guide.slug,
        "title": guide.title,
        "language": guide.language,
        "summary": guide.summary,
        "licence": guide.licence,
        **({"formerly": former_slugs[""].split()} if former_slugs[""] else {}),
        "topics": {section.slug: [topic.slug for topic in section.topics] for section in sections if section.topics},
    }
    matter = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)
    return (
        f"---\n{matter}---\n\n"
        + "\n\n".join(block for section in sections for block in _blocks(section, former_slugs[section.slug]))
        + "\n"
    )


def _blocks(section: schemas.Section, formerly: str) -> Iterator[str]:
    attributes = section.slug + " .supplied" * section.title_supplied + f' formerly="{formerly}"' * bool(formerly)
    yield f"{'#' * (section.level + 1)} {escape_markdown(section.title)} {{#{attributes}}}"
    yield from (_see_also(reference) for reference in section.see_also if reference.after is None)
    for passage in section.passages:
        yield ("- " if passage.kind == "list_item" else "") + escape_markdown(passage.text)
        yield from (_see_also(reference) for reference in section.see_also if reference.after == passage.id)


def _see_also(reference: schemas.SeeAlso) -> str:
    title = escape_markdown(reference.title)
    return f"> See also [{title}]({reference.guide})" if reference.guide else f"> See also {title}"

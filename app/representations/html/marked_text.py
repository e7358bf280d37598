"""Mark spans of a text with elements, which nest whatever spans overlap."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Element:
    """An element around a span of a text.

    Offsets are in code points, `end` is exclusive; `attributes` and `after` are HTML.

    An element that overlaps another is split: all parts but the last have the class `continues` as well, all but the
    first `continued`. `after` follows the last part.
    """

    start: int
    end: int
    tag: str
    class_: str
    attributes: str = ""
    after: str = ""


def mark(text: str, links: Sequence[Element], others: Iterable[Element]) -> Markup:
    """Escape a text and add elements to it.

    Links must not overlap each other. They are never split and contain no other link, so what follows another element
    is moved to the end of a link around it.
    """
    elements, following = list(links), defaultdict(list)
    for other in others:
        elements += _split(other, elements)
        around = (link.end for link in links if link.start < other.end < link.end)
        following[next(around, other.end)].append(other.after)
    starting = defaultdict(list)
    for element in elements:
        starting[element.start].append(element)
    parts: list[str] = []
    open_: list[Element] = []
    positions = sorted({0, len(text), *following, *starting, *(element.end for element in elements)})
    for position, next_position in zip(positions, [*positions[1:], len(text)], strict=True):
        while open_ and open_[-1].end <= position:
            parts.append(f"</{open_.pop().tag}>")
        parts += following.get(position, ())
        for element in sorted(starting.get(position, ()), key=lambda element: -element.end):
            parts.append(f'<{element.tag} class="{element.class_}"{element.attributes}>')
            open_.append(element)
        parts.append(escape(text[position:next_position]))
    return Markup("".join(parts))  # noqa: S704 - the text is escaped, and the rest is HTML


def _split(element: Element, others: Iterable[Element]) -> list[Element]:
    """Return the parts of an element, cut where it crosses others; an empty one has none."""
    cuts = {element.start, element.end}
    for other in others:
        if element.start < other.start < element.end < other.end:
            cuts.add(other.start)
        elif other.start < element.start < other.end < element.end:
            cuts.add(other.end)
    bounds = sorted(cuts)
    parts = []
    for start, end in pairwise(bounds):
        classes = [element.class_, "continued" * (start > element.start), "continues" * (end < element.end)]
        parts.append(replace(element, start=start, end=end, class_=" ".join(filter(None, classes))))
    return parts

"""Write content as plain text, for terminals."""

from collections.abc import Iterable, Iterator

from app.representations.blocks import (
    Block,
    Deleted,
    Heading,
    Inline,
    Inserted,
    Item,
    Line,
    Link,
    Note,
    NoteMark,
    Paragraph,
    PassageID,
    Strong,
)
from app.representations.context import RenderContext
from app.representations.documents import build_document
from app.schemas.models import PublicModel
from app.text.display import columns, one_line, wrap

COLUMNS = 80

_UNDERLINES = {1: "=", 2: "-"}


def render(content: PublicModel, context: RenderContext) -> str:
    """Return content as plain text."""
    return write_text(build_document(content, context))


def write_text(blocks: Iterable[Block]) -> str:
    """Return blocks as text with numbered notes, in lines of 80 columns unless a word is longer."""
    return "\n".join(_Writer().lines(blocks)) + "\n"


class _Writer:
    """Number the notes in the order of their first reference."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def lines(self, blocks: Iterable[Block]) -> Iterator[str]:
        previous: Block | None = None
        for block in blocks:
            if previous and not (isinstance(previous, Item) and isinstance(block, Item)):
                yield ""
            yield from self._block(block)
            previous = block

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading(level, text):
                lines = list(wrap(one_line(text), COLUMNS))
                yield from lines
                widest = min(COLUMNS, max(map(columns, lines), default=0))
                yield _UNDERLINES.get(level, "~") * widest
            case Paragraph(line):
                yield from self._wrapped(line)
            case Item(line, depth):
                yield from self._wrapped(line, f"{'  ' * depth}- ")
            case Note(label, line):
                yield from self._wrapped(line, f"[{self._number(label)}] ")

    def _wrapped(self, line: Line, first: str = "") -> Iterator[str]:
        prefix = first
        for wrapped in wrap("".join(map(self._part, line)), COLUMNS - len(first)):
            yield prefix + wrapped
            prefix = " " * len(first)

    def _part(self, part: Inline) -> str:
        match part:
            case str():
                return one_line(part)
            case Link(text, url):
                return url if text == url else f"{one_line(text)} <{url}>"
            case Strong(text):
                return one_line(text)
            case PassageID(id_):
                return f"[{id_}] "
            case NoteMark(label):
                return f"[{self._number(label)}]"
            case Deleted(text):
                return f"[-{one_line(text)}-]"
            case Inserted(text):
                return f"{{+{one_line(text)}+}}"

    def _number(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)

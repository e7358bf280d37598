"""What is wrong with a seed file, said so that its editor can put it right."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to put right: the file, the line (from 1) and a sentence that says what to do."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class ContentError(Exception):
    """Seed files cannot be published as they are; `faults` lists every reason found, in the order of the files."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class Faults:
    """The faults found so far, so that one run of the checker reports all of them and not only the first."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one fault and go on."""
        self._found.append(Fault(path, line, message))

    def raise_if_any(self) -> None:
        """Raise `ContentError` with the faults in the order of file and line, if there are any."""
        if self._found:
            raise ContentError(sorted(set(self._found)))

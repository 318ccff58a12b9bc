"""Where something stands and what is wrong with it.

Readers and rules hand over ``Problem``s and go on; only ``load.load`` raises, once,
with all of them. Nothing here prints or exits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A line of a file of the project, and the field path on it (``steps[1].cites``)."""

    file: str
    line: int = 1
    field: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}"
        return f"{where} {self.field}" if self.field else where


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One finding in plain Chinese: what is wrong with *this* value, and what is allowed."""

    place: Place
    message: str
    hint: str = ""

    def __str__(self) -> str:
        text = f"{self.place}：{self.message}"
        return f"{text}\n    {self.hint}" if self.hint else text

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.place.file,
            "line": self.place.line,
            "field": self.place.field,
            "message": self.message,
            "hint": self.hint,
        }


class DataError(Exception):
    """All problems of one reading, sorted by file and line, without repetitions."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def dotted(path: Iterable[str | int]) -> str:
    """``("steps", 1, "cites")`` as ``steps[1].cites``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text

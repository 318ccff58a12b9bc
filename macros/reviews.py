"""The trace of second readings: ``data/reviews.tsv``.

Columns: file, first twelve signs of its SHA-256, date, citations compared, changed. A reading
counts only while the file is what was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.problems import Place, Problem

HEAD = ("file", "digest", "date", "compared", "changed")


@dataclass(frozen=True, slots=True)
class Review:
    file: str
    digest: str
    date: date
    compared: int
    changed: int


def read(path: Path) -> tuple[dict[str, Review], list[Problem]]:
    """The last reading of every file."""
    found: dict[str, Review] = {}
    problems: list[Problem] = []
    if not path.is_file():
        return found, problems
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        cells = tuple(row.split("\t"))
        if cells == HEAD or not row.strip():
            continue
        try:
            file, digest, day, compared, changed = cells
            found[file] = Review(file, digest, date.fromisoformat(day), int(compared), int(changed))
        except ValueError:
            problems.append(Problem(Place("data/reviews.tsv", number), "复核记录写法不对", f"五列，用制表符分开：{'、'.join(HEAD)}"))
    return found, problems

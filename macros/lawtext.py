"""An official text as rows: its articles, their shapes and words. ``lawgrammar`` makes the rows.

Every line that holds a character is exactly one ``Row``, so nothing can be lost; what the
grammar could not place is a row of kind ``unplaced``, and whoever reads the text names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from macros import citation

Shape = tuple[int | tuple[int, ...], ...]

BLANK = "\u200b\u200c\u200d\ufeff\u00ad"


class Row(NamedTuple):
    """A line: what it is, where it stands (条, 款, 项, 目; or the locator of an outline), and its words as they are."""

    kind: str
    part: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class LawText:
    """An imported text of one version of an instrument."""

    law: str
    version: str
    title: str
    file: str
    digest: str
    rows: tuple[Row, ...]

    @cached_property
    def articles(self) -> dict[str, list[Row]]:
        """Article (or locator) → its rows."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.part:
                found.setdefault(row.part[0], []).append(row)
        return found

    @cached_property
    def shapes(self) -> dict[str, Shape]:
        return {name: shape(rows) for name, rows in self.articles.items()}

    @cached_property
    def headings(self) -> dict[str, list[str]]:
        """Article → headings of 编, 章, 节 that stand before it."""
        found: dict[str, list[str]] = {}
        waiting: list[str] = []
        for row in self.rows:
            if row.kind == "division":
                waiting.append(row.text)
            elif row.part and waiting:
                found[row.part[0]], waiting = waiting, []
        return found

    def words(self, part: tuple[str, ...]) -> str:
        """The words of an article, 款 (with its 项), 项 or 目; empty when there is none."""
        return "\n".join(row.text for row in self.articles.get(part[0], ()) if row.part[: len(part)] == part) if part else ""

    def quoted(self, part: tuple[str, ...]) -> str:
        """As ``words``; a 项 or 目 with the lines that lead to it."""
        leading = [row.text for row in self.articles.get(part[0], ()) if row.part != part and row.part == part[: len(row.part)]] if part else []
        return "\n".join([*leading, found]) if (found := self.words(part)) else ""

    def of_kind(self, *kinds: str) -> list[str]:
        return [row.text for row in self.rows if row.kind in kinds]

    def gaps(self) -> Iterator[str]:
        """Places where the numbering jumps: 第五条之后是第七条."""
        before = 0
        for name in self.articles:
            main = name.partition("-")[0]
            if not main.isdigit():
                return
            if int(main) > before + 1:
                yield f"第{citation.chinese(before)}条之后是第{citation.chinese(int(main))}条" if before else f"从第{citation.chinese(int(main))}条开始"
            before = int(main)


def shape(rows: Iterable[Row]) -> Shape:
    """How many 项 stand under each 款; where they have 目, how many under each."""
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        if len(row.part) > 1:
            items = counts.setdefault(row.part[1], {})
            if len(row.part) > 2 and row.part[2] != "0":
                items.setdefault(row.part[2], 0)
                items[row.part[2]] += row.kind == "point"
    return tuple(tuple(items.values()) if any(items.values()) else len(items) for items in counts.values())


def bare(text: str) -> str:
    """Without blanks of any width, for comparing and for telling what a line is."""
    return re.sub(rf"[\s{BLANK}]", "", text)


def flat(found: Shape) -> tuple[int, ...]:
    """A shape without 目, which are not always recorded."""
    return tuple(one if isinstance(one, int) else len(one) for one in found)

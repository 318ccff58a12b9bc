"""An official text → 编, 章, 节, 条, 款, 项, 目. Pure: lines in, rows out, in the order of the text.

Every line that holds a character becomes exactly one ``Row``, so nothing can be lost; what the
grammar cannot place is a row of kind ``unplaced``, and whoever reads the text names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from macros import citation
from macros.citation import number

Shape = tuple[int | tuple[int, ...], ...]

_N = r"[零〇一二三四五六七八九十百千]+"
_BLANK = "\u200b\u200c\u200d\ufeff\u00ad"
HEAD = re.compile(rf"第(?P<main>{_N}|\d+)(?P<inner>\s+)?条(?:之(?P<sub>{_N}|\d+))?(?P<outer>[\s【]|$)?")
_DIVISION = re.compile(rf"第{_N}(?:编|分编|章|节)(?!第)[^。；：]{{0,40}}$|(?:序言|总则|附则|总纲)$")
_SECTION = re.compile(rf"{_N}、[^。；：，]{{1,40}}$")
_ITEM = re.compile(rf"[（(]{_N}[）)]")
_POINT = re.compile(r"\d+[.．、](?!\d)|[（(]\d+[）)]")
_OUTLINE = re.compile(rf"(?P<top>{_N})、|(?P<sub>（{_N}）)")
_CLAUSE = re.compile(r"(?P<number>(?:[A-Z]|\d+)(?:\.\d+)*)[\s　]+\S")
_ANNEX = re.compile(rf"附(?:件|表|录|图)?(?:{_N}|\d+)?[：:]?$|附(?:件|表)?(?:{_N}|\d+)?[：:]|附件")
_CONTENTS = re.compile(r"目录")
_FRONT = re.compile(r"[（(]|\d{4}年|〈|(?:根据|自)\d{4}年|\S*〔\d{4}〕\d+号|\S*令[（(]?第?\S+号")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
WORDS = {"title": "题目", "header": "公布和修改", "contents": "目录", "preamble": "前言", "division": "编章节", "paragraph": "款",
         "item": "项", "point": "目", "annex": "附件", "unplaced": "没有放进去的"}


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
    return re.sub(rf"[\s{_BLANK}]", "", text)


def flat(found: Shape) -> tuple[int, ...]:
    """A shape without 目, which are not always recorded."""
    return tuple(one if isinstance(one, int) else len(one) for one in found)


def lines(text: str) -> list[str]:
    """The lines that hold a character, without outer blanks and Markdown's comments."""
    text = re.sub(r"<!--(?! INFO END).*?-->", "", text, flags=re.S)
    return [row for row in (line.strip().strip(_BLANK).strip() for line in text.splitlines()) if row.strip("#")]


def parse(text: str, numbering: str = "") -> tuple[Row, ...]:
    """Rows of a text. ``numbering`` is that of the law; without, it is told from the text."""
    found = lines(text)
    if numbering not in ("article", "outline", "clause"):
        numbering = _numbering(found)
    return tuple(_Reader(found, numbering).rows())


def _numbering(found: list[str]) -> str:
    if any(HEAD.match(line) for line in found):
        return "article"
    return "clause" if sum(bool(re.match(r"\d+\.\d+", line)) for line in found) > 3 else "outline"


def _headed(match: re.Match[str] | None) -> bool:
    """Whether 第…条 stands apart from what follows, as a number does and a reference doesn't."""
    return match is not None and (match["inner"] or match["outer"]) is not None


class _Reader:
    """Goes through the lines once; ``self.mode`` is the part of the text that it is in."""

    def __init__(self, found: list[str], numbering: str) -> None:
        self.found, self.numbering = found, numbering
        self.front_end = next((at for at, line in enumerate(found) if line == "<!-- INFO END -->"), 0)
        self.mode, self.first_entry = "title", ""
        self.article, self.part = (0, 0), ()  # type: tuple[int, int], tuple[str, ...]
        self.quoted = self.open = self.defining = False
        self.before = ("", "")
        subs = [match["sub"] for line in found if (match := _OUTLINE.match(line)) and match["sub"]]
        self.runs_on, self.top = len(subs) == len(set(subs)), ""

    def rows(self) -> Iterator[Row]:
        for at, line in enumerate(self.found):
            if line == "<!-- INFO END -->":
                self.mode = "preamble"
                continue
            marked = re.match(r"#+\s*(?=\S)", line)
            text = line[marked.end():] if marked else line
            following = self.found[at + 1].lstrip("# ") if at + 1 < len(self.found) else ""
            kind = self._kind(text, at, marked is not None, following)
            yield Row(kind, self.part if kind in ("paragraph", "item", "point") else (), text)
            self.before = kind, text
            for sign in text:
                self.quoted = sign == "“" or self.quoted and sign != "”"

    def _kind(self, text: str, at: int, marked: bool, following: str) -> str:
        plain = bare(text)
        if self.mode in ("title", "header") and (front := self._front(plain, at, marked)):
            return front
        if _CONTENTS.fullmatch(plain) and not self.part:
            self.mode = "contents"
            return "contents"
        if self.mode == "contents" and (kind := self._contents(plain)):
            return kind
        if self._begins(text):
            self.mode = "body"
            return "paragraph"
        if self.mode in ("annex", "unplaced"):
            return self.mode
        if not self.quoted:
            if self.numbering == "article" and _headed(HEAD.match(text)):
                self.mode = "unplaced"
                return "unplaced"
            if _ANNEX.match(plain) and len(plain) < 60 and (self.part or marked):
                self.mode = "annex"
                return "annex"
            if marked or _DIVISION.match(plain) or self.numbering == "article" and HEAD.match(following) and (
                    _SECTION.match(plain) or self.before[0] == "division" and len(plain) < 40 and plain[-1] not in "。；："):
                return "division"
        return self._within(text)

    def _front(self, plain: str, at: int, marked: bool) -> str:
        """Title and the notes of promulgation and amendment; "" where they end."""
        if at < self.front_end:
            return "title" if marked else "header"
        if self.open or _FRONT.match(plain) and not _ITEM.match(plain):
            self.mode = "header"
            self.open = (self.open or plain[0] in "（(") and plain.count("（") + plain.count("(") <= plain.count("）") + plain.count(")") and plain[-1] not in "）)" \
                or plain.count("（") > plain.count("）") or self.open and plain.count("（") == plain.count("）")
            return "header"
        if self.mode == "title" and at < 4 and not (self.numbering == "clause" and re.match(r"\d", plain)) and len(plain) <= 60 and plain[-1] not in "。；：" and not _CONTENTS.fullmatch(plain) \
                and not _DIVISION.match(plain) and not HEAD.match(plain) and not _OUTLINE.match(plain):
            return "title"
        self.mode = "preamble"
        return ""

    def _contents(self, plain: str) -> str:
        """A line of the table of contents; "" where the text itself begins (its first entry comes again)."""
        entry = re.sub(r"[.．…·]*\d*$", "", plain)
        if HEAD.match(plain) or entry == self.first_entry:
            self.mode = "body"
            return ""
        if not self.first_entry:
            self.first_entry = entry
        if _DIVISION.match(entry) or _SECTION.match(entry) or len(plain) < 40 and plain[-1] not in "。；：":
            return "contents"
        self.mode = "preamble"
        return ""

    def _begins(self, text: str) -> bool:
        """Whether an article (or an item of an outline) begins here; if so, it is where we are now."""
        if self.numbering == "article":
            return self._article(text)
        if self.quoted or self.mode == "annex":
            return False
        match = (_OUTLINE if self.numbering == "outline" else _CLAUSE).match(text)
        if not match:
            return False
        if self.numbering == "clause":
            self.part = (match["number"],)
        elif match["top"]:
            self.top = match["top"]
            self.part = (self.top,)
        else:
            self.part = (match["sub"] if self.runs_on else self.top + match["sub"],)
        return True

    def _article(self, text: str) -> bool:
        match = HEAD.match(text)
        if not match:
            return False
        found = (number(match["main"]) or 0, number(match["sub"] or "") or 0)
        main, sub = self.article
        following = found in ((main + 1, 0), (main, sub + 1))
        if not _headed(match) and (not following or re.match(r"[第规所、，和至以及的中款]", text[match.end():])):
            return False
        if not following and (found <= self.article or self.quoted or self.mode in ("annex", "unplaced")):
            return False
        self.article = found
        self.part = (f"{found[0]}-{found[1]}" if found[1] else str(found[0]), "1")
        self.quoted, self.defining = False, text.endswith("含义：")
        return True

    def _within(self, text: str) -> str:
        """款, 项 or 目 of the article that we are in."""
        if not self.part:
            return "preamble"
        if self.numbering != "article":
            return "paragraph"
        article, paragraph, *below = self.part
        if not self.quoted and _ITEM.match(text):
            self.part = (article, paragraph, str(int(below[0]) + 1 if below else 1))
            return "item"
        if not self.quoted and _POINT.match(text.translate(_DIGITS)):
            item, point = (below[0] if below else "0"), (int(below[1]) + 1 if len(below) > 1 else 1)
            self.part = (article, paragraph, item, str(point))
            return "point"
        if self.defining or self.before[1][-1] in "：，、":
            return self.before[0]
        self.part = (article, str(int(paragraph) + 1))
        return "paragraph"

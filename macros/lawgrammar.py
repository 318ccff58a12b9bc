"""The grammar of official texts: lines in, rows out, in the order of the text. Pure, and loses nothing.

Title and notes of promulgation, contents, 编章节, 条款项目 with 之一, annexes; outlines (一、（一）) and
clauses (7.2.1). What has no place is a row of kind ``unplaced``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.citation import number
from macros.lawtext import BLANK, Row, bare

_N = r"[零〇一二三四五六七八九十百千]+"
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


def lines(text: str) -> list[str]:
    """The lines that hold a character, without outer blanks and Markdown's comments."""
    text = re.sub(r"<!--(?! INFO END).*?-->", "", text, flags=re.S)
    return [row for row in (line.strip().strip(BLANK).strip() for line in text.splitlines()) if row.strip("#")]


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
        self.quoted = self.defining = False
        self.depth = 0  # brackets still open in the notes of promulgation
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
        begins = HEAD.match(plain) or _CONTENTS.fullmatch(plain) or _DIVISION.match(plain)
        if not begins and (self.depth > 0 or _FRONT.match(plain) and not _ITEM.match(plain)):
            self.mode = "header"
            self.depth += sum((sign in "（(") - (sign in "）)") for sign in plain)
            return "header"
        begins = begins or _OUTLINE.match(plain) or self.numbering == "clause" and re.match(r"\d", plain)
        if self.mode == "title" and at < 4 and len(plain) <= 60 and plain[-1] not in "。；：" and not begins:
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

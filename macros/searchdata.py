"""What the search in the page reads: two script files, made from records of pages.

Names come first and are small (titles, aliases, codes, headings, laws' names, pinyin initials), text follows.
A text that stands on several pages is kept once. The same records give the same bytes.
Matching and ranking are the browser's (`assets/js/search.js`); the layout of the files is known to these two only.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# The library's dictionary of phrases takes 45 MB and half a second; the few words of ours that it would
# tell apart stand below.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import Style, lazy_pinyin, load_phrases_dict

VERSION = 1
READINGS = {
    "调解": "tiáo jiě", "延长": "yán cháng", "调整": "tiáo zhěng", "协调": "xié tiáo", "调节": "tiáo jié", "失调": "shī tiáo", "银行": "yín háng", "行业": "háng yè",
    "会计": "kuài jì", "长期": "cháng qī", "长效": "cháng xiào", "重复": "chóng fù", "重新": "chóng xīn", "重作": "chóng zuò", "参与": "cān yù",
    "给付": "jǐ fù", "供给": "gōng jǐ", "校对": "jiào duì", "核校": "hé jiào", "召集": "zhào jí", "朝阳": "cháo yáng", "传阅": "chuán yuè",
}
load_phrases_dict({word: [[sound] for sound in sounds.split()] for word, sounds in READINGS.items()})
ARTICLE = re.compile(r"art-(\d+)")
SPACE = re.compile(r"\s+")
# A heading on this many pages tells none of them apart (步骤, 清单, 期限 …): it is text, not a name.
COMMON_HEADING = 12


@dataclass(frozen=True)
class Record:
    """One page. `headings` and `blocks` are pairs of anchor ("" for the top) and text, in reading order."""

    url: str
    title: str
    kind: str
    kind_label: str
    shelf: str = ""
    shelf_label: str = ""
    code: str = ""
    aliases: tuple[str, ...] = ()
    headings: tuple[tuple[str, str], ...] = ()
    blocks: tuple[tuple[str, str], ...] = ()
    weight: int = 0
    """How many other things refer to it; breaks ties."""


@dataclass(frozen=True)
class LawName:
    """The names under which a law is cited; its page is the record with the same url."""

    short: str
    full: str
    aliases: tuple[str, ...]
    url: str


class Numbered(dict[Any, int]):
    """Value → number in order of first use."""

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


def build(
    records: Iterable[Record], laws: Iterable[LawName] = (), synonyms: Mapping[str, Sequence[str]] | None = None
) -> dict[str, bytes]:
    """File name → content of the two script files."""
    pages = tuple(records)
    common = _common_headings(pages)
    return {
        "search-names.js": _script("names", _names(pages, tuple(laws), synonyms or {}, common)),
        "search-text.js": _script("text", _text(pages, common)),
    }


def initials(text: str) -> str:
    """行政处罚 → xzcf; Latin letters and digits stay."""
    parts = lazy_pinyin(text, style=Style.FIRST_LETTER, errors=lambda rest: list(rest))
    return "".join(part for part in "".join(parts).lower() if part.isascii() and part.isalnum())


def _script(name: str, content: object) -> bytes:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Line separators may not stand in a string before ES2019.
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"(window.faduData=window.faduData||{{}}).{name}={text};\n".encode("utf-8", "backslashreplace")


def _plain(text: str) -> str:
    return SPACE.sub(" ", text).strip()


def _common_headings(pages: tuple[Record, ...]) -> frozenset[str]:
    on: dict[str, int] = {}
    for page in pages:
        for text in {text for _, text in page.headings}:
            on[text] = on.get(text, 0) + 1
    return frozenset(text for text, count in on.items() if count >= COMMON_HEADING)


def _names(
    pages: tuple[Record, ...], laws: tuple[LawName, ...], synonyms: Mapping[str, Sequence[str]], common: frozenset[str]
) -> dict[str, object]:
    kinds, shelves, folders = Numbered(), Numbered(), Numbered()
    rows = []
    for page in pages:
        folder, _, file = page.url.rpartition("/")
        names = [page.title, *page.aliases]
        row: list[object] = [
            _plain(page.title),
            folders[folder],
            file,
            kinds[page.kind, page.kind_label],
            shelves[page.shelf, page.shelf_label],
            page.code,
            "\n".join(map(_plain, page.aliases)),
            "\n".join(map(initials, names)),
            "\n".join(f"{anchor}\t{_plain(text)}" for anchor, text in _own_headings(page, common)),
            page.weight,
        ]
        while row and row[-1] in ("", 0):
            row.pop()
        rows.append(row)
    at = {page.url: number for number, page in enumerate(pages)}
    return {
        "v": VERSION,
        "kinds": [list(kind) for kind in kinds],
        "shelves": [list(shelf) for shelf in shelves],
        "folders": list(folders),
        "pages": rows,
        "laws": [
            [at[law.url], law.short, law.full, "\n".join(law.aliases), _articles(pages[at[law.url]])]
            for law in laws
            if law.url in at
        ],
        "synonyms": [[word, *others] for word, others in sorted(synonyms.items()) if others],
    }


def _own_headings(page: Record, common: frozenset[str]) -> Iterable[tuple[str, str]]:
    return ((at, text) for at, text in page.headings if text not in common and not ARTICLE.match(at))


def _articles(page: Record) -> str:
    """Article numbers that have an anchor, as ranges: 1-86,90."""
    anchors = {at for at, _ in (*page.headings, *page.blocks)}
    numbers = sorted({int(found[1]) for at in anchors if (found := ARTICLE.match(at))})
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in ranges)


def _text(pages: tuple[Record, ...], common: frozenset[str]) -> dict[str, object]:
    """All blocks in one string, one a line: first those of one page each, page by page, then the shared ones.

    `own[page]` is a list of anchor, count, anchor, count …; `shared[block]` of page, anchor, page, anchor …
    """
    anchors = Numbered()
    where: dict[str, dict[tuple[int, int], None]] = {}
    for number, page in enumerate(pages):
        headings = [(at, text) for at, text in page.headings if text in common and not ARTICLE.match(at)]
        for anchor, text in (*page.blocks, *headings):
            if line := _plain(text):
                where.setdefault(line, {})[number, anchors[anchor]] = None
    own_lines: list[list[str]] = [[] for _ in pages]
    own: list[list[int]] = [[] for _ in pages]
    shared_lines, shared = [], []
    for line, places in where.items():
        if len({number for number, _ in places}) > 1:
            shared_lines.append(line)
            shared.append([part for place in places for part in place])
            continue
        number, anchor = next(iter(places))
        own_lines[number].append(line)
        runs = own[number]
        if runs and runs[-2] == anchor:
            runs[-1] += 1
        else:
            runs += [anchor, 1]
    lines = [line for page_lines in own_lines for line in page_lines] + shared_lines
    return {"v": VERSION, "anchors": list(anchors), "own": own, "shared": shared, "lines": "\n".join(lines)}

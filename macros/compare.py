"""Two versions of a text → which old article became which new one, and what changed in it.

The map is guessed by similarity; what ``data/changes`` says by hand goes before.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros import citation, lawtext, messages
from macros.catalog import Catalog
from macros.lawgrammar import HEAD
from macros.lawtext import LawText
from macros.models import Key
from macros.models.law import Change, Law

ALIKE, HELD = 0.45, 0.6  # ratio from which two articles are one; share from which one is part of another
HOW = ("未改", "改动", "新增", "删去")
Segment = tuple[str, str]  # ("same" | "old" | "new", words)


@dataclass(frozen=True, slots=True)
class Pair:
    """A new article (empty: none) with the old ones that it came from. ``how``: 未改, 改动, 新增, 删去."""

    old: tuple[str, ...]
    new: str
    how: str
    by_hand: bool = False


class Unknown(Exception):
    """Why two texts cannot be compared."""


def chosen(catalog: Catalog, name: str) -> Key:
    """The version that ``行政处罚法@2017`` names, if its text was imported."""
    found = citation.read(name)
    key = catalog.law(found.instrument) if found else None
    if found is None or key is None:
        meant = messages.nearest(found.instrument if found else name, catalog.law_names())
        raise Unknown(f"没有“{name}”这件依据" + (f"；是否想写 {meant}？" if meant else "") + "写法：行政处罚法@2017，现行的不写年份")
    law = catalog[key]
    assert isinstance(law, Law)
    key = Key("laws", key.id, (f"@{found.year}",) if found.year and found.year != law.current.id else ())
    if key not in catalog.texts:
        held = "、".join(text.version for at, text in catalog.texts.items() if at.id == key.id)
        raise Unknown(f"没有导入《{law.title}》{found.year or law.current.id}年版本的文本（已导入：{held or '无'}）；先运行 fadu import-law")
    return key


def by_hand(catalog: Catalog, law: Key) -> dict[str, str]:
    """Old article → new one (无: none), as written in the latest change of the law that has a map."""
    found = [change for _, change in catalog.all("changes") if isinstance(change, Change) and change.law.key == law.whole and change.articles]
    latest = max(found, key=lambda change: str(change.effective), default=None)
    return {str(old): str(new) for old, new in latest.articles.items()} if latest else {}


def numbers(text: str) -> list[str]:
    """``12、13`` as two articles; 无 as none."""
    return [] if text == "无" else [part for part in re.split(r"[、，,\s]+", text) if part]


def pairs(old: LawText, new: LawText, hand: Mapping[str, str] | None = None) -> list[Pair]:
    """In the order of the new text; what was left out stands where it stood."""
    fixed = {name: [one for one in numbers(to) if one in new.articles] for name, to in (hand or {}).items() if name in old.articles}
    guess = _guess({name: body(old, name) for name in old.articles if name not in fixed}, {name: body(new, name) for name in new.articles},
                   {one for row in fixed.values() for one in row})
    came: dict[str, list[str]] = defaultdict(list)
    for name in old.articles:
        for to in fixed.get(name) or guess.get(name, ()):
            came[to].append(name)
    gone = [name for name in old.articles if not (fixed.get(name) or guess.get(name))]
    found, passed = [], 0
    order = {name: at for at, name in enumerate(old.articles)}
    for name in new.articles:
        olds = tuple(came.get(name, ()))
        passed = max([passed, *(order[one] for one in olds)])
        while gone and order[gone[0]] < passed:
            found.append(Pair((gone[0],), "", "删去", gone[0] in fixed))
            gone.pop(0)
        same = len(olds) == 1 and body(old, olds[0]) == body(new, name)
        found.append(Pair(olds, name, "未改" if same else "改动" if olds else "新增", any(one in fixed for one in olds)))
    return found + [Pair((name,), "", "删去", name in fixed) for name in gone]


def body(text: LawText, article: str) -> str:
    """An article without its number and without blanks."""
    return lawtext.bare(HEAD.sub("", text.words((article,)), count=1))


def _guess(old: dict[str, str], new: dict[str, str], taken: set[str]) -> dict[str, list[str]]:
    """Old → new: the most alike first, each once; then what was taken up whole by another, or split from one."""
    grams_old, grams_new = ({name: _grams(text) for name, text in texts.items()} for texts in (old, new))
    where: dict[str, list[str]] = defaultdict(list)
    for name, grams in grams_new.items():
        for gram in grams:
            where[gram].append(name)
    place_old, place_new = ({name: at / len(texts) for at, name in enumerate(texts)} for texts in (old, new))
    shared = {name: Counter(to for gram in grams for to in where.get(gram, ())) for name, grams in grams_old.items()}
    candidates = sorted(
        (-_ratio(old[name], new[to]), abs(place_old[name] - place_new[to]), name, to)
        for name, counts in shared.items()
        for to, _ in sorted(counts.items(), key=lambda one: (-one[1] / (len(grams_old[name]) + len(grams_new[one[0]])), one[0]))[:4])
    found: dict[str, list[str]] = {}
    used = set(taken)
    for ratio, _, name, to in candidates:
        if -ratio >= ALIKE and name not in found and to not in used:
            found[name] = [to]
            used.add(to)
    for name, counts in shared.items():
        for to, count in sorted(counts.items(), key=lambda one: (-one[1], place_new[one[0]])):
            if name not in found and count >= HELD * len(grams_old[name]) or to not in used and count >= HELD * len(grams_new[to]):
                found.setdefault(name, []).append(to)
                used.add(to)
    return found


def _grams(text: str) -> set[str]:
    return {text[at:at + 3] for at in range(max(1, len(text) - 2))}


def _ratio(old: str, new: str) -> float:
    return 1.0 if old == new else SequenceMatcher(None, old, new, autojunk=False).ratio()


def segments(old: LawText, new: LawText, pair: Pair) -> tuple[list[Segment], list[Segment]]:
    """Both sides of a row, cut where they differ."""
    left = "\n".join(old.words((name,)) for name in pair.old)
    right = new.words((pair.new,)) if pair.new else ""
    if pair.how == "未改":
        return [("same", left)], [("same", right)]
    sides: tuple[list[Segment], list[Segment]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, words, mark in ((0, left[a:b], "old"), (1, right[c:d], "new")):
            if words:
                sides[side].append(("same" if kind == "equal" else mark, words))
    return sides


def versions(catalog: Catalog, law: Key) -> Iterator[tuple[LawText, LawText]]:
    """The imported text of a law with the one before it, if both are there."""
    held = sorted((text for key, text in catalog.texts.items() if key.whole == law.whole), key=lambda text: text.version)
    if len(held) > 1:
        yield held[-2], held[-1]


def shown(catalog: Catalog, law: Key) -> bool:
    """Whether there is anything to show old beside new."""
    return bool(by_hand(catalog, law)) or any(True for _ in versions(catalog, law))

"""What a change of law touches: everything that relies on a citation, with file and line.

Asked for an article, a range, a whole instrument, or for an old→new map of articles (a file, or
the map of a ``changes`` entry): then every place comes with its new number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from macros import citation, messages, wording
from macros.catalog import Catalog, Use
from macros.models import Key
from macros.models.law import Change, Coverage, Law
from macros.problems import Place


@dataclass(frozen=True, slots=True)
class Touched:
    """One place that relies on an article; with a map also the new number, with a change what was done about it."""

    place: Place
    kind: str
    label: str
    relation: str
    cites: str
    key: Key
    new: str = ""
    state: str = "待改"

    def as_json(self) -> dict[str, object]:
        return {"file": self.place.file, "line": self.place.line, "field": self.place.field, "kind": self.kind, "label": self.label,
                "relation": self.relation, "cites": self.cites, "key": str(self.key), "new": self.new, "state": self.state}


class Unknown(Exception):
    """What was asked for leads nowhere; the text says what was meant."""


def of(catalog: Catalog, text: str) -> list[Touched]:
    """Everything that relies on a whole instrument, an article (with its 款 and 项), a range; or on what ``changes/<id>`` maps."""
    if text.startswith("changes/"):
        return of_change(catalog, text)
    return _sorted(row for target in _targets(catalog, text) for row in _relying(catalog, target))


def of_change(catalog: Catalog, text: str) -> list[Touched]:
    """The places that a change entry's map of articles touches; without a map, all of its law."""
    key = Key("changes", text.partition("/")[2])
    change = catalog.entities.get(key)
    if not isinstance(change, Change):
        meant = messages.nearest(key.id, [one.id for one in catalog.keys("changes")])
        raise Unknown(f"没有 {text} 这条法律动态" + (f"；是否想写 changes/{meant}？" if meant else ""))
    law = catalog[change.law.key]
    assert isinstance(law, Law)
    moved = len(law.versions) > 1 and law.current.effective == change.effective  # then a bare number may already be a new one
    settled = {touched.to.key.whole: touched.status for touched in change.touches}
    old = [""] + [f"@{law.versions[-2].id}"] if len(law.versions) > 1 else [""]
    rows = of_map(catalog, {f"{law.short}{year}:{number}": str(new) for number, new in change.articles.items() for year in old}, strict=False) \
        if change.articles else of(catalog, str(law.short))
    return [replace(row, state=settled.get(row.key.whole, "待改"), new=f"还是旧条号的，改为 {row.new}" if moved and row.new and "@" not in row.cites else row.new)
            for row in rows if row.key != key]


def of_map(catalog: Catalog, renumbered: Mapping[str, str], *, strict: bool = True) -> list[Touched]:
    """The places that a map old → new touches. Without ``strict``, old articles that are recorded nowhere are passed over."""
    found: list[Touched] = []
    for old, new in renumbered.items():
        try:
            targets = _targets(catalog, old)
        except Unknown:
            if strict:
                raise
            continue
        found += [replace(row, new=_new(row, old, new)) for target in targets for row in _relying(catalog, target)]
    return _sorted(found)


def read_map(path: Path) -> dict[str, str]:
    """``仲裁法:20 → 仲裁法:25`` (or a tab, a comma), one a line; 无 where nothing took its place."""
    found: dict[str, str] = {}
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell for cell in re.split(r"\s*(?:→|->|\t|,|，)\s*|\s+", line.strip()) if cell]
        if len(cells) != 2:
            raise Unknown(f"{path.as_posix()}:{number}：写成“旧引用 → 新引用”，如 仲裁法:20 → 仲裁法:25；没有对应的写 无")
        found[cells[0]] = cells[1]
    return found


def _new(row: Touched, old: str, new: str) -> str:
    """The new citation of a place; 款 and 项 below the article that the map names are to be looked up."""
    if new == "无":
        return "无"
    instrument = re.split("[@:]", old)[0]
    text = "、".join(one if ":" in one else f"{instrument}:{one}" for one in re.split("[、;；]", new))
    below = row.cites.partition(":")[2].removeprefix(old.partition(":")[2])
    return f"{text}（款、项再核对）" if below else text


def _targets(catalog: Catalog, text: str) -> tuple[Key, ...]:
    found = citation.read(text)
    if found is None:
        raise Unknown(f"“{text}”不是引用；写法：行政处罚法:63")
    law = catalog.law(found.instrument)
    if law is None:
        meant = messages.nearest(found.instrument, catalog.law_names())
        raise Unknown(f"没有“{found.instrument}”这件依据" + (f"；是否想写 {meant}？" if meant else ""))
    targets = catalog.targets(found)
    if (found.start or found.year) and not targets:
        raise Unknown(f"“{found}”不存在，或者这一件没有核对过条文")
    return targets if found.start or found.year else (law,)


def _sorted(rows: Iterable[Touched]) -> list[Touched]:
    return sorted(set(rows), key=lambda row: (row.place, row.cites, row.new))


def _relying(catalog: Catalog, target: Key) -> Iterator[Touched]:
    law = catalog[target]
    assert isinstance(law, Law)
    for use in catalog.used_by_any(target):
        if use.target.part[: len(target.part)] == target.part:
            yield _touched(catalog, law, use)
    for key, coverage in catalog.all("coverage"):
        assert isinstance(coverage, Coverage)
        for number in coverage.articles if coverage.law.key == target.whole else ():
            if (number,)[: len(target.part)] == target.part[:1]:
                yield Touched(catalog.place(key, ("articles", number)), wording.kind(key), str(coverage.title), "articles", f"{law.short}:{number}", key)


def _touched(catalog: Catalog, law: Law, use: Use) -> Touched:
    return Touched(use.place, wording.kind(use.source) if use.source.kind != "site" else "站点", wording.label(catalog, use.source),
                   use.relation, wording.canonical(law, use.target.part), use.source)

"""``fadu import-law``: official texts that a user has, matched by title and date to ``data/laws``.

One report says for every file which instrument and version it is, how its articles compare with
the shape that we recorded, what could not be read and what has no law. Nothing is guessed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from macros import docfile, lawgrammar, lawtext, texts
from macros.catalog import Catalog
from macros.lawtext import LawText
from macros.models import Key
from macros.models.law import Law, Version

_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_STEM = re.compile(r"(?P<title>.+?)(?:[（(_@](?P<year>\d{4})(?P<rest>\d{4})?(?:年?(?:版本?|修订|修正)?)?[）)]?)?$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``state``: 已导入, 没有这件, 版本不明, 重复, 读不了."""

    file: str
    state: str
    law: str = ""
    title: str = ""
    version: str = ""
    articles: int = 0
    recorded: int = 0
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.state == "已导入" and not self.notes

    def as_json(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in ("file", "state", "law", "title", "version", "articles", "recorded")} | {
            "notes": list(self.notes), "remarks": list(self.remarks)}

    def __str__(self) -> str:
        text = f"{self.file}：{self.state}"
        if self.law:
            text += f"  《{self.title}》{self.version}  {self.articles} 条" + (f"（登记 {self.recorded} 条）" if self.recorded else "")
        return "\n    ".join((text, *self.notes, *self.remarks))


def run(catalog: Catalog, paths: Iterable[Path], target: Path) -> Iterator[Outcome]:
    """Import every file below the paths into ``target``."""
    seen: dict[tuple[str, str], str] = {}
    for path in files(paths):
        outcome, text = read(catalog, path)
        if text is not None:
            first = seen.setdefault((text.law, text.version), outcome.file)
            if first != outcome.file:
                outcome = Outcome(outcome.file, "重复", outcome.law, outcome.title, outcome.version, outcome.articles, outcome.recorded, (f"同一版本已从 {first} 导入，这一份没有用",))
            else:
                texts.write(target, text, text.version != _law(catalog, text.law).current.id)
        yield outcome


def files(paths: Iterable[Path]) -> Iterator[Path]:
    """Files in their order; folders with all that they hold, but for hidden and lock files."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        yield from (one for one in sorted(path.rglob("*")) if one.is_file() and not one.name.startswith((".", "~$")))


def read(catalog: Catalog, path: Path) -> tuple[Outcome, LawText | None]:
    """The outcome for one file, and its text when law and version are certain."""
    name = path.as_posix()
    try:
        content, unread = docfile.read(path)
    except docfile.Unreadable as error:
        return Outcome(name, "读不了", notes=(str(error),)), None
    found = lawgrammar.lines(content)
    key = match(catalog, found, path.stem)
    if key is None:
        title = next((line.lstrip("# ") for line in found), "")
        return Outcome(name, "没有这件", title=title[:60], notes=("资料里没有登记这一件；先用 fadu new laws 增加，或者补一个别名",)), None
    law = _law(catalog, key.id)
    rows = lawgrammar.parse(content, law.numbering)
    digest = hashlib.sha256("\n".join(row.text for row in rows).encode()).hexdigest()[:12]
    text = LawText(key.id, "", str(law.title), path.name, digest, rows)
    version, remark = _version(law, text, path.stem)
    text = replace(text, version=version)
    outcome = Outcome(name, "已导入" if version else "版本不明", key.id, str(law.title), version, len(text.articles),
                      len(law.numbers(version)), (*unread, *([] if version else [remark]), *differences(law, text), *oddities(law, text)), (remark,) if version and remark else ())
    return outcome, text if version else None


def _law(catalog: Catalog, name: str) -> Law:
    law = catalog[Key("laws", name)]
    assert isinstance(law, Law)
    return law


def match(catalog: Catalog, found: list[str], stem: str) -> Key | None:
    """The law that one of the first lines names (a title may be broken over two or three), or else the file's name."""
    known = {_plain(name): name for name in catalog.law_names()}
    top = [re.sub(r"^#+", "", line) for line in found[:8]]
    tries = ["".join(top[at:at + count]) for at in range(len(top)) for count in (3, 2, 1)]
    named = _STEM.fullmatch(stem)
    for title in (*tries, stem, named["title"] if named else stem):
        if name := known.get(_plain(title)):
            return catalog.law(name)
    return None


def _plain(title: str) -> str:
    title = re.sub(r"[（(](?:\d{4}年?(?:修订|修正|版本?)?|(?:修订|修正)(?:草案)?)[）)]$", "", lawtext.bare(title))
    return re.sub(r"^中华人民共和国", "", title.replace("《", "〈").replace("》", "〉"))


def _version(law: Law, text: LawText, stem: str) -> tuple[str, str]:
    """(version, remark): by a year in the file's name, the dates of its header, or articles that are exactly as recorded."""
    days = {day for row in text.rows if row.kind in ("header", "title") for day in _days(row.text)}
    named = _STEM.fullmatch(stem)
    if named and named["year"] and not named["rest"]:
        year = named["year"]
        return year, "" if law.version(year) else f"资料里没有 {year} 年版本（有 {_years(law)}），只用来对照"
    if named and named["rest"]:
        days |= set(_days(f"{named['year']}年{named['rest'][:2]}月{named['rest'][2:]}日"))
    for version in reversed(law.versions):
        if _dated(version) & days:
            return version.id, ""
    same = [version.id for version in law.versions if law.numbers(version.id) and not any(differences(law, replace(text, version=version.id)))]
    last = f"文本上最后一个日期是 {max(days)}" if days else "文本上没有公布、修改的日期"
    if len(same) == 1:
        return same[0], f"{last}；条款与登记的 {same[0]} 年版本完全一致，当作这一版"
    if not days and len(law.versions) == 1:
        return law.current.id, f"{last}，当作 {law.current.id} 年版本"
    return "", f"{last}，资料里的版本是 {_years(law)}；核对后在文件名后面写年份，如 {law.short}（{max(days).year if days else law.current.id}）"


def _days(text: str) -> Iterator[date]:
    for found in _DAY.finditer(lawtext.bare(text)):
        try:
            yield date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue


def _dated(version: Version) -> set[date]:
    return {day for day in (version.adopted, version.effective) if isinstance(day, date)}


def _years(law: Law) -> str:
    return "、".join(version.id for version in law.versions)


def differences(law: Law, text: LawText) -> Iterator[str]:
    """Where the text's articles are not what we recorded for this version."""
    numbers = law.numbers(text.version) if law.version(text.version) else ()
    if not numbers or law.numbering != "article":
        return
    if missing := [name for name in numbers if name not in text.articles]:
        yield f"文本里没有登记过的条：{'、'.join(missing[:10])}{' 等' if len(missing) > 10 else ''}"
    if more := [name for name in text.articles if name not in numbers]:
        yield f"登记里没有的条：{'、'.join(more[:10])}{' 等' if len(more) > 10 else ''}"
    for name in numbers:
        recorded = law.shape(name, text.version)
        if name in text.shapes and recorded is not None and lawtext.flat(recorded) != lawtext.flat(text.shapes[name]):
            yield f"第{name}条的款、项：登记 {list(lawtext.flat(recorded))}，文本 {list(lawtext.flat(text.shapes[name]))}"


def oddities(law: Law, text: LawText) -> Iterator[str]:
    """What the grammar could not place, and jumps of the numbering."""
    unplaced = text.of_kind("unplaced")
    if unplaced:
        yield f"{len(unplaced)} 行没有放进条文，原样保留：{unplaced[0][:30]}…"
    if tuple(text.articles) != law.numbers(text.version):
        yield from text.gaps()
    if not text.articles:
        yield "没有读到条文，整篇原样保留"

"""Rules about what is in force: citations, versions, changes still open, old names, imported texts.

Like ``checks``: one function per rule, ``catalog -> findings``; none prints or exits. ``on`` is
the day for which the laws are judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from macros import citation, lawtext
from macros.catalog import Catalog, Use
from macros.models import Key, Text
from macros.models.base import walk
from macros.models.law import Change, Law
from macros.problems import Place, Problem

# Words beside the name of a law that show that the writer knows it is not in force.
KNOWN = re.compile(r"废止|失效|届满|期满|到期|取代|替代|代替|不再|旧|原《|原来|原先|历史|修订前|修改前|沿革|当时|尚未施行|施行前|起施行|施行后|施行起|将施行")


def run(catalog: Catalog, on: date) -> Iterator[Problem]:
    for check in (laws_cited_are_in_force, versions_are_in_order, changes_are_settled, maps_name_real_articles, former_names_are_not_used,
                  recorded_shapes_fit_texts, citations_fit_texts):
        yield from check(catalog, on)


def laws_cited_are_in_force(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key in (*catalog.entities, *catalog.pages):
        if key.kind in ("changes", "laws"):
            continue
        for use in catalog.uses(key):
            if use.citation is None:
                continue
            law = catalog[use.target]
            assert isinstance(law, Law)
            if key.kind == "docs" or use.relation == "mentions" and not use.citation.start:
                yield from _spoken_of(catalog, use, law, on)
            else:
                yield from _relied_on(use, law, on)


def _relied_on(use: Use, law: Law, on: date) -> Iterator[Problem]:
    """A citation of what is not in force gives its reason; one that needs none has none."""
    cited, status = use.citation, law.status(on)
    assert cited is not None
    old = bool(cited.year) and law.version(cited.year) is not law.current
    if old or status in ("已废止", "规划期届满"):
        if not cited.historical:
            what = f"引用的是 {cited.year} 年旧版本" if old else f"《{law.title}》{status}"
            yield Problem(use.place, what, f"改引现行规定；确需引用的写 {{to: {cited}, historical: 理由}}")
    elif status == "尚未施行":
        if not cited.future:
            yield Problem(use.place, f"《{law.title}》{status}", f"确需引用的写 {{to: {cited}, future: 理由}}")
    elif cited.historical or cited.future:
        yield Problem(use.place, f"《{law.title}》{status}，不用写 historical 或 future", "删去这个例外")


def _spoken_of(catalog: Catalog, use: Use, law: Law, on: date) -> Iterator[Problem]:
    """A repealed law named in running text: the same line says that it is."""
    if law.status(on) == "已废止" and not KNOWN.search(_line(catalog, use.source, use.place)):
        successor = f"现行的是《{catalog[law.successor.key].title}》；" if law.successor else ""
        yield Problem(use.place, f"《{law.title}》已废止", f"{successor}讲历史的在同一行写明“已废止”")


def _line(catalog: Catalog, key: Key, place: Place) -> str:
    """The line of a page, or the whole text of a field, that a place names."""
    if key.kind == "docs":
        return catalog.pages[key.whole].body.splitlines()[place.line - 1]
    return next((value for path, value in walk(catalog[key]) if isinstance(value, Text) and catalog.place(key.whole, path) == place), "")


def versions_are_in_order(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, law in catalog.all("laws"):
        assert isinstance(law, Law)
        dated = [version.effective for version in law.versions if version.effective != "unknown"]
        if dated != sorted(dated):
            yield Problem(catalog.place(key, ("versions",)), "版本没有按施行日期由旧到新排", "调整顺序")
        for at, version in enumerate(law.versions[:-1]):
            if version.until is None:
                yield Problem(catalog.place(key, ("versions", at)), f"旧版本 {version.id} 没有写 until（最后有效日）", "写新版本施行的前一日")
        for at, version in enumerate(law.versions):
            if version.until and version.effective != "unknown" and version.until < version.effective:
                yield Problem(catalog.place(key, ("versions", at, "until")), "最后有效日早于施行日", "核对日期")


def changes_are_settled(catalog: Catalog, on: date) -> Iterator[Problem]:
    """What a change of law touches is mended, or needs no mending, when the change takes effect."""
    for key, change in catalog.all("changes"):
        assert isinstance(change, Change)
        if change.effective == "unknown" or change.effective > on:
            continue
        for at, touched in enumerate(change.touches):
            if touched.status == "待改":
                yield Problem(catalog.place(key, ("touches", at)), f"{change.effective} 已经施行，{touched.to} 还是待改",
                              "改好写 已改；核对后不用改的写 无需改 和 note；受影响的位置用 fadu impact 查")


def maps_name_real_articles(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, change in catalog.all("changes"):
        assert isinstance(change, Change)
        law = catalog[change.law.key]
        assert isinstance(law, Law)
        old = law.numbers(law.versions[-2].id) if len(law.versions) > 1 else ()
        for number, to in change.articles.items():
            place = catalog.place(key, ("articles", number))
            if old and number not in old:
                yield Problem(place, f"《{law.title}》{law.versions[-2].id} 年版本没有第 {number} 条", f"见 {catalog.sources[change.law.key].file} 的 versions")
            for one in re.split("、", to) if to != "无" and law.articles else ():
                if one not in law.articles:
                    yield Problem(place, f"《{law.title}》没有第 {one} 条", "写新条号，几条用顿号分开，没有对应的写 无")


def former_names_are_not_used(catalog: Catalog, on: date) -> Iterator[Problem]:
    former = {str(name): law for _, law in catalog.all("laws") for name in law.former}  # type: ignore[attr-defined]
    if not former:
        return

    def found(text: str) -> Iterator[Problem]:
        for name in (cited.instrument for _, cited in citation.written(text) if cited.instrument in former):
            yield Problem(Place(""), f"《{name}》是曾用名", f"现行的是《{former[name].title}》；讲历史的在同一行写明“已废止”")

    for key, entity in catalog.entities.items():
        for path, value in walk(entity) if key.kind not in ("laws", "changes") else ():
            if isinstance(value, Text) and "《" in value and not KNOWN.search(value):
                yield from (Problem(catalog.place(key, path), one.message, one.hint) for one in found(value))
    for page in catalog.pages.values():
        for number, row in enumerate(page.body.splitlines(), 1):
            if "《" in row and not KNOWN.search(row):
                yield from (Problem(Place(page.file, number), one.message, one.hint) for one in found(row))


def recorded_shapes_fit_texts(catalog: Catalog, on: date) -> Iterator[Problem]:
    """Imported words win over what we recorded: a difference is named with both."""
    for key, text in catalog.texts.items():
        law = catalog[key]
        assert isinstance(law, Law)
        version = law.version(text.version)
        if law.numbering != "article" or version is None:
            continue
        path: tuple[str | int, ...] = ("articles",) if version is law.current else ("versions", law.versions.index(version), "shape")
        recorded = {number: lawtext.flat(law.shape(number, text.version) or ()) for number in law.numbers(text.version)}
        for number in dict.fromkeys((*recorded, *text.shapes)) if recorded else ():
            ours, theirs = recorded.get(number), lawtext.flat(text.shapes[number]) if number in text.shapes else None
            if ours != theirs:
                yield Problem(catalog.place(key.whole, (*path, number)), f"第 {number} 条的构造与导入的文本（{text.file}）不一致："
                              f"登记{_told(ours)}，文本{_told(theirs)}", "对照公布的文本改登记；文本导错了的，删去 local/texts 里的文件重新导入")


def _told(shape: tuple[int, ...] | None) -> str:
    return "没有这一条" if shape is None else f"{len(shape)} 款，各款项数 {list(shape)}"


def citations_fit_texts(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, text in catalog.texts.items():
        law = catalog[key]
        assert isinstance(law, Law)
        for use in catalog.used_by_any(key) if law.numbering == "article" else ():
            old = use.target.part[:1] if use.target.part and use.target.part[0].startswith("@") else ()
            part = use.target.part[len(old):]
            if use.citation and part and old == key.part and not text.words(part):
                ours, theirs = law.shape(part[0], text.version), text.shapes.get(part[0])
                yield Problem(use.place, f"引用的 {use.citation} 在导入的文本（{text.file}）里没有",
                              f"第 {part[0]} 条：登记{_told(ours and lawtext.flat(ours))}，文本{_told(theirs and lawtext.flat(theirs))}；对照公布的文本改引用和登记")

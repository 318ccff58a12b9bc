"""Every thing by its key, and who refers to whom: the one table behind pages, charts and backlinks.

Citations and pointers are resolved here, before any page exists. The catalogue knows no path,
anchor or markup.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pydantic import BaseModel

from macros import citation, loader, messages, prose
from macros.citation import Citation
from macros.lawtext import LawText
from macros.models import KINDS, SHELVES, Entity, Key, Pointer, Text
from macros.models.base import PLACEHOLDER, walk
from macros.models.law import Law
from macros.models.setting import Org, Site
from macros.problems import Place, Problem
from macros.reviews import Review
from macros.yaml_source import Source


@dataclass(frozen=True, slots=True)
class Use:
    """``source`` refers to ``target``; ``relation`` is the field it stands in."""

    source: Key
    relation: str
    target: Key
    place: Place
    citation: Citation | None = None


@dataclass(slots=True, eq=False, weakref_slot=True)
class Catalog:
    """The immutable result of a reading. Lookups never fail for keys it handed out."""

    entities: Mapping[Key, Entity]
    pages: Mapping[Key, prose.Page]
    shelves: Mapping[Key, str]
    sources: Mapping[Key, Source]
    site: Site
    org: Org
    reviews: Mapping[str, Review] = field(default_factory=dict)
    texts: Mapping[Key, LawText] = field(default_factory=dict)
    _out: dict[Key, list[Use]] = field(default_factory=dict)
    _in: dict[Key, list[Use]] = field(default_factory=dict)
    _in_any: dict[Key, list[Use]] = field(default_factory=dict)
    _laws: dict[str, Key] = field(default_factory=dict)
    _kinds: dict[str, tuple[Key, ...]] = field(default_factory=dict)

    @property
    def as_of(self) -> date:
        return self.site.as_of

    def __getitem__(self, key: Key) -> Entity:
        return self.entities[key.whole]

    def __contains__(self, key: Key) -> bool:
        return key.whole in self.entities or key.whole in self.pages

    def keys(self, kind: str) -> tuple[Key, ...]:
        """All keys of a kind, in the order in which shelves list them: by code, then title."""
        if kind not in self._kinds:
            def order(key: Key) -> tuple[object, ...]:
                entity = self.entities[key]
                shelf = self.shelves.get(key, "")
                return (SHELVES.index(shelf) if shelf in SHELVES else 9, getattr(entity, "order", 0),
                        re.sub(r"\d+", lambda number: number[0].zfill(4), getattr(entity, "code", None) or "~"), key.id)

            self._kinds[kind] = tuple(sorted((key for key in self.entities if key.kind == kind), key=order))
        return self._kinds[kind]

    def all(self, kind: str) -> Iterator[tuple[Key, Entity]]:
        return ((key, self.entities[key]) for key in self.keys(kind))

    def uses(self, source: Key) -> tuple[Use, ...]:
        """What an entity (with all its parts) refers to, in the order of its file."""
        return tuple(self._out.get(source.whole, ()))

    def used_by(self, target: Key) -> tuple[Use, ...]:
        """Who refers to exactly this thing (a 款 is not its 条)."""
        return tuple(self._in.get(target, ()))

    def used_by_any(self, target: Key) -> tuple[Use, ...]:
        """Who refers to an entity or any part of it."""
        return tuple(self._in_any.get(target.whole, ()))


    def shelf(self, key: Key) -> str:
        return self.shelves.get(key.whole, "")

    def on_shelf(self, kind: str, shelf: str) -> tuple[Key, ...]:
        """Keys at home on a shelf, then those shown there too (``also``)."""
        home = tuple(key for key in self.keys(kind) if self.shelves.get(key) == shelf)
        return home + tuple(key for key in self.keys(kind) if shelf in getattr(self.entities[key], "also", ()))

    def place(self, key: Key, path: tuple[str | int, ...] = ()) -> Place:
        """Where a thing, or a value in it, is written."""
        if key.kind == "docs":
            return Place(self.pages[key.whole].file)
        if key.part and not path:
            path = self.entities[key.whole].parts().get(key.part, ())
        return self.sources[key.whole].place(path)

    def review(self, key: Key) -> Review | None:
        """The second reading of a thing, if its file is still what was read."""
        source = self.sources.get(key.whole)
        found = self.reviews.get(source.file) if source else None
        return found if found and source and found.digest == source.digest[:12] else None

    def law(self, name: str) -> Key | None:
        """The law called by short, alias, full title or number."""
        return self._laws.get(name)

    def law_names(self) -> tuple[str, ...]:
        return tuple(self._laws)

    def text(self, key: Key) -> LawText | None:
        """The imported text of the version of a law that a citation names."""
        old = key.part[:1] if key.part and key.part[0].startswith("@") else ()
        return self.texts.get(Key("laws", key.id, old))

    def words(self, key: Key) -> str:
        """The official words of an article, if its text was imported."""
        text = self.text(key)
        part = key.part[1:] if key.part and key.part[0].startswith("@") else key.part
        return text.quoted(part) if text and part else ""

    def targets(self, cited: Citation) -> tuple[Key, ...]:
        """The things a (checked) citation points to: one article each, a range is spread."""
        found = _resolve(self, cited)
        return found if isinstance(found, tuple) else ()


@functools.cache
def _plain(title: str) -> str:
    return re.sub(r"^中华人民共和国", "", title)


def _names(entities: Mapping[Key, Entity], problems: list[Problem], sources: Mapping[Key, Source]) -> dict[str, Key]:
    names: dict[str, Key] = {}
    laws = [(key, law) for key, law in entities.items() if isinstance(law, Law)]
    for binding in ("short", "title", "number", "aliases"):
        for key, law in laws:
            value = getattr(law, binding)
            for name in value if isinstance(value, tuple) else (value,):
                if not name:
                    continue
                other = names.setdefault(str(name), key)
                if other != key:
                    problems.append(Problem(sources[key].place((binding,)), f"“{name}”已经是另一件的名称", f"见 {sources[other].file}"))
    for key, law in laws:
        names.setdefault(_plain(law.title), key)
    return names


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a citation leads nowhere."""

    message: str
    hint: str = ""


def _resolve(catalog: Catalog, cited: Citation) -> tuple[Key, ...] | Wrong:
    key = catalog.law(cited.instrument)
    if key is None:
        for _, now in catalog.all("laws"):
            if cited.instrument in now.former:  # type: ignore[attr-defined]
                return Wrong(f"“{cited.instrument}”是曾用名", f"现行的是《{now.title}》，按它的条号改引")
        meant = messages.nearest(cited.instrument, catalog._laws)
        return Wrong(f"没有“{cited.instrument}”这件依据", (f"是否想写 {meant}？" if meant else "先在 data/laws 里增加这一件"))
    law = catalog.entities[key]
    assert isinstance(law, Law)
    where = f"{catalog.sources[key].file}"
    if cited.year and law.version(cited.year) is None:
        years = "、".join(version.id for version in law.versions)
        return Wrong(f"《{law.title}》没有 {cited.year} 年版本", f"{where}：有 {years}")
    if not cited.start:
        return (Key("laws", key.id, (f"@{cited.year}",) if cited.year else ()),)
    if law.confidence != "高" or law.numbering == "none":
        return Wrong(f"《{law.title}》的文本没有核对过，只能整件引用", f"写成 {law.short}；把握：{law.confidence}")
    old = f"@{cited.year}" if cited.year and law.version(cited.year) is not law.current else ""
    first = _located(law, cited.year, cited.start, where)
    if isinstance(first, Wrong):
        return first
    prefix = (old,) if old else ()
    if not cited.end:
        return (Key("laws", key.id, (*prefix, *first)),)
    last = _located(law, cited.year, cited.end, where)
    if isinstance(last, Wrong):
        return last
    if law.numbering != "article" or len(first) != 1 or len(last) != 1:
        return Wrong("范围只能从条到条", "分开写成几个引用")
    numbers = law.numbers(cited.year)
    begin, end = numbers.index(first[0]), numbers.index(last[0])
    if begin >= end:
        return Wrong(f"范围“{cited.start}~{cited.end}”前后颠倒", "小的条号写在前面")
    return tuple(Key("laws", key.id, (*prefix, number)) for number in numbers[begin:end + 1])


def _located(law: Law, year: str, text: str, where: str) -> tuple[str, ...] | Wrong:
    parts = citation.locator(text, law.numbering)
    if parts is None:
        how = {"article": "条.款.项，如 63.1.2", "outline": "如 （十一） 或 二（三）", "clause": "如 7.2.1"}[law.numbering]
        return Wrong(f"《{law.title}》的位置“{text}”写法不对", how)
    numbers = law.articles or law.numbers(year)
    if law.numbering != "article" or not numbers:
        return parts
    article = parts[0]
    shape = law.shape(article, year)
    name = f"《{law.title}》"
    if shape is None:
        return Wrong(f"{name}没有第{_article(article)}条", f"{where}：共{citation.chinese(len(law.numbers(year)))}条")
    if len(parts) == 1:
        return parts
    paragraph = int(parts[1])
    if paragraph > len(shape):
        return Wrong(f"{name}第{_article(article)}条没有第{citation.chinese(paragraph)}款", f"{where}：这一条共{citation.chinese(len(shape))}款")
    if len(parts) == 2:
        return parts
    items = shape[paragraph - 1]
    count = items if isinstance(items, int) else len(items)
    item = int(parts[2])
    if item > count:
        listed = f"这一款共{citation.chinese(count)}项" if count else "这一款没有分项"
        return Wrong(f"{name}第{_article(article)}条第{citation.chinese(paragraph)}款没有第{citation.chinese(item)}项", f"{where}：{listed}")
    if len(parts) == 4:
        points = 0 if isinstance(items, int) else items[item - 1]
        if int(parts[3]) > points:
            return Wrong(f"{name}第{_article(article)}条这一项没有第{parts[3]}目", f"{where}：目数没有记录或不够")
    return parts


def _article(number: str) -> str:
    main, _, sub = number.partition("-")
    return citation.chinese(int(main)) + (f"条之{citation.chinese(int(sub))}" if sub else "")


def build(reading: loader.Reading, pages: dict[Key, prose.Page], reviews: Mapping[str, Review] | None = None,
          texts: Mapping[str, LawText] | None = None) -> tuple[Catalog, list[Problem]]:
    """The catalogue and every reference that leads nowhere."""
    problems: list[Problem] = []
    catalog = Catalog(
        entities=reading.entities, pages=pages, shelves=reading.shelves, sources=reading.sources,
        site=reading.singles.get("site"), org=reading.singles.get("org"),  # type: ignore[arg-type]
        reviews=reviews or {}, texts=dict(_texts(reading, texts or {}, problems)),
    )
    catalog._laws.update(_names(reading.entities, problems, reading.sources))
    walker = _Walker(catalog, reading, problems)
    for key, entity in reading.entities.items():
        walker.entity(key, entity)
    for name, single in reading.singles.items():
        walker.entity(Key(name, name), single)
    for key, source in reading.broken.items():
        for path, found in loader.loose(source.tree):
            walker.refer(key, "", found, source.place(path), keep=False)
    for key, page in pages.items():
        for place, relation, found in page.uses:
            walker.refer(key, relation, found, place)
    return catalog, problems


def _texts(reading: loader.Reading, texts: Mapping[str, LawText], problems: list[Problem]) -> Iterator[tuple[Key, LawText]]:
    """Imported texts by law; one that is no longer the current version becomes an old one by itself."""
    for name, text in texts.items():
        key = Key("laws", text.law)
        law = reading.entities.get(key)
        if isinstance(law, Law):
            yield Key("laws", key.id, () if text.version == law.current.id else (f"@{text.version}",)), text
        elif key not in reading.broken:
            problems.append(Problem(Place(name), f"data/laws 里没有 {text.law}，这份文本没有用", "删去这个文件，或者重新运行 fadu import-law"))


def _part(parts: Mapping[tuple[str | int, ...], tuple[str, ...]], path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The innermost addressable part that holds a path."""
    for end in range(len(path), 0, -1) if parts else ():
        if (part := parts.get(path[:end])) is not None:
            return part
    return ()


class _Walker:
    """Goes through the fields of an entity generically and records every reference."""

    def __init__(self, catalog: Catalog, reading: loader.Reading, problems: list[Problem]) -> None:
        self.catalog, self.reading, self.problems = catalog, reading, problems

    def entity(self, key: Key, entity: BaseModel) -> None:
        self.key, self.source = key, self.reading.sources[key]
        parts = {path: part for part, path in entity.parts().items()} if isinstance(entity, Entity) else {}
        for path, value in walk(entity):
            if isinstance(value, (Citation, Pointer)):
                relation = next((str(name) for name in reversed(path) if isinstance(name, str)), "")
                self.refer(Key(key.kind, key.id, _part(parts, path)), relation, value, self.source.place(path))
            elif isinstance(value, Text) and ("$" in value or "《" in value):
                self._text(value, path, _part(parts, path))

    def _text(self, text: Text, path: tuple[str | int, ...], part: tuple[str, ...]) -> None:
        key, place = Key(self.key.kind, self.key.id, part), self.source.place(path)
        for found in PLACEHOLDER.finditer(text):
            if found["id"]:
                self._placeholder(key, found["id"], place)
            elif found["cite"] is not None:
                cited = citation.parse(found["cite"])
                if cited is None:
                    self._problem(place, f"$cite({found['cite']}) 写法不对", "写法：$cite(行政处罚法:63.1)")
                else:
                    self.refer(key, "cites", cited, place)
        for _, cited in citation.written(text):
            self.refer(key, "mentions", cited, place)

    def _placeholder(self, key: Key, name: str, place: Place) -> None:
        kinds = ("fields", "parameters") if key.kind == "documents" else ("parameters",)
        for kind in kinds:
            if Key(kind, name) in self.reading.sources:
                return self.refer(key, kind, Pointer(Key(kind, name)), place)
        known = [found.id for found in self.reading.sources if found.kind in kinds]
        meant = messages.nearest(name, known)
        self._problem(place, f"没有 ${name} 这个{'字段或地方参数' if len(kinds) > 1 else '地方参数'}",
                      f"是否想写 ${meant}？" if meant else f"先在 data/{kinds[0]} 里增加；要写美元符号用 $$")

    def refer(self, source: Key, relation: str, found: Citation | Pointer, place: Place, keep: bool = True) -> None:
        if isinstance(found, Pointer):
            if self._exists(found.key, place) and keep:
                self._record(Use(source, relation, found.key, place))
            return
        if relation == "mentions" and not found.start and self.catalog.law(found.instrument) is None:
            return  # 《…》 without article may be a paper or a book
        result = _resolve(self.catalog, found)
        if isinstance(result, Wrong):
            if Key("laws", self._id(found.instrument)) in self.reading.broken:
                return
            self._problem(place, result.message, result.hint)
        elif keep:
            for target in result:
                self._record(Use(source, relation, target, place, found))

    def _id(self, instrument: str) -> str:
        key = self.catalog.law(instrument)
        return key.id if key else ""

    def _exists(self, key: Key, place: Place) -> bool:
        if key.kind == "docs":
            if key.whole in self.catalog.pages:
                return True
            self._problem(place, f"没有 docs/{key.id} 这一页", "")
            return False
        if key.kind not in KINDS:
            meant = messages.nearest(key.kind, KINDS)
            self._problem(place, f"没有 {key.kind} 这个类别", (f"是否想写 {meant}？" if meant else "") + f"可用类别：{'、'.join(KINDS)}")
            return False
        if key.whole not in self.reading.sources:
            known = [found.id for found in self.reading.sources if found.kind == key.kind]
            meant = messages.nearest(key.id, known)
            label = KINDS[key.kind].label
            self._problem(place, f"没有 {key.id} 这个{label}", f"是否想写 {meant}？" if meant else f"先在 data/{key.kind} 里增加，或者改用已有的编号")
            return False
        entity = self.reading.entities.get(key.whole)
        if key.part and entity is not None and key.part not in entity.parts():
            known = [".".join(part) for part in entity.parts()]
            meant = messages.nearest(".".join(key.part), known)
            self._problem(place, f"{key.whole} 里没有 {'.'.join(key.part)}", f"是否想写 {meant}？" if meant else f"可用：{'、'.join(known[:12])}")
            return False
        return True

    def _problem(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(place, message, hint))

    def _record(self, use: Use) -> None:
        self.catalog._out.setdefault(use.source.whole, []).append(use)
        self.catalog._in.setdefault(use.target, []).append(use)
        self.catalog._in_any.setdefault(use.target.whole, []).append(use)

"""What the search data are made of: pages as records, names of laws, synonyms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros import routes, wording
from macros.catalog import Catalog
from macros.citation import Citation
from macros.models import Key, Text
from macros.models.base import PLACEHOLDER, walk
from macros.models.law import Law
from macros.searchdata import LawName, Record


def _clean(catalog: Catalog, text: str) -> str:
    def name(found: object) -> str:
        if found["cite"] is not None or not found["id"]:  # type: ignore[index]
            return ""
        for kind in ("fields", "parameters"):
            if (key := Key(kind, found["id"])) in catalog.entities:  # type: ignore[index]
                return str(catalog[key].title)
        return ""

    return PLACEHOLDER.sub(name, text)


# What else the pages are called that hold no single thing.
CALLED = {
    "calculator": ("期限计算器", "计算器", "算日子", "倒排日期", "日历"), "draft": ("文稿检查", "公文检查", "查错", "文稿纠错"),
    "report": ("年度报告", "写报告", "做计划"), "questions": ("试题", "考试", "练习", "做题", "刷题"), "paths": ("培训", "新人学习", "我是新来的"),
    "triage": ("判断树", "判断题", "分不清"), "registers": ("台账",), "documents": ("文书模板", "模板", "范本"), "checklists": ("检查表", "核对表"),
    "procedures": ("流程", "程序"), "terms": ("名词解释",), "duties": ("全年要做的事", "年度任务"), "parameters": ("省里的规定", "本地规定"), "laws": ("法规库", "查法条"),
    "failures": ("案例", "教训"), "metrics": ("考核指标",), "tasks": ("办事",), "changes": ("法律修改", "新法"),
}


def records(catalog: Catalog) -> Iterator[Record]:
    for kind in sorted({key.kind for key in catalog.entities} - {"systems"}):
        for key in catalog.keys(kind):
            yield _record(catalog, key)
    for name, title in routes.INDEXES.items():
        yield Record(url=f"{name}.html", title=title, kind="docs", kind_label="工具和目录", shelf="", shelf_label="", code="", aliases=CALLED.get(name, ()), headings=(), blocks=())
    for key, page in sorted(catalog.pages.items()):
        yield Record(url=routes.url(catalog, key), title=page.title, kind="docs", kind_label="页面", shelf="", shelf_label="", code="",
                     aliases=(), headings=(), blocks=tuple(("", line) for line in page.body.splitlines() if line and not line.startswith(("---", "{{"))))


def _record(catalog: Catalog, key: Key) -> Record:
    entity, shelf = catalog[key], catalog.shelf(key)
    where = routes.url(catalog, key)
    headings, blocks = _law(entity) if isinstance(entity, Law) else _parts(catalog, key, "#" in where)
    aliases = tuple(map(str, entity.aliases)) + tuple(map(str, getattr(entity, "synonyms", ())))
    if isinstance(entity, Law):
        aliases = (str(entity.short), *aliases, *((str(entity.number),) if entity.number else ()))
    aliases += tuple(str(old.name) for old in getattr(entity, "former", ()) if hasattr(old, "name"))
    if task := getattr(entity, "task", None):
        aliases = (*aliases, str(task))
    return Record(
        url=where, title=wording.label(catalog, key) if entity.title is None else str(entity.title), kind=key.kind, kind_label=wording.kind(key),
        shelf=shelf, shelf_label=str(catalog[Key("systems", shelf)].short) if shelf else "",  # type: ignore[attr-defined]
        code=getattr(entity, "code", None) or "", aliases=aliases, headings=tuple(headings), blocks=tuple(blocks),
        weight=len({use.source.whole for use in catalog.used_by_any(key)}),
    )


Rows = list[tuple[str, str]]


def _law(law: Law) -> tuple[Rows, Rows]:
    """The gists, each at its article."""
    blocks = [(f"art-{number}", f"{wording.locator(law, (number,))} {article.gist}") for number, article in law.articles.items() if article.gist]
    return [], blocks


def _parts(catalog: Catalog, key: Key, row: bool) -> tuple[Rows, Rows]:
    """Headings and texts of an entity by anchor; each part ends with the articles that it cites, as one would type them."""
    entity = catalog[key]
    parts = {path: part for part, path in entity.parts().items()}
    headings: Rows = []
    blocks: Rows = []
    cited: dict[str, list[str]] = {}
    for path, value in walk(entity):
        part = () if row else next((parts[path[:end]] for end in range(len(path), 0, -1) if path[:end] in parts), ())
        anchor = routes.anchor(Key(key.kind, key.id, part)) if part else ""
        if isinstance(value, Citation):
            names = cited.setdefault(anchor, [])
            names += [name for target in catalog.targets(value) if (name := _cited(catalog, target)) not in names]
        elif isinstance(value, Text) and path and path[0] not in ("title", "aliases", "code", "history", "task"):
            if path[-1] == "title" and len(part) == 1:
                headings.append((anchor, _clean(catalog, value)))
            elif text := _clean(catalog, value):
                blocks.append((anchor, text))
    blocks += [(anchor, "、".join(names)) for anchor, names in cited.items()]
    return headings, blocks


def _cited(catalog: Catalog, target: Key) -> str:
    law = catalog[target]
    assert isinstance(law, Law)
    return f"{law.short}{wording.locator(law, target.part)}"


def law_names(catalog: Catalog) -> Iterator[LawName]:
    for key, law in catalog.all("laws"):
        assert isinstance(law, Law)
        yield LawName(short=str(law.short), full=str(law.title), aliases=tuple(map(str, law.aliases)), url=routes.url(catalog, key))


def synonyms(catalog: Catalog) -> dict[str, tuple[str, ...]]:
    """Word → other words for the same thing, both ways; from terms and roles."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in ("terms", "roles"):
        for _, entity in catalog.all(kind):
            title = re.sub(r"（.*?）", "", str(entity.title))
            words = [title, *map(str, entity.aliases), *map(str, getattr(entity, "synonyms", ()))]
            words += [str(old.name) for old in getattr(entity, "former", ())]
            for word in words if len(words) > 1 else ():
                found[word] = tuple(dict.fromkeys((*found.get(word, ()), *(other for other in words if other != word))))
    return found

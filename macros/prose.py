"""Hand-written pages: macro calls and written citations, with the line they stand on.

``docs/**/*.md`` is parsed with Jinja's own parser before anything is rendered, so that a law
page lists the training pages that cite it and a typo in prose is reported with the data errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from jinja2 import nodes

from macros import citation
from macros.models import Key, Pointer
from macros.problems import Place, Problem

# Macro name → kind of its first argument ("" takes kind/id, None takes no entity).
MACROS: dict[str, str | None] = {
    "procedure": "procedures", "flowchart": "procedures", "checklist": "procedures", "deadlines": "procedures",
    "papers": "procedures", "registers": "procedures", "failures": "procedures", "township": "procedures",
    "step": "procedures", "steps": "procedures",
    "document": "documents", "report": "documents", "law": "laws", "articles": "laws", "compared": "laws", "register": "registers", "metric": "metrics",
    "triage": "triage", "term": "terms", "role": "roles", "parameter": "parameters", "path": "paths",
    "question": "questions", "card": "checklists", "failure": "failures", "change": "changes", "duty": "duties",
    "coverage": "coverage", "field": "fields",
    "shelf": "systems", "home": None, "tasks": None,
    "related": "", "link": "", "history": "", "cite": None, "index": None, "listing": None,
}


@dataclass(slots=True)
class Page:
    """A hand-written page: its title and what it refers to."""

    file: str
    title: str
    body: str
    meta: dict[str, str] = field(default_factory=dict)
    uses: list[tuple[Place, str, citation.Citation | Pointer]] = field(default_factory=list)


_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.S)
_HEADING = re.compile(r"^#\s+(.+?)(?:\s*\{[^}]*\})?\s*$", re.M)
_CODE = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`", re.S)


def read(docs: Path, prefix: str = "docs") -> tuple[dict[Key, Page], list[Problem]]:
    pages: dict[Key, Page] = {}
    problems: list[Problem] = []
    if not docs.is_dir():
        return pages, problems
    for path in sorted(docs.rglob("*.md")):
        relative = path.relative_to(docs).as_posix()
        name = f"{prefix}/{relative}"
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(Problem(Place(name), "不是 UTF-8 编码的文件", "用编辑器另存为 UTF-8"))
            continue
        pages[Key("docs", relative)] = _page(text, name, problems)
    return pages, problems


def _page(text: str, name: str, problems: list[Problem]) -> Page:
    meta: dict[str, str] = {}
    if front := _FRONT.match(text):
        for row in front[1].splitlines():
            key, _, value = row.partition(":")
            meta[key.strip()] = value.strip().strip("\"'")
    heading = _HEADING.search(text)
    page = Page(name, meta.get("title") or (heading[1] if heading else Path(name).stem), text, meta)
    if meta.get("render_macros") != "false":
        _calls(page, text, problems)
    _written(page, text)
    return page


def _calls(page: Page, text: str, problems: list[Problem]) -> None:
    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
    except jinja2.TemplateSyntaxError as error:
        problems.append(Problem(Place(page.file, error.lineno or 1), "模板语法不对", "花括号成对了吗？要显示花括号本身，用 {% raw %}…{% endraw %}"))
        return
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            continue
        name, place = call.node.name, Place(page.file, call.lineno, f"{call.node.name}()")
        if name not in MACROS:
            problems.append(Problem(place, f"没有 {name} 这个宏", f"可用：{'、'.join(sorted(MACROS))}"))
            continue
        values = [value.value if isinstance(value, nodes.Const) else None for value in call.args]
        if None in values or any(not isinstance(pair.value, nodes.Const) for pair in call.kwargs):
            problems.append(Problem(place, "宏的参数要直接写出来", f'如 {name}("…")'))
            continue
        kind = MACROS[name]
        if name == "cite":
            for value in map(str, values):
                found = citation.parse(value)
                if found is None or citation.canonical(value) != value:
                    meant = citation.canonical(value)
                    problems.append(Problem(place, f"引用“{value}”写法不对", f"应写成 {meant}" if meant and meant != value else "写法：简称:条，如 重大行政决策程序暂行条例:16.1"))
                else:
                    page.uses.append((place, "cites", found))
        elif kind is not None and values:
            page.uses.append((place, name, Pointer(_key(kind, str(values[0])))))


def _key(kind: str, value: str) -> Key:
    head, _, part = value.partition("#")
    parts = tuple(part.split(".")) if part else ()
    if kind:
        return Key(kind, head, parts)
    named, _, entity = head.partition("/")
    return Key(named, entity, parts)


def _written(page: Page, text: str) -> None:
    blanked = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    blanked = re.sub(r"\{[{%#].*?[}%#]\}", lambda found: re.sub(r"[^\n]", " ", found[0]), blanked, flags=re.S)
    for number, row in enumerate(blanked.splitlines(), 1):
        for place, found in cited(row, Place(page.file, number)):
            page.uses.append((place, "mentions", found))


def cited(text: str, place: Place) -> Iterator[tuple[Place, citation.Citation]]:
    """Citations written out in running text, at their place."""
    for _, found in citation.written(text):
        yield place, found

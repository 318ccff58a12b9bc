"""Thing → page and anchor: the only module that knows where something is to be found.

A home shelf is never part of an address, so moving a file between shelves breaks no link.
"""

from __future__ import annotations

from macros.catalog import Catalog
from macros.models import Key
from macros.models.procedure import Procedure

# Kinds whose things each have a page of their own; the others are rows of one page.
PAGED = frozenset({"systems", "laws", "procedures", "checklists", "documents", "registers", "metrics",
                   "failures", "triage", "roles", "paths", "coverage"})
INDEXES = {
    "fields": "字段一览", "parameters": "待填：地方规定", "duties": "年度职责日历", "questions": "题库", "terms": "名词",
    "changes": "法律动态", "laws": "查法规", "documents": "找文书", "registers": "台账和清单", "metrics": "指标",
    "procedures": "全部程序", "checklists": "核对清单", "failures": "出过的问题", "triage": "做判断", "roles": "岗位和机构",
    "paths": "学习路径", "coverage": "义务对照", "tasks": "我要办", "calculator": "算期限", "draft": "文稿体检",
    "report": "做报告和计划",
}


def page(catalog: Catalog, key: Key) -> str:
    """Address of the page that shows a thing, relative to the site's root."""
    if key.kind == "docs":
        return key.id.removesuffix(".md") + ".html"
    if key.kind in ("site", "org"):
        return "settings.html"
    if key.kind == "systems":
        return f"{key.id}.html"
    if key.kind not in PAGED:
        return f"{key.kind}.html"
    if key.kind == "procedures" and _listed(catalog, key):
        return "procedures.html"
    return f"{key.kind}/{key.id}.html"


def _listed(catalog: Catalog, key: Key) -> bool:
    entity = catalog.entities.get(key.whole)
    return isinstance(entity, Procedure) and entity.depth == "listed"


def anchor(key: Key) -> str:
    """The id of the element that shows a part; empty for the thing itself."""
    part = key.part
    if key.kind == "laws":
        return "-".join(("art", *part)) if part and not part[0].startswith("@") else "-".join(("v", part[0][1:], *part[1:])) if part else ""
    if not part:
        return ""
    if key.kind == "procedures":
        return f"step-{part[0]}" if len(part) == 1 else f"part-{part[0]}-{part[1]}"
    return "-".join(("part", *part))


def url(catalog: Catalog, key: Key) -> str:
    """Page and anchor, relative to the site's root."""
    where, at = page(catalog, key), anchor(key)
    if key.kind not in PAGED and key.kind not in ("docs", "site", "org"):
        at = key.id + (f"-{'-'.join(key.part)}" if key.part else "")
    elif key.kind == "procedures" and _listed(catalog, key):
        at = key.id
    return f"{where}#{at}" if at else where


def report(key: Key) -> str:
    """Where a document that is put together (``report``) is made."""
    return f"reports/{key.id}.html"


def files(catalog: Catalog, key: Key) -> tuple[str, ...]:
    """Downloads that a thing has, relative to the site's root."""
    if key.kind == "documents" and getattr(catalog[key], "depth", "") == "full":
        return (f"documents/{key.id}.docx",)
    if key.kind == "registers" and getattr(catalog[key], "columns", ()):
        return (f"registers/{key.id}.xlsx",)
    return ()

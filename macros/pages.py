"""Every generated page: front matter, headings and macro calls. Knows nothing of MkDocs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros import compare, routes, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.models.law import Law
from macros.models.procedure import Procedure
from macros.render import heading


@dataclass(frozen=True, slots=True)
class Page:
    """``path`` is the address relative to the site's root; ``meta`` is what the theme prints around it.

    ``key`` is the thing that the page shows; None where it shows many.
    """

    path: str
    title: str
    body: str
    source: str = ""
    meta: dict[str, object] = field(default_factory=dict)
    key: Key | None = None


def generated(catalog: Catalog) -> Iterator[Page]:
    """All pages that data gives, in a fixed order."""
    yield Page("index.html", "首页", '{{ home() }}\n', "data/site.yml", {"layout": "wide"})
    yield Page("search.html", "搜索", '# 搜索\n\n{{ index("search") }}\n', "", {"layout": "wide"})
    for name, title in routes.INDEXES.items():
        yield Page(f"{name}.html", title, f'# {title}\n\n{{{{ index("{name}") }}}}\n', "", {"layout": "wide", "tab": f"{name}.html"})
    for key, document in catalog.all("documents"):
        if document.report:  # type: ignore[attr-defined]
            above = {"layout": "wide", "path": [{"title": routes.INDEXES["report"], "url": "report.html"}]}
            yield Page(routes.report(key), f"做{document.title}", f'# 做{heading(str(document.title))}\n\n{{{{ report("{key.id}") }}}}\n', catalog.sources[key].file, above)
    for kind in sorted(routes.PAGED):
        keys = [key for key in catalog.keys(kind) if routes.page(catalog, key) != f"{kind}.html"]
        near = _neighbours(catalog, keys)
        for key in keys:
            yield _page(catalog, key, near.get(key, {}))


def _neighbours(catalog: Catalog, keys: list[Key]) -> dict[Key, dict[str, object]]:
    """Previous and next of the same kind on the same shelf."""
    rows: dict[str, list[Key]] = {}
    for key in keys:
        if shelf := catalog.shelf(key):
            rows.setdefault(shelf, []).append(key)
    near: dict[Key, dict[str, object]] = {}
    for row in rows.values():
        for at, key in enumerate(row):
            near[key] = {
                "prev": _where(catalog, row[at - 1]) if at else None,
                "next": _where(catalog, row[at + 1]) if at + 1 < len(row) else None,
            }
    return near


def _where(catalog: Catalog, key: Key) -> dict[str, str]:
    return {"title": wording.label(catalog, key), "url": routes.url(catalog, key)}


def _page(catalog: Catalog, key: Key, near: dict[str, object]) -> Page:
    entity = catalog[key]
    shelf = key.id if key.kind == "systems" else catalog.shelf(key)
    title = str(entity.title)
    meta: dict[str, object] = {
        "key": str(key), "kind": key.kind, "kind_label": wording.kind(key), "source": catalog.sources[key].file, **near,
    }
    above = []
    if shelf:
        system = catalog[Key("systems", shelf)]
        meta |= {"shelf": shelf, "shelf_label": str(system.short)}  # type: ignore[attr-defined]
        above.append({"title": str(system.short), "url": f"{shelf}.html"})  # type: ignore[attr-defined]
    if key.kind != "systems":
        above.append({"title": routes.INDEXES.get(key.kind, wording.kind(key)), "url": f"{key.kind}.html"})
        meta["path"] = above
    if code := getattr(entity, "code", None):
        meta["code"] = code
    if checked := oldest_check(catalog, key):
        meta["checked"] = checked
    if key.kind == "systems":
        meta["layout"] = "wide"
    if key.kind in ("procedures", "checklists"):
        meta["pages"] = True
    body = f"# {heading(title)}\n\n{_BODIES.get(key.kind, _plain)(catalog, key)}"
    return Page(routes.page(catalog, key), title, body, catalog.sources[key].file, meta, key if key.kind != "systems" else None)


def oldest_check(catalog: Catalog, key: Key) -> str:
    """The oldest day on which a law that this page cites was checked."""
    days = [catalog[use.target].checked_on for use in catalog.uses(key) if use.target.kind == "laws"]  # type: ignore[attr-defined]
    if isinstance(entity := catalog.entities.get(key.whole), Law):
        days.append(entity.checked_on)
    return min(days).isoformat() if days else ""


def _procedure(catalog: Catalog, key: Key) -> str:
    procedure = catalog[key]
    assert isinstance(procedure, Procedure)
    call, thing = f'("{key.id}") }}}}\n\n', f'("{key}") }}}}\n\n'
    rows = ["{{ procedure" + call]
    if procedure.steps:
        rows += ["## 流程图 { #chart }\n\n{{ flowchart" + call, "## 步骤 { #steps }\n\n{{ steps" + call,
                 "## 清单 { #checklist }\n\n{{ checklist" + call, "## 期限 { #deadlines }\n\n{{ deadlines" + call,
                 "## 文书 { #papers }\n\n{{ papers" + call]
    rows.append("## 出过的问题 { #failures }\n\n{{ failures" + call)
    if procedure.variants:
        rows.append("## 乡镇、街道怎么办 { #township }\n\n{{ township" + call)
    rows.append("## 台账、清单和指标 { #registers }\n\n{{ registers" + call)
    rows.append("## 地方规定和相关 { #related }\n\n{{ related" + thing)
    if procedure.history:
        rows.append("## 变更记录 { #history }\n\n{{ history" + thing)
    return "".join(rows)


def _law(catalog: Catalog, key: Key) -> str:
    rows = ['{{ law("' + key.id + '") }}\n\n']
    if catalog[key].articles or catalog.used_by_any(key):  # type: ignore[attr-defined]
        rows.append('## 条文要旨和被引用处 { #articles }\n\n{{ articles("' + key.id + '") }}\n')
    if compare.shown(catalog, key):
        rows.append('## 新旧对照 { #compared }\n\n{{ compared("' + key.id + '") }}\n')
    return "".join(rows)


_MACRO = {"documents": "document", "checklists": "card", "registers": "register", "metrics": "metric", "failures": "failure",
          "triage": "triage", "roles": "role", "paths": "path", "coverage": "coverage", "systems": "shelf"}
_BODIES = {"procedures": _procedure, "laws": _law}


def _plain(catalog: Catalog, key: Key) -> str:
    return f'{{{{ {_MACRO[key.kind]}("{key.id}") }}}}\n'


__all__ = ["Page", "generated", "oldest_check"]

"""The files beside the pages: assets, papers, registers, search data, ``catalog.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from importlib import resources
from pathlib import Path
from typing import Any

from markupsafe import escape

from macros import calendars, draftwords, keep, papers, routes, scripts, searchdata, sheets, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.models.procedure import Procedure
from macros.searching import law_names, records, synonyms

VENDOR = {
    "docxtemplater.js": "docxtemplater/build/docxtemplater.min.js",
    "pizzip.js": "pizzip/dist/pizzip.min.js",
    "read-excel-file.js": "read-excel-file/bundle/read-excel-file.min.js",
    "write-excel-file.js": "write-excel-file/bundle/write-excel-file.min.js",
}


def files(catalog: Catalog, root: Path) -> Iterator[tuple[str, bytes]]:
    """(path relative to the site, content) of everything that is no page."""
    yield "catalog.json", json.dumps(describe(catalog), ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
    yield from _assets()
    for name, source in VENDOR.items():
        text = (root / "node_modules" / source).read_text("utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
        yield f"assets/fadu/vendor/{name}", ("\n".join(lines) + "\n").encode()
    for name, content in searchdata.build(records(catalog), law_names(catalog), synonyms(catalog)).items():
        yield f"assets/fadu/data/{name}", content
    yield "assets/fadu/data/deadlines.js", calendars.deadline_data(catalog)
    yield "assets/fadu/data/triage.js", scripts.triage_data(catalog)
    yield "assets/fadu/data/drafts.js", draftwords.script(catalog)
    yield "assets/fadu/data/report.js", sheets.report_data(catalog)
    yield from papers.bundles(catalog)


def downloads(catalog: Catalog, root: Path) -> Iterator[tuple[str, bytes]]:
    """Papers and registers, kept between builds: making them costs more than all pages."""
    store, code = keep.Store(root, "downloads"), keep.code(root)
    for key in (*catalog.keys("documents"), *catalog.keys("registers")):
        mark = keep.fingerprint(catalog, key, code)
        for name in routes.files(catalog, key):
            if key.kind == "registers":
                yield name, store.made(f"{mark}.xlsx", partial(sheets.workbook, catalog, key))
                continue
            yield name, store.made(f"{mark}.docx", partial(papers.blank, catalog, key))
            yield f"assets/fadu/data/papers/{key.id}.js", store.made(f"{mark}.js", partial(papers.script, catalog, key))
    store.sweep()


def _assets() -> Iterator[tuple[str, bytes]]:
    base = resources.files("macros") / "assets"
    for folder in ("css", "js"):
        for file in sorted((base / folder).iterdir(), key=lambda file: file.name):
            if file.name.endswith((".css", ".js")):
                yield f"assets/fadu/{folder}/{file.name}", file.read_bytes()


def prose_meta(catalog: Catalog, uri: str) -> dict[str, Any]:
    """What the theme prints around a hand-written page."""
    key = Key("docs", uri)
    page = catalog.pages.get(key)
    if page is None:
        return {}
    return {"key": str(key), "kind": "docs", "kind_label": "页面", "source": page.file, "layout": page.meta.get("layout", "page")}


def step_anchors(catalog: Catalog, uri: str) -> list[tuple[str, str]]:
    """(title as HTML, anchor) of the steps of a procedure's page, for its table of contents."""
    kind, _, name = uri.removesuffix(".md").partition("/")
    entity = catalog.entities.get(Key(kind, name))
    if not isinstance(entity, Procedure):
        return []
    return [(f"{at} {escape(step.title)}", f"step-{step.id}") for at, step in enumerate(entity.steps, 1)]


def describe(catalog: Catalog) -> dict[str, Any]:
    """``catalog.json``, schema 1: every entity with its address, citations and uses."""
    entities = [_entity(catalog, key) for kind in sorted({key.kind for key in catalog.entities}) for key in catalog.keys(kind)]
    entities += [_entity(catalog, key) for key in sorted(catalog.pages)]
    return {"schema": 1, "version": catalog.site.version, "as_of": catalog.as_of.isoformat(), "entities": entities}


def _entity(catalog: Catalog, key: Key) -> dict[str, Any]:
    entity = catalog.entities.get(key)
    cites, uses = [], []
    for use in catalog.uses(key):
        if use.citation is not None:
            law = catalog[use.target]
            row = {"to": wording.canonical(law, use.target.part), "law": str(use.target.whole),  # type: ignore[arg-type]
                   "from": _path(use.source), "url": routes.url(catalog, use.target)}
            for name in ("historical", "future"):
                if reason := getattr(use.citation, name):
                    row[name] = str(reason)
            cites.append(row)
        else:
            uses.append({"to": str(use.target), "as": use.relation})
    found: dict[str, Any] = {
        "key": str(key), "kind": key.kind, "id": key.id, "title": wording.label(catalog, key) if entity is None or entity.title is None else str(entity.title),
        "code": getattr(entity, "code", None), "aliases": [str(alias) for alias in getattr(entity, "aliases", ())],
        "shelf": catalog.shelf(key) or None, "also": list(getattr(entity, "also", ())), "depth": getattr(entity, "depth", None),
        "url": routes.url(catalog, key), "source": catalog.place(key).file, "cites": cites, "uses": uses,
        "files": list(routes.files(catalog, key)) if entity else [],
    }
    if entity is not None and key.kind in ("procedures", "documents", "checklists", "registers", "metrics"):
        found["authority"] = wording.authority(catalog, [use.citation for use in catalog.uses(key) if use.citation])[0]
    if isinstance(entity, Procedure):
        found["counts"] = {
            "steps": len(entity.steps), "gates": sum(step.gate is not None for step in entity.steps),
            "checks": sum(len(step.checks) for step in entity.steps), "deadlines": sum(len(step.deadlines) for step in entity.steps),
            "back": sum(edge.back for step in entity.steps for edge in step.next),
        }
    if key.kind == "laws":
        found |= {"short": str(entity.short), "status": entity.status(catalog.as_of)}  # type: ignore[union-attr]
    review = catalog.review(key)
    if review:
        found["reviewed"] = review.date.isoformat()
    return found


def _path(source: Key) -> str:
    """Where in the entity: ``steps/hearing``."""
    if not source.part:
        return ""
    return ("steps/" if source.kind == "procedures" else "") + "/".join(source.part)

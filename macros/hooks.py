"""MkDocs, and nothing but: the only module that imports it.

Loads the catalogue before each build, adds the generated pages in memory, fills the macros'
slots when a page is written, keeps finished pages for the next build, and writes the files that
scripts and downloads need.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from macros import keep, outputs, pages, session
from macros.problems import DataError

log = logging.getLogger("mkdocs.fadu")
UNUSED = ("sitemap.xml", "sitemap.xml.gz", "assets/javascripts/lunr", "assets/javascripts/workers")


@dataclass(slots=True)
class _Build:
    """What one build knows of its generated pages, by source path."""

    store: keep.Store
    meta: dict[str, dict[str, Any]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    done: dict[str, bytes] = field(default_factory=dict)
    calls: dict[str, list[session.Call]] = field(default_factory=dict)


_builds: list[_Build] = []


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    root = Path(config.config_file_path).parent
    keep.code.cache_clear()
    try:
        found = session.start(root).catalog
    except DataError as error:
        for problem in error.problems:
            log.error("%s", problem)
        raise Abort(f"资料有 {len(error.problems)} 处问题，没有生成网站") from None
    _builds[:] = [_Build(keep.Store(root, "pages"))]
    config.extra["fadu"] = {"version": found.site.version, "as_of": found.as_of.isoformat(), "edition": "national", "org": "default"}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    build, current = _builds[0], session.current()
    code = keep.code(current.root)
    for page in pages.generated(current.catalog):
        source = page.path.removesuffix(".html") + ".md"
        if source in files.src_uris:
            raise Abort(f"docs/{source} 与自动生成的页面同名，请改名")
        meta = {"title": page.title, "fadu": page.meta | {"source": page.source}}
        build.marks[source] = mark = _mark(page, meta, code)
        kept = build.store.get(mark)
        if kept is not None:
            build.done[source] = kept
            meta["template"] = "blank.html"
        build.meta[source] = meta
        file = File.generated(config, source, content="" if kept is not None else page.body)
        file.edit_uri = None
        files.append(file)
    return files


def _mark(page: pages.Page, meta: dict[str, Any], code: str) -> str:
    """The name under which a finished page is kept: a digest of everything that it depends on."""
    catalog = session.current().catalog
    more = (page.path, page.body, json.dumps(meta, ensure_ascii=False, sort_keys=True), code, File.__module__)
    if page.key is not None:
        return keep.fingerprint(catalog, page.key, *more)
    return keep.digest(catalog, (*catalog.sources, *catalog.pages), more)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    uri = page.file.src_uri
    _builds[0].calls[uri] = session.current().taken()
    if uri in _builds[0].meta:
        page.meta.update(_builds[0].meta[uri])
    else:
        page.meta.setdefault("fadu", outputs.prose_meta(session.current().catalog, uri))
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    for entry in page.toc:
        for section in entry.children:
            if section.id == "steps":
                anchors = outputs.step_anchors(session.current().catalog, page.file.src_uri)
                section.children.extend(AnchorLink(title, anchor, 3) for title, anchor in anchors)
    return html


def on_page_context(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> Any:
    way = "../" * (len(PurePosixPath(page.url).parts) - 1) or "./"
    page.content = session.current().fill(page.content or "", _builds[0].calls.pop(page.file.src_uri), way)
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    build, uri = _builds[0], page.file.src_uri
    page.content = ""
    if uri in build.done:
        return build.done.pop(uri).decode()
    if uri in build.marks:
        build.store.put(build.marks[uri], output.encode())
    return output


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    current = session.current()
    _builds[0].store.sweep()
    for name in UNUSED:
        target = site / name
        shutil.rmtree(target) if target.is_dir() else target.unlink(missing_ok=True)
    for source_map in site.rglob("*.map"):
        source_map.unlink()
    made = [outputs.files]
    if os.environ.get("FADU_DOWNLOADS") != "no":
        made.append(outputs.downloads)
    for name, content in (row for make in made for row in make(current.catalog, current.root)):
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)

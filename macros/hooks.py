"""MkDocs, and nothing but: the only module that imports it.

Loads the catalogue before each build, adds the generated pages in memory, fills the macros'
slots after Markdown, and writes the files that scripts and downloads need.
"""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from macros import outputs, pages, session
from macros.problems import DataError

log = logging.getLogger("mkdocs.fadu")
_meta: dict[str, dict[str, Any]] = {}


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    root = Path(config.config_file_path).parent
    try:
        found = session.start(root).catalog
    except DataError as error:
        for problem in error.problems:
            log.error("%s", problem)
        raise Abort(f"资料有 {len(error.problems)} 处问题，没有生成网站") from None
    config.extra["fadu"] = {"version": found.site.version, "as_of": found.as_of.isoformat(), "edition": "national", "org": "default"}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    _meta.clear()
    for page in pages.generated(session.current().catalog):
        source = page.path.removesuffix(".html") + ".md"
        if source in files.src_uris:
            raise Abort(f"docs/{source} 与自动生成的页面同名，请改名")
        file = File.generated(config, source, content=page.body)
        file.edit_uri = None
        files.append(file)
        _meta[source] = {"title": page.title, "fadu": page.meta | {"source": page.source}}
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    uri = page.file.src_uri
    if uri in _meta:
        page.meta.update(_meta[uri])
    else:
        page.meta.setdefault("fadu", outputs.prose_meta(session.current().catalog, uri))
    return markdown


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    way = "../" * (len(PurePosixPath(page.url).parts) - 1) if page.url not in ("", ".") else ""
    current = session.current()
    filled = current.fill(html, way or "./")
    for entry in page.toc:
        for section in entry.children:
            if section.id == "steps":
                section.children.extend(AnchorLink(title, anchor, 3) for title, anchor in outputs.step_anchors(current.catalog, uri=page.file.src_uri))
    current.reset()
    return filled


UNUSED = ("sitemap.xml", "sitemap.xml.gz", "assets/javascripts/lunr", "assets/javascripts/workers")


def on_post_build(config: MkDocsConfig) -> None:
    site = Path(config.site_dir)
    current = session.current()
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



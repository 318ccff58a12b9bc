"""Views of a document's page: what it is for, a preview beside drafting notes, the form, where it is used."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from macros import papers, wording
from macros.models import Key
from macros.models.base import Pointer
from macros.models.paper import Document, Report, is_figure
from macros.papers import content
from macros.papers.content import Block, Line, Paper

if TYPE_CHECKING:
    from macros.render import View, Views

FONTS = {"heading1": "hei", "heading2": "kai", "heading3": "fangsong", "heading4": "fangsong"}


def views(base: Views) -> dict[str, View]:
    catalog = base.catalog

    def document(document_id: str) -> str:
        key = Key("documents", document_id)
        found = catalog[key]
        assert isinstance(found, Document)
        paper = content.paper(catalog, key)
        return base.render(
            "document", key=key, document=found, paper=paper, family=papers.FAMILY[found.layout], line=line, used=used(key),
            authority=wording.authority(catalog, found.cites), filled=found.depth == "full", cell=content.cell, own=content.OWN,
            columns=columns(paper), choices=choices(paper), bundles=bundles(key))

    def report(document_id: str) -> str:
        key = Key("documents", document_id)
        document = catalog[key]
        assert isinstance(document, Document)
        assert document.report
        paper = content.paper(catalog, key)
        rules, tables = document.report, [one for one in paper.asked if one.datum.type == "table"]
        numbers = any(is_figure(one.id, one.datum) for one in paper.asked)
        # Promises first, then what is found, then what is to be done: the order of the paper, less the sources it ends with.
        shown = [one for one in tables if not (rules.sources and one.id == rules.sources.key.id)]
        return base.render("report", key=key, document=document, paper=paper, tables=shown, numbers=numbers, registers=any(one.register_ for one in rules.carries),
                           spec=json.dumps(_spec(rules), ensure_ascii=False, separators=(",", ":")))

    def _spec(rules: Report) -> dict[str, object]:
        """What ``report.js`` needs to know."""
        def name(pointer: Pointer | None) -> str:
            return pointer.key.id if pointer else ""

        return {
            "sources": name(rules.sources), "whole": {table: list(columns) for table, columns in rules.whole.items()},
            "opening": {"table": name(rules.opening.table), "text": str(rules.opening.text), "row": {column: str(text) for column, text in rules.opening.row.items()}} if rules.opening else None,
            "carries": [{"text": str(one.text), "to": name(one.to), "table": name(one.table), "register": name(one.register_), "columns": one.columns, "earlier": one.earlier,
                         "where": [row.model_dump(by_alias=True, exclude_defaults=True, mode="json") for row in one.where]} for one in rules.carries],
            "ledgers": [{"register": name(one.register_), "title": str(catalog[one.register_.key].title), "table": name(one.table), "columns": one.columns,
                         "fixed": {column: str(text) for column, text in one.fixed.items()}} for one in rules.ledgers],
        }

    def line(paper: Paper, one: Line) -> Markup:
        """A line of the preview: blanks take what is typed, citations are links in their official form."""
        out = Markup("")
        for piece in one.pieces:
            if piece.field:
                out += Markup('<span class="fadu-blank" data-paper-value="{}">{}</span>').format(piece.field, piece.text)
            elif piece.cited:
                targets = catalog.targets(piece.cited)
                out += base.markup.article(targets[0], piece.text, piece.text) if targets else escape(piece.text)
            else:
                out += escape(piece.text)
        return out

    def used(key: Key) -> list[tuple[Key, str]]:
        """Procedure and step in which the paper is made."""
        rows = {}
        for use in catalog.used_by(key):
            if use.source.kind == "procedures":
                rows[use.source] = use.source
        return list(rows)  # type: ignore[return-value]

    def bundles(key: Key) -> list[Key]:
        """Procedures whose papers can be had in one zip."""
        found = {use.source.whole: None for use in catalog.used_by(key) if use.source.kind == "procedures"}
        return [one for one in found if len(papers.papers_of(catalog, one)) > 1]

    def choices(paper: Paper) -> list[tuple[int, Block]]:
        """What is to be decided, in the order of the paper; the same conditions only once."""
        seen: dict[tuple[str, str], tuple[int, Block]] = {}
        for number, block in enumerate(paper.blocks, 1):
            if block.tag or block.group:
                seen.setdefault((block.tag, block.group), (number, block))
        return list(seen.values())

    def columns(paper: Paper) -> dict[str, tuple[str, ...]]:
        return {one.id: tuple(str(column.title) for column in one.datum.columns) for one in paper.asked if one.datum.type == "table"}

    base.environment.globals.update(paper_fonts=FONTS)
    return {"document": document, "report": report}

"""Papers (文书) as .docx: blanks to print, templates that the browser fills."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable

from macros.catalog import Catalog
from macros.models import Key
from macros.papers import content, styles, xml
from macros.papers.bundle import bundles, papers_of
from macros.papers.layouts import FAMILIES, FAMILY, Layout


def blank(catalog: Catalog, key: Key) -> bytes:
    """The paper with named blanks; alternatives are marked for deletion, drafting notes are left out."""
    return _packed(catalog, key, tags=False)


def template(catalog: Catalog, key: Key) -> bytes:
    """The paper with docxtemplater tags: ``{party-name}``, row loops, ``{#condition}`` sections."""
    return _packed(catalog, key, tags=True)


def _packed(catalog: Catalog, key: Key, *, tags: bool) -> bytes:
    paper = content.paper(catalog, key)
    made = Layout(catalog, paper, tags=tags).made()
    return xml.package(made.body + made.section, made.parts, styles.styles(made.head), styles.fonts(), paper.title, catalog.as_of)


def script(catalog: Catalog, key: Key) -> bytes:
    """``assets/fadu/data/papers/<id>.js``: the template and what the form needs, loaded when asked for."""
    paper = content.paper(catalog, key)
    agency = catalog.org.names.get("agency")
    found = {
        "title": paper.title, "layout": paper.document.layout, "number": paper.number, "agency": str(agency.value) if agency else "",
        "docx": base64.b64encode(template(catalog, key)).decode(), "own": sorted(content.OWN),
        "fields": [_field(paper, one) for one in paper.asked],
        "groups": [{"tag": block.group, "options": [{"tag": option.tag, "label": option.when} for option in block.options], "in": block.tag}
                   for block in _groups(paper)],
    }
    text = json.dumps(found, ensure_ascii=True, separators=(",", ":"))
    return f"(window.faduPapers=window.faduPapers||{{}})[{json.dumps(key.id)}]={text};\n".encode()


def _groups(paper: content.Paper) -> list[content.Block]:
    """Choices, once each: clauses with the same conditions are decided together."""
    return list({block.group: block for block in paper.blocks if block.options}.values())


def _field(paper: content.Paper, one: content.Asked) -> dict[str, object]:
    datum = one.datum
    found: dict[str, object] = {"id": one.id, "label": one.label, "type": datum.type, "required": one.required, "places": _places(paper, one.id)}
    if one.value:
        found["value"] = one.value
    if datum.type == "table":
        found["columns"] = [{"id": column.id, "title": str(column.title), "type": column.type, "required": column.required,
                             "options": [str(option) for option in column.options]} for column in datum.columns]
    return found


def _places(paper: content.Paper, name: str) -> list[list[str]]:
    """The conditions under which each mention of a field is printed; no mention, no condition."""
    found: list[list[str]] = []

    def note(lines: Iterable[content.Line], *tags: str) -> None:
        found.extend([tag for tag in tags if tag] for line in lines for piece in line.pieces if piece.field == name)

    for block in paper.blocks:
        note(block.lines, block.tag)
        note((row.line for row in block.rows), block.tag)
        for option in block.options:
            note(option.lines, block.tag, option.tag)
        if block.table == name:
            found.append([block.tag] if block.tag else [])
    return found


__all__ = ["FAMILIES", "FAMILY", "blank", "bundles", "papers_of", "script", "template"]

"""Papers (文书) as .docx: blanks to print, templates that the browser fills."""

from __future__ import annotations

import base64
import json

from macros.catalog import Catalog
from macros.models import Key
from macros.papers import content, styles, xml
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
    found = {
        "title": paper.title, "layout": paper.document.layout, "docx": base64.b64encode(template(catalog, key)).decode(),
        "org": {"agency-name": str(catalog.org.names["agency"].value)} if "agency" in catalog.org.names else {},
        "own": sorted(content.OWN),
        "fields": [{"id": one.id, "label": one.label, "type": one.datum.type, "required": one.required, "value": one.value,
                    "options": [str(option) for option in one.datum.options],
                    "columns": [{"id": column.id, "title": str(column.title), "type": column.type, "required": column.required,
                                 "options": [str(option) for option in column.options]} for column in one.datum.columns]}
                   for one in paper.asked],
        "choices": [{"tag": block.tag, "options": [option.tag for option in block.options]} for block in paper.blocks if block.options],
        "when": sorted({block.tag for block in paper.blocks if block.when}),
    }
    text = json.dumps(found, ensure_ascii=True, separators=(",", ":"))
    return f"(window.faduPapers=window.faduPapers||{{}})[{json.dumps(key.id)}]={text};\n".encode()


__all__ = ["FAMILIES", "FAMILY", "blank", "script", "template"]

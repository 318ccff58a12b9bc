"""Data for scripts: text without markup, citations, and the classic scripts that hold them."""

from __future__ import annotations

import json
from collections.abc import Iterable

from macros import routes, wording
from macros.catalog import Catalog
from macros.citation import Citation
from macros.models import Key
from macros.models.base import PLACEHOLDER
from macros.models.practice import Triage


def plain(catalog: Catalog, value: object) -> str:
    """Text without placeholders: a parameter by its title."""
    def title(found: object) -> str:
        name = found["id"]  # type: ignore[index]
        key = Key("parameters", name) if name else None
        return str(catalog[key].title) if key and key in catalog.entities else "" if name is None else "待填"

    return PLACEHOLDER.sub(title, str(value)).strip()


def cited(catalog: Catalog, cites: Iterable[Citation]) -> list[list[str]]:
    """Citations: short form, official form, address relative to the site's root."""
    found = []
    for one in cites:
        targets = catalog.targets(one)
        law = catalog[targets[0]]
        short = wording.chip(law, targets[0].part)  # type: ignore[arg-type]
        if one.end:
            short += f"至{wording.locator(law, targets[-1].part, arabic=True)}"  # type: ignore[arg-type]
        found.append([short, wording.cited(catalog, one), routes.url(catalog, targets[0])])
    return found


def classic(name: str, data: object) -> bytes:
    """A script that sets ``window.<name>``: ``file://`` allows no module and no fetch."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends to a script of ES2017
    return f"window.{name}={text};\n".encode()


def triage_data(catalog: Catalog) -> bytes:
    """``window.faduTriage``: questions, ways and outcomes of every triage."""
    found = {}
    for key, triage in catalog.all("triage"):
        assert isinstance(triage, Triage)
        nodes = {
            name: {"ask": plain(catalog, node.ask), "help": plain(catalog, node.help or ""), "cites": cited(catalog, node.cites),
                   "ways": [[answer, plain(catalog, text), to] for answer, text, to in node.ways]}
            for name, node in triage.nodes.items()
        }
        outcomes = {
            name: {"text": plain(catalog, outcome.text), "advice": outcome.authority == "advice", "cites": cited(catalog, outcome.cites),
                   "see": [[wording.label(catalog, pointer.key), routes.url(catalog, pointer.key)] for pointer in outcome.see],
                   "url": routes.url(catalog, Key(key.kind, key.id, (name,)))}
            for name, outcome in triage.outcomes.items()
        }
        found[key.id] = {"title": str(triage.title), "code": triage.code or "", "url": routes.url(catalog, key), "start": triage.start,
                         "nodes": nodes, "outcomes": outcomes}
    return classic("faduTriage", found)


__all__ = ["cited", "classic", "plain", "triage_data"]

"""What a change of law touches: everything that relies on a citation, with file and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros import citation, messages, wording
from macros.catalog import Catalog, Use
from macros.models import Key
from macros.problems import Place


@dataclass(frozen=True, slots=True)
class Touched:
    """One place that relies on an article."""

    place: Place
    kind: str
    label: str
    relation: str
    cites: str
    key: Key

    def as_json(self) -> dict[str, object]:
        return {"file": self.place.file, "line": self.place.line, "field": self.place.field, "kind": self.kind,
                "label": self.label, "relation": self.relation, "cites": self.cites, "key": str(self.key)}


class Unknown(Exception):
    """The citation asked for leads nowhere; the text says what was meant."""


def of(catalog: Catalog, text: str) -> list[Touched]:
    """Everything that relies on a whole instrument, an article (with its 款 and 项) or a range."""
    found = citation.read(text)
    if found is None:
        raise Unknown(f"“{text}”不是引用；写法：行政处罚法:63")
    law = catalog.law(found.instrument)
    if law is None:
        meant = messages.nearest(found.instrument, catalog.law_names())
        raise Unknown(f"没有“{found.instrument}”这件依据" + (f"；是否想写 {meant}？" if meant else ""))
    targets = catalog.targets(found)
    if found.start and not targets:
        raise Unknown(f"“{found}”不存在，或者这一件没有核对过条文")
    wanted = targets if found.start else (law,)
    return sorted({_touched(catalog, use) for target in wanted for use in _below(catalog, target)}, key=lambda row: (row.place, row.cites))


def _below(catalog: Catalog, target: Key) -> Iterator[Use]:
    for use in catalog.used_by_any(target):
        if use.target.part[: len(target.part)] == target.part:
            yield use


def _touched(catalog: Catalog, use: Use) -> Touched:
    law = catalog[use.target]
    return Touched(use.place, wording.kind(use.source) if use.source.kind != "site" else "站点", wording.label(catalog, use.source),
                   use.relation, wording.canonical(law, use.target.part), use.source)  # type: ignore[arg-type]

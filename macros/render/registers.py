"""Views of a register and of a metric."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from macros import sheets, wording
from macros.models import Key
from macros.models.register import Filter, Metric, Register

if TYPE_CHECKING:
    from macros.render import View, Views


def views(base: Views) -> dict[str, View]:
    catalog = base.catalog

    def register(register_id: str) -> str:
        key = Key("registers", register_id)
        found = catalog[key]
        assert isinstance(found, Register)
        metrics = list(dict.fromkeys(one for one, _, _ in sheets.metrics(catalog, key)))
        return base.render("register", key=key, register=found, types=sheets.TYPES, privacy=sheets.PRIVACY, metrics=metrics,
                           spec=json.dumps(sheets.spec(catalog, key), ensure_ascii=False, separators=(",", ":")) if found.columns else "",
                           authority=wording.authority(catalog, [cited for column in found.columns for cited in column.cites] or found.cites))

    def metric(metric_id: str) -> str:
        key = Key("metrics", metric_id)
        found = catalog[key]
        assert isinstance(found, Metric)
        rows = {one.register_.key.id: one_register.examples
                for basis in found.bases for one in (basis.numerator, basis.denominator) if one
                for one_register in [catalog[one.register_.key]]}  # type: ignore[attr-defined]
        bases = [(basis, sheets.measure(basis, rows, found.unit)) for basis in found.bases]
        return base.render("metric", key=key, metric=found, bases=bases, words=words, title=title,
                           authority=wording.authority(catalog, [cited for basis in found.bases for cited in basis.cites] or found.cites))

    def title(register: Key, column: str) -> str:
        found = catalog[register]
        assert isinstance(found, Register)
        return next(str(one.title) for one in found.columns if one.id == column)

    def words(register: Key, one: Filter) -> str:
        """A filter in words: “完成日期”不晚于“完成时限”."""
        name = f"“{title(register, one.column)}”"
        out = []
        if one.filled is not None:
            out.append("已填" if one.filled else "空着")
        if one.is_ is not None:
            out.append(f"是“{one.is_}”")
        if one.in_:
            out.append(f"是{'、'.join(f'“{value}”' for value in one.in_)}之一")
        if one.not_ is not None:
            out.append(f"已填而不是“{one.not_}”")
        if one.at_least is not None:
            out.append(f"不小于{one.at_least:g}")
        if one.at_most is not None:
            out.append(f"不大于{one.at_most:g}")
        if one.not_after:
            out.append(f"不晚于“{title(register, one.not_after)}”")
        if one.after:
            out.append(f"晚于“{title(register, one.after)}”")
        return name + "，".join(out)

    return {"register": register, "metric": metric}

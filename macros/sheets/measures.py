"""What a metric says about rows of a register: the filters evaluated. ``metrics.js`` does the same; tests/cases/metrics.json binds both.

A row maps column ids to text; an empty or missing value is a blank. A blank satisfies no comparison, and
``not`` only if the row has a value. Dates are written 2026-11-21.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros.models.register import Basis, Filter, Measure

Row = Mapping[str, str | None]
NONE = "无此类案件"


@dataclass(frozen=True, slots=True)
class Result:
    """``value`` is empty where there is nothing to divide by; ``text`` is for the reader."""

    numerator: float
    denominator: float | None
    value: float | None
    text: str


def measure(basis: Basis, rows: Mapping[str, Iterable[Row]], unit: str = "%") -> Result:
    """``rows`` are those of each register that the basis reads, by the register's id."""
    top = count(basis.numerator, rows)
    if basis.denominator is None:
        return Result(top, None, top, f"{number(top)}{'' if unit == '%' else unit}")  # a number is no percentage
    bottom = count(basis.denominator, rows)
    if not bottom:
        return Result(top, bottom, None, NONE)
    value = top / bottom * (100 if unit == "%" else 1)
    return Result(top, bottom, value, f"{number(rounded(value))}{unit}（{number(top)}／{number(bottom)}）")


def count(found: Measure, rows: Mapping[str, Iterable[Row]]) -> float:
    kept = [row for row in rows.get(found.register_.key.id, ()) if any(row.values()) and all(holds(one, row) for one in found.where)]
    if found.sum is None:
        return float(len(kept))
    return float(sum(amount(row.get(found.sum)) or 0 for row in kept))


def holds(one: Filter, row: Row) -> bool:
    value = (row.get(one.column) or "").strip()
    if one.filled is not None and bool(value) != one.filled:
        return False
    if one.is_ is None and not one.in_ and one.not_ is None and one.at_least is None and one.at_most is None and not one.not_after and not one.after:
        return True
    if not value:
        return False
    if one.is_ is not None and value != one.is_:
        return False
    if one.in_ and value not in one.in_:
        return False
    if one.not_ is not None and value == one.not_:
        return False
    if one.at_least is not None or one.at_most is not None:
        size = amount(value)
        if size is None or (one.at_least is not None and size < one.at_least) or (one.at_most is not None and size > one.at_most):
            return False
    for other, wanted in ((one.not_after, False), (one.after, True)):
        if other:
            against = (row.get(other) or "").strip()
            if not against or (value > against) is not wanted:
                return False
    return True


def amount(value: str | None) -> float | None:
    try:
        return float((value or "").replace(",", "").replace("，", ""))
    except ValueError:
        return None


def rounded(value: float) -> float:
    """Half up, as people and Excel round; to two places."""
    return int(value * 100 + 0.5 + 1e-9) / 100


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")

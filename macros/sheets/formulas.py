"""The filters of a metric as spreadsheet formulas: COUNTIFS and SUMIFS, or SUMPRODUCT where columns are compared."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from macros.models.register import Filter, Measure, Register

FIRST, LAST = 2, 1001


def place(register: Register, column: str, sheet: str, last: int = LAST) -> str:
    letter = get_column_letter([one.id for one in register.columns].index(column) + 1)
    return f"'{sheet}'!${letter}${FIRST}:${letter}${last}"


def formula(found: Measure, register: Register, sheet: str, last: int = LAST) -> str:
    """Without the leading ``=``."""
    key = place(register, next((one.id for one in register.columns if one.required), register.columns[0].id), sheet, last)

    def where(column: str) -> str:
        return place(register, column, sheet, last)

    if all(_simple(one) for one in found.where):
        conditions = [f'{key},"<>"', *(f"{where(one.column)},{text}" for one in found.where for text in _criteria(one))]
        return f"COUNTIFS({','.join(conditions)})" if found.sum is None else f"SUMIFS({where(found.sum)},{','.join(conditions)})"
    terms = [f'({key}<>"")', *(term for one in found.where for term in _terms(one, where))]
    if found.sum is not None:
        return f"SUMPRODUCT({'*'.join(terms)},{where(found.sum)})"
    return f"SUMPRODUCT({'*'.join(terms)})"


def _simple(one: Filter) -> bool:
    """COUNTIFS can't compare columns, and takes one value a column."""
    return not (one.not_after or one.after or one.filled is False or len(one.in_) > 1)


def _criteria(one: Filter) -> list[str]:
    out = []
    if one.filled:
        out.append('"<>"')
    if one.is_ is not None:
        out.append(_text(f"={_plain(one.is_)}"))
    if one.in_:
        out.append(_text(f"={_plain(one.in_[0])}"))
    if one.not_ is not None:
        out += [_text(f"<>{_plain(one.not_)}"), '"<>"']
    if one.at_least is not None:
        out.append(_text(f">={one.at_least:g}"))
    if one.at_most is not None:
        out.append(_text(f"<={one.at_most:g}"))
    return out


def _terms(one: Filter, where) -> list[str]:
    column = where(one.column)
    out = []
    if one.filled is False:
        out.append(f'({column}="")')
    elif one.filled or one.not_ is not None or one.not_after or one.after or one.at_least is not None or one.at_most is not None:
        out.append(f'({column}<>"")')
    if one.is_ is not None:
        out.append(f"({column}={_text(one.is_)})")
    if one.in_:
        out.append("(" + "+".join(f"({column}={_text(value)})" for value in one.in_) + ")")
    if one.not_ is not None:
        out.append(f"({column}<>{_text(one.not_)})")
    if one.at_least is not None:
        out.append(f"({column}>={one.at_least:g})")
    if one.at_most is not None:
        out.append(f"({column}<={one.at_most:g})")
    for other, sign in ((one.not_after, "<="), (one.after, ">")):
        if other:
            out += [f'({where(other)}<>"")', f"({column}{sign}{where(other)})"]
    return out


def _plain(value: str) -> str:
    """Wildcards mean themselves."""
    return value.replace("~", "~~").replace("*", "~*").replace("?", "~?")


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'

"""How wide Chinese text is and where a line may break, from character counts alone.

No font is asked, so a chart comes out the same on a machine without any.
"""

from __future__ import annotations

import functools
import re

HALF = 0.55
NOT_FIRST = frozenset("、，。；：？！）》」』】〉”’…—·％%)]},.;:?!~～")
NOT_LAST = frozenset("（《「『【〈“‘([{＄$")
GOOD_BREAK = frozenset("、，。；：？！）》”")
_UNIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z.%:/_+-]*|\s|.")


def ems(text: str) -> float:
    """Width in ems: 1 for a full-width sign, 0.55 for a Latin one."""
    return sum(HALF if ord(sign) < 0x2000 and sign not in "·×÷" else 1.0 for sign in text)


def _units(text: str) -> list[str]:
    """What may not be torn: a number or Latin word, a sign with the punctuation that hangs on it."""
    units: list[str] = []
    for found in _UNIT.findall(text):
        if units and (found in NOT_FIRST or units[-1][-1] in NOT_LAST):
            units[-1] += found
        else:
            units.append(found)
    return units


@functools.lru_cache(maxsize=4096)
def wrap(text: str, limit: float) -> tuple[str, ...]:
    """Lines of at most ``limit`` ems, as few as possible and evenly filled; after punctuation where it costs little."""
    units = _units(re.sub(r"\s+", " ", text).strip())
    if not units:
        return ()
    widths = [ems(unit) for unit in units]
    count = len(units)
    best: list[tuple[float, float, int]] = [(0.0, 0.0, 0)] * (count + 1)  # lines, cost, start of the last line
    total = sum(widths)
    aim = total / max(1, -(-total // limit))
    for end in range(1, count + 1):
        found: tuple[float, float, int] | None = None
        width = 0.0
        for begin in range(end - 1, -1, -1):
            width += widths[begin]
            if width > limit and begin < end - 1:
                break
            lines, cost, _ = best[begin]
            bonus = 0.6 if end < count and units[end - 1][-1] in GOOD_BREAK else 0.0
            choice = (lines + 1, cost + ((aim - width) / aim) ** 2 * 2 - bonus, begin)
            if found is None or choice < found:
                found = choice
        assert found
        best[end] = found
    lines_out: list[str] = []
    end = count
    while end:
        begin = best[end][2]
        lines_out.append("".join(units[begin:end]).strip())
        end = begin
    return tuple(reversed(lines_out))


def cut(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    """At most so many lines; what is left out shows as …… at the end."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1].rstrip("".join(NOT_FIRST | NOT_LAST))
    return (*lines[:most - 1], last[:-1] + "…")

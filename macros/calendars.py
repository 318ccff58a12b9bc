"""Dates for other programs: the data behind the deadline calculator, and calendar files (.ics)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from macros import clock, routes, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.models.base import PLACEHOLDER


def _plain(catalog: Catalog, value: object) -> str:
    """Text without placeholders: a parameter by its title."""
    def title(found: object) -> str:
        name = found["id"]  # type: ignore[index]
        key = Key("parameters", name) if name else None
        return str(catalog[key].title) if key and key in catalog.entities else "" if name is None else "待填"

    return PLACEHOLDER.sub(title, str(value)).strip()


def deadline_data(catalog: Catalog, years: Iterable[int] | None = None) -> bytes:
    """``window.faduDeadlines``: per procedure its events and deadlines, and the holiday table.

    The years of the table are those around ``as_of`` on which a running matter can touch.
    """
    now = catalog.as_of.year
    procedures = {}
    for key, procedure in catalog.all("procedures"):
        rows = []
        for step in procedure.steps:
            for row in step.deadlines:
                event = row.after or row.before
                if event is None:
                    continue
                rule = asdict(clock.rule(row))
                rule |= {name: [_plain(catalog, text) for text in rule[name]] for name in ("excludes",)}
                rule["starts"] = _plain(catalog, rule["starts"])
                rule["extensions"] = [[n, unit, _plain(catalog, words)] for n, unit, words in rule["extensions"]]
                amount: object = row.n if isinstance(row.n, int) or row.n is None else "（待填）"
                rows.append({
                    "step": step.id, "id": row.id, "text": _plain(catalog, row.text), "event": event, "bearer": row.bearer,
                    "words": wording.deadline(row, {name: str(text) for name, text in procedure.events.items()}, amount),
                    "url": routes.url(catalog, Key(key.kind, key.id, (step.id, row.id))),
                    "rule": {name: value for name, value in rule.items() if value not in ((), [], "", False) or name in ("unit", "n")},
                })
        if rows:
            used = {row["event"] for row in rows}
            procedures[key.id] = {
                "title": procedure.title, "events": {name: str(text) for name, text in procedure.events.items() if name in used}, "deadlines": rows,
            }
    table = clock.holiday_table(years if years is not None else range(now - 2, now + 4))
    data = {"holidays": table, "procedures": procedures}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")  # line ends to a script of ES2017
    return f"window.faduDeadlines={text};\n".encode()


@dataclass(frozen=True, slots=True)
class Entry:
    """One day of a calendar. ``key`` names it for ever: a second import replaces, it does not double."""

    key: str
    title: str
    day: date
    note: str = ""
    url: str = ""
    alarm_days: int = 0
    rule: tuple[tuple[str, object], ...] = ()  # RRULE, e.g. (("freq", "yearly"),)


def ics(rows: Iterable[Entry], name: str = "法度", stamp: date | None = None) -> bytes:
    """A calendar file; the same rows give the same bytes."""
    found = sorted(rows, key=lambda row: (row.day, row.key))
    at = stamp or min((row.day for row in found), default=date(2026, 1, 1))
    calendar = Calendar()
    calendar.add("prodid", "-//fadu//fadu//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    for row in found:
        event = Event()
        event.add("uid", f"{row.key.replace('/', '.').replace('#', '.')}@fadu")
        event.add("dtstamp", datetime(at.year, at.month, at.day, tzinfo=UTC))
        event.add("dtstart", row.day)
        event.add("dtend", row.day + timedelta(days=1))
        event.add("summary", row.title)
        event.add("transp", "TRANSPARENT")
        if row.note:
            event.add("description", row.note)
        if row.url:
            event.add("url", row.url)
        if row.rule:
            event.add("rrule", dict(row.rule))
        if row.alarm_days:
            event.add_component(_alarm(row))
        calendar.add_component(event)
    return calendar.to_ical()


def _alarm(row: Entry) -> object:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", row.title)
    alarm.add("trigger", timedelta(days=-row.alarm_days))
    return alarm


__all__ = ["Entry", "deadline_data", "ics"]

"""Dates for other programs: the data behind the deadline calculator, and calendar files (.ics)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from macros import clock, routes, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.models.procedure import Step
from macros.scripts import cited, classic, plain


def deadline_data(catalog: Catalog, years: Iterable[int] | None = None) -> bytes:
    """``window.faduDeadlines``: per procedure its events and deadlines, and the holiday table.

    The years of the table are those around ``as_of`` on which a running matter can touch.
    """
    now = catalog.as_of.year
    procedures = {}
    for key, procedure in catalog.all("procedures"):
        rows = []
        for number, step in enumerate(procedure.steps, 1):
            for row in step.deadlines:
                event = row.after or row.before
                if event is None:
                    continue
                rule = asdict(clock.rule(row))
                rule |= {name: [plain(catalog, text) for text in rule[name]] for name in ("excludes",)}
                rule["starts"] = plain(catalog, rule["starts"])
                rule["extensions"] = [[n, unit, plain(catalog, words)] for n, unit, words in rule["extensions"]]
                amount: object = row.n if isinstance(row.n, int) or row.n is None else "（待填）"
                found = {
                    "step": step.id, "no": number, "title": step.title, "id": row.id, "text": plain(catalog, row.text), "event": event, "bearer": row.bearer,
                    "words": wording.deadline(row, {name: str(text) for name, text in procedure.events.items()}, amount),
                    "days": wording.basis_of_days(row), "lapse": plain(catalog, row.lapse.text) if row.lapse else "",
                    "longer": [plain(catalog, one.text) for one in row.extensions if one.text and not (isinstance(one.n, int) and one.unit)],
                    "otherwise": list(row.otherwise), "note": plain(catalog, row.note) if row.note else "", "cites": cited(catalog, row.cites),
                    "url": routes.url(catalog, Key(key.kind, key.id, (step.id, row.id))),
                    "rule": {name: value for name, value in rule.items() if value not in ((), [], "", False) or name in ("unit", "n")},
                }
                rows.append({name: value for name, value in found.items() if value not in ("", [])})
        if rows:
            used = {row["event"] for row in rows}
            procedures[key.id] = {
                "title": procedure.title, "code": procedure.code, "shelf": catalog.shelf(key), "url": routes.url(catalog, key), "events": {name: str(text) for name, text in procedure.events.items() if name in used}, "deadlines": rows,
                "steps": [_step(catalog, step) for step in procedure.steps],
            }
    table = clock.holiday_table(years if years is not None else range(now - 2, now + 4))
    data = {"holidays": table, "procedures": procedures}
    return classic("faduDeadlines", data)


def _step(catalog: Catalog, step: Step) -> dict[str, object]:
    """What reckoning backwards needs: ``next`` as [step, 1 where it has a condition], ways back left out."""
    found: dict[str, object] = {"id": step.id, "title": plain(catalog, step.title), "next": [[edge.to, int(edge.when is not None)] for edge in step.next if not edge.back]}
    if step.when is not None:
        found["may"] = 1
    if step.marks:
        found["marks"] = list(step.marks)
    if step.runs:
        found["runs"] = step.runs.key.id
    return found


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

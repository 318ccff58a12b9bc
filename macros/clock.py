"""When a time limit ends: pure arithmetic on dates, with the reckoning told in Chinese.

The same rules stand in ``assets/js/deadlines.js``; both are held to ``tests/cases/deadlines.json``.
The day of the event is not counted, months and years end on the corresponding day, a last day on a
rest day moves only where an article says so. A year without holiday data is refused, never guessed.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from chinese_calendar import constants

from macros.models.procedure import Deadline

UNIT = {"hour": "小时", "day": "日", "workday": "个工作日", "month": "个月", "year": "年"}
WEEKDAY = "一二三四五六日"
ONE = timedelta(days=1)
Table = Mapping[str, Mapping[str, list[str]]]


class NoHolidays(Exception):
    """Rest days of a year are not known."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"没有{year}年的放假安排，不能判断哪天是工作日。国务院办公厅公布后更新节假日数据再算，或者对照放假通知用手数")


@dataclass(frozen=True, slots=True)
class Holidays:
    """Rest days: weekends and holidays, less the weekend days worked in exchange."""

    off: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    @classmethod
    def of(cls, table: Table) -> Holidays:
        def days(name: str) -> frozenset[date]:
            return frozenset(date.fromisoformat(f"{year}-{day}") for year, row in table.items() for day in row[name])

        return cls(days("off"), days("work"), frozenset(map(int, table)))

    def rest(self, day: date) -> bool:
        if day.year not in self.years:
            raise NoHolidays(day.year)
        return day in self.off or (day.weekday() >= 5 and day not in self.work)


def holiday_table(years: Iterable[int] | None = None) -> dict[str, dict[str, list[str]]]:
    """Per year what departs from the week: weekdays off (``off``) and weekend days worked (``work``), as ``MM-DD``."""
    known = range(min(constants.holidays).year, max(constants.holidays).year + 1)
    table = {}
    for year in sorted(set(years) & set(known) if years is not None else known):
        off = sorted(day for day in constants.holidays if day.year == year and day.weekday() < 5)
        work = sorted(day for day in constants.workdays if day.year == year and day.weekday() >= 5)
        table[str(year)] = {"off": [f"{day:%m-%d}" for day in off], "work": [f"{day:%m-%d}" for day in work]}
    return table


@functools.cache
def holidays() -> Holidays:
    """The holidays of all years known, as published by the State Council."""
    return Holidays.of(holiday_table())


@dataclass(frozen=True, slots=True)
class Rule:
    """What of a deadline matters for the date. ``first``: ``next``, ``same`` (day of the event) or ``MM-DD``."""

    unit: str
    n: int | None
    kind: str = "within"
    before: bool = False
    first: str = "next"
    starts: str = ""
    rolls: bool = False
    extensions: tuple[tuple[int, str, str], ...] = ()  # n, unit, words
    excludes: tuple[str, ...] = ()
    excluded: int = 0  # time not counted, as the reader found it: workdays, hours, or else natural days


@dataclass(frozen=True, slots=True)
class Due:
    """``date`` is the last day on which the thing may be done; with ``sense`` ``until`` the day through which one has to wait.

    ``since`` is the first day of a window before an event, ``at`` the hour for limits in hours.
    ``date`` is None where the number is set locally and is not filled in.
    """

    date: date | None
    steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    at: str = ""
    since: date | None = None
    sense: str = "by"
    extended: tuple[tuple[date, str], ...] = ()


def first_of(starts: str) -> str:
    """The first day counted, from the words of ``starts``; the next day unless they begin with 当日 or name a date."""
    if found := re.search(r"从(\d{1,2})月(\d{1,2})日起算", starts):
        return f"{int(found[1]):02}-{int(found[2]):02}"
    return "same" if starts.startswith("当日") else "next"


def rule(deadline: Deadline, n: int | None = None) -> Rule:
    """The rule of a deadline; ``n`` fills in a number that is set locally."""
    amount = n if n is not None else deadline.n if isinstance(deadline.n, int) else None
    starts = str(deadline.starts.text) if deadline.starts else ""
    extensions = []
    for row in deadline.extensions:
        if isinstance(row.n, int) and row.unit:
            words = "，".join(filter(None, (f"{row.approver}批准" if row.approver else "", str(row.text or ""))))
            extensions += [(row.n, row.unit, words)] * min(row.times or 1, 5)
    return Rule(deadline.unit, amount, deadline.kind, deadline.before is not None, first_of(starts), starts, deadline.rolls is not None,
                tuple(extensions), tuple(str(row.text) for row in deadline.excludes))


def due(deadline: Deadline | Rule, day: date, known: Holidays | None = None, n: int | None = None) -> Due:
    """When a deadline ends if its event falls on ``day`` (a ``datetime`` for limits in hours)."""
    found = deadline if isinstance(deadline, Rule) else rule(deadline, n)
    return _Reckoning(found, known or holidays()).due(day)


def say(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日（星期{WEEKDAY[day.weekday()]}）"


def months(day: date, count: int) -> tuple[date, bool]:
    """The corresponding day, and whether there is one: else the last of the month."""
    at = day.year * 12 + day.month - 1 + count
    year, month = at // 12, at % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)), day.day <= last


class _Reckoning:
    def __init__(self, rule: Rule, known: Holidays) -> None:
        self.rule, self.known = rule, known
        self.steps: list[str] = []
        self.warnings: list[str] = []

    def due(self, moment: date) -> Due:
        rule = self.rule
        day = moment.date() if isinstance(moment, datetime) else moment
        if rule.unit == "prompt":
            self.steps.append(f"{say(day)}起立即办，没有写日数；当天能办的当天办")
            return self._done(day)
        if rule.n is None:
            self.warnings.append("多少由地方规定，还没有填，算不出日期")
            return self._done(None)
        if rule.unit == "hour":
            return self._hours(moment, day)
        if rule.before:
            return self._before(day)
        return self._after(day)

    def _done(self, day: date | None, **more: object) -> Due:
        return Due(day, tuple(self.steps), tuple(self.warnings), **more)  # type: ignore[arg-type]

    # -- hours

    def _hours(self, moment: date, day: date) -> Due:
        rule = self.rule
        assert rule.n is not None
        if not isinstance(moment, datetime):
            self.warnings.append("没有写几时几分：从当日零时起算，是最早的可能，写上时刻再算一次")
        begin = moment if isinstance(moment, datetime) else datetime(day.year, day.month, day.day)
        end = begin - timedelta(hours=rule.n) if rule.before else begin + timedelta(hours=rule.n)
        self.steps.append(f"按小时算，从{say(day)}{begin:%H:%M}{'倒推' if rule.before else '起'}{rule.n}小时，不扣休息时间")
        if rule.excluded and not rule.before:
            end += timedelta(hours=rule.excluded)
            self.steps.append(f"不计入的{rule.excluded}小时往后加")
        self.steps.append(f"{'最迟' if rule.before or rule.kind == 'within' else '至少到'}{say(end.date())}{end:%H:%M}")
        return self._done(end.date(), at=f"{end:%H:%M}", sense=self._sense())

    def _sense(self) -> str:
        return "until" if self.rule.kind == "at-least" and not self.rule.before else "by"

    # -- forwards

    def _after(self, day: date) -> Due:
        rule = self.rule
        assert rule.n is not None
        first = self._first(day)
        last = self._count(first - ONE, rule.n, rule.unit, next_=rule.first == "next")
        if rule.excluded:
            self.steps.append(f"不计入的{rule.excluded}{UNIT[self._spare()]}往后加")
            last = self._count(last, rule.excluded, self._spare())
        moved = self._roll(last) if rule.kind == "within" else last
        if rule.kind == "at-least":
            self.steps.append(f"期间至少到{say(last)}届满，届满以前不能往下走")
        extended = self._extended(last)
        if rule.excludes and not rule.excluded:
            self.warnings.append("有这些时间的不计入，到期日相应往后：" + "；".join(rule.excludes))
        return self._done(moved, sense=self._sense(), extended=extended)

    def _spare(self) -> str:
        """The unit of the time not counted."""
        return "workday" if self.rule.unit == "workday" else "day"

    def _first(self, day: date) -> date:
        rule = self.rule
        if rule.first == "same":
            self.steps.append(f"{say(day)}当日起算")
            return day
        if rule.first != "next":
            month, at = map(int, rule.first.split("-"))
            first = date(day.year, month, at)
            first = first if first >= day else date(day.year + 1, month, at)
            self.steps.append(f"从{say(first)}起算")
            return first
        self.steps.append(f"{say(day)}当日不计入，从次日{say(day + ONE)}起算")
        if rule.starts and "次日" not in rule.starts:
            self.warnings.append(f"起算另有说明：{rule.starts}")
        return day + ONE

    def _count(self, day: date, n: int, unit: str, next_: bool = True) -> date:
        """The last of ``n`` units after ``day``, which is not counted."""
        if unit == "workday":
            return self._workdays(day, n)
        if unit == "day":
            last = day + timedelta(days=n)
            self.steps.append(f"按自然日数，第{n}日是{say(last)}，休息日也算")
            return last
        count = n * (12 if unit == "year" else 1)
        last, exact = months(day if next_ else day + ONE, count)
        if not exact:
            self.steps.append(f"{n}{UNIT[unit]}，到期月没有对应日，以月末日{say(last)}为最后一日")
            return last
        if next_:
            self.steps.append(f"{n}{UNIT[unit]}，到期月的对应日是{say(last)}")
            return last
        self.steps.append(f"{n}{UNIT[unit]}，到对应日的前一日{say(last - ONE)}届满")
        return last - ONE

    def _workdays(self, day: date, n: int) -> date:
        at, left, rest, worked = day, n, 0, []
        while left:
            at += ONE
            if self.known.rest(at):
                rest += 1
            else:
                left -= 1
                if at.weekday() >= 5:
                    worked.append(f"{at.month}月{at.day}日")
        text = f"第{n}个工作日是{say(at)}"
        text += f"，跳过休息日{rest}天" if rest else ""
        self.steps.append(text + (f"；{'、'.join(worked)}调休上班，算工作日" if worked else ""))
        return at

    def _roll(self, last: date) -> date:
        """A last day on a rest day moves only where an article says so."""
        rule = self.rule
        if rule.unit == "workday":
            return last
        try:
            if not self.known.rest(last):
                return last
            if rule.rolls:
                at = last
                while self.known.rest(at):
                    at += ONE
                self.steps.append(f"末日{say(last)}是休息日，顺延到{say(at)}")
                return at
        except NoHolidays as missing:
            if rule.rolls:
                raise
            self.warnings.append(f"没有{missing.year}年的放假安排，末日是不是休息日请自己对照")
            return last
        self.warnings.append(f"末日{say(last)}是休息日：条文没有写顺延，不顺延，请在{self._eve(last)}以前办完")
        return last

    def _eve(self, day: date) -> str:
        """The last workday before a rest day."""
        try:
            while self.known.rest(day):
                day -= ONE
        except NoHolidays:
            return "放假"
        return say(day)

    def _extended(self, last: date) -> tuple[tuple[date, str], ...]:
        found = []
        for n, unit, words in self.rule.extensions:
            try:
                last = self._extension(last, n, unit)
            except NoHolidays as missing:
                self.warnings.append(str(missing))
                break
            found.append((last, f"可以延长{n}{UNIT[unit]}，到{say(last)}" + (f"：{words}" if words else "")))
        return tuple(found)

    def _extension(self, last: date, n: int, unit: str) -> date:
        quiet = _Reckoning(self.rule, self.known)
        return quiet._count(last, n, unit)

    # -- backwards

    def _before(self, day: date) -> Due:
        rule = self.rule
        assert rule.n is not None
        edge = self._back(day, rule.n, rule.unit)
        if rule.kind == "within":
            self.steps.append(f"从{say(edge)}起，到{say(day - ONE)}为止")
            return self._done(day - ONE, since=edge)
        last = edge - ONE
        self.steps.append(f"中间要隔足{rule.n}{UNIT[rule.unit]}，最迟{say(last)}")
        try:
            if self.known.rest(last):
                self.warnings.append(f"最迟日{say(last)}是休息日，请在{self._eve(last)}以前办完")
        except NoHolidays as missing:
            self.warnings.append(f"没有{missing.year}年的放假安排，最迟日是不是休息日请自己对照")
        return self._done(last)

    def _back(self, day: date, n: int, unit: str) -> date:
        """The first of the ``n`` units that lie directly before ``day``."""
        if unit == "workday":
            at, left, rest = day, n, 0
            while left:
                at -= ONE
                if self.known.rest(at):
                    rest += 1
                else:
                    left -= 1
            self.steps.append(f"从{say(day)}倒数，当日不算，第{n}个工作日是{say(at)}" + (f"，跳过休息日{rest}天" if rest else ""))
            return at
        at = day - timedelta(days=n) if unit == "day" else months(day, -n * (12 if unit == "year" else 1))[0]
        self.steps.append(f"从{say(day)}倒数，当日不算，{n}{UNIT[unit]}数到{say(at)}")
        return at


__all__ = ["Due", "Holidays", "NoHolidays", "Rule", "due", "first_of", "holiday_table", "holidays", "rule", "say"]

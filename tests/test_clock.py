"""Deadlines: the shared cases in Python and in the browser's script, the calendar data and files."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros import calendars, clock
from macros.catalog import Catalog
from macros.models import Key
from macros.models.procedure import Deadline, Procedure
from macros.models.setting import Site

ROOT = Path(__file__).resolve().parents[1]
CASES = json.loads((ROOT / "tests/cases/deadlines.json").read_text(encoding="utf-8"))["cases"]
BACKWARD = json.loads((ROOT / "tests/cases/backward.json").read_text(encoding="utf-8"))["cases"]
FIELDS = ("date", "at", "since", "sense", "warnings")


def moment(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def rule(row: dict) -> clock.Rule:
    more = {name: tuple(map(tuple, row[name])) if name == "extensions" else tuple(row[name]) for name in ("extensions", "excludes") if name in row}
    return clock.Rule(**{**row, **more})


def reckon(case: dict) -> dict:
    try:
        found = asdict(clock.due(rule(case["rule"]), moment(case["day"])))
    except clock.NoHolidays as missing:
        return {"date": None, "error": str(missing)}
    return json.loads(json.dumps(found, default=str))


def chain_data(case: dict) -> dict:
    rows = [
        {"step": step, "id": str(at), "text": "等", "words": "", "bearer": row.get("bearer", "agency"), "event": row.get("event", ""),
         "rule": {name: value for name, value in row.items() if name not in ("bearer", "event")}}
        for step, found in case["limits"].items() for at, row in enumerate(found)
    ]
    steps = [{"id": one[0], "title": one[0], "next": one[1], **(one[2] if len(one) > 2 else {})} for one in case["steps"]]
    return {"holidays": clock.holiday_table(), "procedures": {"x": {"url": "x.html", "steps": steps, "deadlines": rows}}}


def test_backwards_by_hand(node: Callable[..., CompletedProcess[str]]) -> None:
    program = """
        const fs = require("fs"), vm = require("vm");
        const context = { window: {} };
        vm.createContext(context);
        for (const name of ["deadlines", "chain"]) vm.runInContext(fs.readFileSync(`macros/assets/js/${name}.js`, "utf8"), context);
        const { chain } = context.window.fadu;
        console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map(([data, plan]) => [chain(data, "x", plan), chain.steps(data, "x", plan.to)])));
    """
    done = node("-e", program, input=json.dumps([[chain_data(case), case["plan"]] for case in BACKWARD]))
    assert done.returncode == 0, done.stderr
    for case, (rows, steps) in zip(BACKWARD, json.loads(done.stdout), strict=True):
        assert {row["key"]: row["date"] for row in rows} == case["dates"], case["name"]
        assert [row["date"] or "" for row in rows] == sorted(row["date"] or "" for row in rows), case["name"]
        assert [step["key"] for step in steps if step["fixed"]] == case["fixed"], case["name"]
        assert all(row["error"] for row in rows if row["date"] is None), case["name"]


def test_backwards_names_what_is_not_reckoned(node: Callable[..., CompletedProcess[str]]) -> None:
    """A local number that nobody filled in, and a procedure run as one step, are said, not taken for nought."""
    case = {"steps": [["notice", [["hold", 0]]], ["hold", [["end", 0]], {"runs": "x"}], ["end", []]], "limits": {"notice": [{"unit": "day", "n": None, "kind": "at-least", "before": True}]}}
    program = """
        const fs = require("fs"), vm = require("vm");
        const context = { window: {} };
        vm.createContext(context);
        for (const name of ["deadlines", "chain"]) vm.runInContext(fs.readFileSync(`macros/assets/js/${name}.js`, "utf8"), context);
        console.log(JSON.stringify(context.window.fadu.chain(JSON.parse(fs.readFileSync(0, "utf8")), "x", { to: "end", day: "2026-12-18" })));
    """
    done = node("-e", program, input=json.dumps(chain_data(case)))
    assert done.returncode == 0, done.stderr
    rows = {row["key"]: row for row in json.loads(done.stdout)}
    assert [row["id"] for row in rows["notice"]["missing"]] == ["0"]
    assert rows["hold"]["runs"] == "x"
    assert rows["end"]["runs"] == ""


def deadline(**row: object) -> Deadline:
    return Deadline.model_validate({"id": "x", "text": "做完", "bearer": "agency", "authority": "advice", "after": "told", **row})


def held(case: dict, found: dict) -> None:
    if "error" in case:
        assert found["date"] is None
        assert case["error"] in found["error"]
        return
    assert "error" not in found, found
    for name, value in {"at": "", "since": None, "sense": "by", **case}.items():
        if name in FIELDS:
            assert found[name] == value, name
    assert [day for day, _ in found["extended"]] == case.get("extended", [])
    assert found["steps"] or found["date"] is None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict) -> None:
    held(case, reckon(case))


def test_browser_reckons_the_same(node: Callable[..., CompletedProcess[str]]) -> None:
    """Every field, the steps of the reckoning included; and in time zones on either side."""
    program = """
        const fs = require("fs"), vm = require("vm");
        const input = JSON.parse(fs.readFileSync(0, "utf8"));
        const context = { window: {} };
        vm.createContext(context);
        vm.runInContext(fs.readFileSync("macros/assets/js/deadlines.js", "utf8"), context);
        const due = context.window.fadu.deadlines.due;
        console.log(JSON.stringify(input.cases.map((one) => due(one.rule, one.day, input.holidays))));
    """
    import os

    given = json.dumps({"cases": CASES, "holidays": clock.holiday_table()})
    for zone in ("Asia/Shanghai", "America/Los_Angeles"):
        done = node("-e", program, input=given, env={**os.environ, "TZ": zone})
        assert done.returncode == 0, done.stderr
        for case, found in zip(CASES, json.loads(done.stdout), strict=True):
            held(case, found)
            assert found == reckon(case), case["name"]


def test_every_day_of_two_years_is_the_same_in_the_browser(node: Callable[..., CompletedProcess[str]]) -> None:
    """Not only the golden days: all rules on every 5th day of 2025 and 2026."""
    from datetime import timedelta

    rules = [row for case in CASES if (row := case["rule"])["unit"] != "hour"]
    days = [str(date(2025, 1, 1) + timedelta(days=at)) for at in range(0, 725, 5)]
    cases = [{"rule": row, "day": day} for row in rules for day in days]
    program = """
        const fs = require("fs"), vm = require("vm");
        const input = JSON.parse(fs.readFileSync(0, "utf8"));
        const context = { window: {} };
        vm.createContext(context);
        vm.runInContext(fs.readFileSync("macros/assets/js/deadlines.js", "utf8"), context);
        console.log(JSON.stringify(input.cases.map((one) => context.window.fadu.deadlines.due(one.rule, one.day, input.holidays))));
    """
    done = node("-e", program, input=json.dumps({"cases": cases, "holidays": clock.holiday_table()}))
    assert done.returncode == 0, done.stderr
    for case, found in zip(cases, json.loads(done.stdout), strict=True):
        assert found == reckon(case), case


# -- from data to a rule


def test_rule_of_a_deadline() -> None:
    found = clock.rule(deadline(
        n=20, unit="workday", starts={"text": "次日起算", "authority": "advice"}, rolls={"text": "顺延", "authority": "advice"},
        extensions=[{"n": 20, "unit": "workday", "approver": "负责人", "text": "确有必要", "times": 2}, {"text": "合理期限"}],
        excludes=[{"text": "鉴定", "authority": "advice"}]))
    assert found == clock.Rule("workday", 20, starts="次日起算", rolls=True, extensions=((20, "workday", "负责人批准，确有必要"),) * 2, excludes=("鉴定",))
    assert clock.rule(deadline(n="$local-days", unit="day")).n is None
    assert clock.rule(deadline(n="$local-days", unit="day"), 7).n == 7
    assert clock.due(deadline(n=5, unit="workday"), date(2026, 9, 28)).date == date(2026, 10, 10)


def test_first_day_from_words() -> None:
    assert clock.first_of("") == "next"
    assert clock.first_of("次日起算") == "next"
    assert clock.first_of("立案当日算不算，法律没有说") == "next"
    assert clock.first_of("当日起算") == "same"
    assert clock.first_of("从1月1日起算，到2月最后一日") == "01-01"


# -- holidays


def test_holiday_table() -> None:
    table = clock.holiday_table([2026, 2031])
    assert list(table) == ["2026"]
    assert table["2026"]["work"] == ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]
    assert "10-01" in table["2026"]["off"]
    assert "10-03" not in table["2026"]["off"], "a Saturday is off anyway"
    assert min(clock.holiday_table()) == "2004"


def test_year_without_data_is_refused() -> None:
    with pytest.raises(clock.NoHolidays, match="没有2031年的放假安排"):
        clock.holidays().rest(date(2031, 3, 3))


# -- what other programs get


def small() -> Catalog:
    procedure = Procedure.model_validate({
        "title": "样例", "depth": "full", "level": ["县级部门"], "events": {"told": "告知送达", "unused": "没有用"},
        "steps": [{"id": "a", "title": "甲", "actor": "clerk", "does": "做", "authority": "advice", "deadlines": [
            {"id": "five", "n": 5, "unit": "workday", "after": "told", "bearer": "party", "text": "提出要求</script>", "authority": "advice"},
            {"id": "local", "n": "$days", "unit": "day", "after": "told", "bearer": "agency", "text": "决定", "authority": "advice"},
            {"id": "soon", "unit": "prompt", "bearer": "agency", "text": "马上", "authority": "advice"}]}]})
    site = Site.model_construct(as_of=date(2026, 11, 21))
    return Catalog({Key("procedures", "sample"): procedure}, {}, {}, {}, site, None)  # type: ignore[arg-type]


def test_data_of_the_calculator() -> None:
    script = calendars.deadline_data(small()).decode()
    data = json.loads(script.removeprefix("window.faduDeadlines=").removesuffix(";\n"))
    assert list(data["holidays"]) == ["2024", "2025", "2026"]
    sample = data["procedures"]["sample"]
    assert sample["events"] == {"told": "告知送达"}
    assert [row["id"] for row in sample["deadlines"]] == ["five", "local"]
    assert sample["deadlines"][0]["rule"] == {"unit": "workday", "n": 5, "kind": "within", "first": "next"}
    assert sample["deadlines"][1]["rule"]["n"] is None
    assert sample["deadlines"][0]["url"] == "procedures/sample.html#part-a-five"
    assert calendars.deadline_data(small()) == calendars.deadline_data(small())


def test_calculator_in_the_page(tmp_path: Path, page) -> None:
    """Lazily loaded over file://, and it never rejects."""
    root = tmp_path / "站点 一"
    (root / "assets/fadu/js").mkdir(parents=True)
    (root / "assets/fadu/data").mkdir()
    for name in ("core.js", "deadlines.js"):
        (root / "assets/fadu/js" / name).write_bytes((ROOT / "macros/assets/js" / name).read_bytes())
    (root / "assets/fadu/data/deadlines.js").write_bytes(calendars.deadline_data(small()))
    scripts = "".join(f'<script src="assets/fadu/js/{name}"></script>' for name in ("core.js", "deadlines.js"))
    (root / "index.html").write_text(f'<!doctype html><meta charset="utf-8"><title>x</title><div class="fadu-page"></div>{scripts}', encoding="utf-8")
    page.goto((root / "index.html").as_uri())
    assert not page.evaluate("Boolean(window.faduDeadlines)")
    rows = page.evaluate("fadu.deadlines('sample', {told: '2026-09-28'})")
    assert [(row["id"], row["date"]) for row in rows] == [("five", "2026-10-10"), ("local", None)]
    assert rows[0]["text"] == "提出要求</script>"
    assert page.evaluate("fadu.deadlines('none', {told: '2026-09-28'})") == []
    assert page.evaluate("fadu.deadlines('sample', null)") == []
    assert "写法不对" in page.evaluate("fadu.deadlines('procedures/sample', {told: '2026-02-30'})")[0]["error"]
    assert page.errors == []


def test_calendar_file() -> None:
    rows = [calendars.Entry("duties/report#2027", "报送年度报告，抄送人大", date(2027, 3, 1), note="依据；见页面", url="https://example.org/x", alarm_days=7),
            calendars.Entry("duties/plan", "制定计划", date(2027, 1, 15), rule=(("freq", "yearly"),))]
    found = calendars.ics(rows, stamp=date(2026, 11, 21))
    assert found == calendars.ics(reversed(rows), stamp=date(2026, 11, 21))
    text = found.decode()
    assert "UID:duties.report.2027@fadu" in text
    assert "DTSTART;VALUE=DATE:20270301" in text
    assert "DTSTAMP:20261121T000000Z" in text
    assert "RRULE:FREQ=YEARLY" in text
    assert "TRIGGER:-P7D" in text
    assert text.index("制定计划") < text.index("报送年度报告")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))

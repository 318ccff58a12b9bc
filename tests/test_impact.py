"""What a change touches: as text, for programs, as the working group's list; with the new numbers of a map."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from macros import cli, impact, load, worklists

HERE = Path(__file__).parent
CHANGE = """title: 复议条例修订
law: reconsideration-regulation
effective: 2026-07-01
means: [旧条号不能再用]
articles: {"1": "2", "31": 无}
touches:
  - {to: duties/old, status: 无需改}
"""
OLD = """title: 旧的
due: {by: 03-01}
who: justice-bureau
what: 讲历史
cites: [{to: "行政复议法实施条例@2007:31", historical: 沿革}]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(HERE / "small", tmp_path, dirs_exist_ok=True)
    (tmp_path / "data/changes/regulation-2026.yml").write_text(CHANGE, "utf-8")
    (tmp_path / "data/duties/old.yml").write_text(OLD, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_kind_of_place_is_found(project):
    rows = impact.of(load.load(project), "行政处罚法")
    kinds = {row.kind for row in rows}
    assert {"程序", "页面", "义务对照", "文书", "判断", "试题"} <= kinds
    assert all(row.place.line > 0 and (project / row.place.file).is_file() for row in rows)


def test_a_range_is_spread(project):
    found = load.load(project)
    assert {row.cites.split(".")[0] for row in impact.of(found, "行政处罚法:63~64")} == {"行政处罚法:63", "行政处罚法:64"}


def test_an_old_version_is_asked_for_by_year(project):
    rows = impact.of(load.load(project), "行政复议法实施条例@2007:31")
    assert [str(row.key) for row in rows] == ["duties/old"]


def test_a_change_gives_the_new_numbers_and_what_was_done(project):
    rows = impact.of(load.load(project), "changes/regulation-2026")
    row = next(row for row in rows if str(row.key) == "duties/old")
    assert (row.cites, row.new, row.state) == ("行政复议法实施条例@2007:31", "无", "无需改")
    with pytest.raises(impact.Unknown, match="是否想写 changes/regulation-2026"):
        impact.of(load.load(project), "changes/regulation-2025")


def test_a_map_file(project, capsys):
    Path("map.txt").write_text("# 旧 新\n行政处罚法:63 → 行政处罚法:70\n行政处罚法:64\t71、72\n", "utf-8")
    assert cli.main(["impact", "--map", "map.txt", "--json"]) == 0
    new = {row["cites"]: row["new"] for row in json.loads(capsys.readouterr().out)}
    assert new["行政处罚法:63.1"] == "行政处罚法:70（款、项再核对）"
    assert new["行政处罚法:64.1.1"] == "行政处罚法:71、行政处罚法:72（款、项再核对）"
    Path("map.txt").write_text("行政处罚法:63\n", "utf-8")
    assert cli.main(["impact", "--map", "map.txt"]) == 2
    assert "map.txt:1：写成“旧引用 → 新引用”" in capsys.readouterr().err
    Path("map.txt").write_text("行政处罚法:99 → 1\n", "utf-8")
    assert cli.main(["impact", "--map", "map.txt"]) == 2
    assert cli.main(["impact"]) == cli.main(["impact", "行政处罚法", "--map", "map.txt"]) == cli.main(["impact", "--map", "none.txt"]) == 2


def test_the_working_groups_list(project, capsys):
    assert cli.main(["impact", "行政处罚法:63", "--xlsx", "out/分工.xlsx"]) == 0
    assert "已写到 out/分工.xlsx" in capsys.readouterr().out
    sheet = load_workbook("out/分工.xlsx").active
    assert [cell.value for cell in sheet[1]] == ["文件", "行", "类别", "名称", "关系", "引用", "新条号", "处理", "责任人", "备注"]
    assert {row[7].value for row in sheet.iter_rows(min_row=2)} == {"待改"}
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == '"待改,已改,无需改"'
    assert str(rule.sqref) == f"H2:H{sheet.max_row}"


def test_the_list_is_the_same_twice_and_runs_no_formula(project):
    found = load.load(project)
    rows = impact.of(found, "行政处罚法:63")
    assert worklists.touched(rows, "甲", found.as_of) == worklists.touched(rows, "甲", found.as_of)
    from dataclasses import replace

    sheet = load_workbook(io.BytesIO(worklists.touched([replace(rows[0], label="=1+1")], "甲", found.as_of))).active
    assert sheet.cell(2, 4).data_type == "s"


def test_check_on_a_day_says_what_will_break(project, capsys):
    assert cli.main(["check"]) == 0
    file = project / "data/changes/regulation-2026.yml"
    file.write_text(file.read_text("utf-8").replace("2026-07-01", "2027-01-01").replace("无需改", "待改"), "utf-8")
    law = project / "data/laws/three-systems.yml"
    law.write_text(law.read_text("utf-8") + "plan_until: 2026-12-31\n", "utf-8")
    term = project / "data/duties/plan.yml"
    term.write_text(OLD.replace("旧的", "规划").replace('{to: "行政复议法实施条例@2007:31", historical: 沿革}', "三项制度意见"), "utf-8")
    assert cli.main(["check", "--on", "2026-12-31"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "--on", "2027-01-01"]) == 1
    told = capsys.readouterr().out
    assert "2027-01-01 已经施行，duties/old 还是待改" in told
    assert "《关于全面推行行政执法三项制度的指导意见》规划期届满" in told

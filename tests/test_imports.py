"""Importing texts: what is matched, what is named, what the pages and the rules do with it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from docx import Document

from macros import cli, imports, keep, load
from macros.models import Key
from macros.render import Views

HERE = Path(__file__).parent
CODE = "未来法典\n\n2026年10月1日 样例通过\n\n第一条　这是样例。\n"
OLD = "中华人民共和国行政复议法实施条例\n（2007年8月1日起施行）\n第一条　甲乙丙丁戊己庚辛。\n第三十一条　子丑寅卯辰巳午未。\n"
NEW = "中华人民共和国行政复议法实施条例\n（2026年7月1日起施行）\n第一条　甲乙丙丁戊己庚辛壬癸。\n第二条　新的一条：\n（一）一：\n（二）二：\n1．甲；\n2．乙。\n子丑寅卯。\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(HERE / "small", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("FADU_TEXTS", raising=False)
    return tmp_path


def bring(project: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    folder = project / "downloads"
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(text.encode(encoding))
    return folder


def word(folder: Path, name: str, text: str) -> Document:
    folder.mkdir(exist_ok=True)
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(folder / name)
    return document


def test_one_report_for_a_folder(project, capsys):
    folder = bring(project, "甲.txt", CODE, "gb18030")
    word(folder, "复议条例.docx", NEW)
    bring(project, "行政复议法实施条例（2007）.md", OLD)
    bring(project, "又一份.txt", CODE)
    bring(project, "别的.txt", "没有登记的规定\n第一条　甲。\n")
    bring(project, "扫描.pdf", "x")
    (folder / "坏的.docx").write_bytes(b"PK no archive")
    bring(project, "空的.txt", "  \n")
    (folder / "~$复议条例.docx").write_bytes(b"lock")
    assert cli.main(["import-law", "downloads", "--json"]) == 1
    rows = {Path(row["file"]).name: row for row in json.loads(capsys.readouterr().out)}
    assert {name: row["state"] for name, row in rows.items()} == {
        "甲.txt": "重复", "又一份.txt": "已导入", "复议条例.docx": "已导入", "行政复议法实施条例（2007）.md": "已导入", "别的.txt": "没有这件",
        "扫描.pdf": "读不了", "坏的.docx": "读不了", "空的.txt": "读不了"}
    assert rows["复议条例.docx"]["version"] == "2026"
    assert (rows["复议条例.docx"]["articles"], rows["复议条例.docx"]["recorded"]) == (2, 2)
    assert rows["行政复议法实施条例（2007）.md"]["version"] == "2007"
    assert sorted(path.name for path in (project / "local/texts").iterdir()) == [
        "future-code.json", "reconsideration-regulation.json", "reconsideration-regulation@2007.json"]


def test_without_faults_the_exit_is_good(project, capsys):
    assert cli.main(["import-law", str(bring(project, "甲.txt", CODE) / "甲.txt")]) == 0
    assert "已导入  《未来法典》2026  1 条（登记 1 条）" in capsys.readouterr().out
    assert cli.main(["check"]) == 0
    assert cli.main(["import-law", "nowhere"]) == 2


def test_differences_are_named_in_the_report_and_by_check(project, capsys):
    bring(project, "复议.txt", NEW.replace("（二）二：\n", "").replace("子丑寅卯。\n", ""))
    assert cli.main(["import-law", "downloads"]) == 1
    assert "第2条的款、项：登记 [2, 0]，文本 [1]" in capsys.readouterr().out
    assert cli.main(["check"]) == 1
    told = capsys.readouterr().out
    assert "data/laws/reconsideration-regulation.yml:" in told
    assert "第 2 条的构造与导入的文本（复议.txt）不一致：登记2 款，各款项数 [2, 0]，文本1 款，各款项数 [1]" in told
    assert cli.main(["import-law", "downloads"]) == 1  # a faulty text never stands in the way of a better one


def test_a_version_that_cannot_be_told_is_not_written(project, capsys):
    bring(project, "复议.txt", OLD.replace("2007年8月1日", "2015年3月3日").replace("第三十一条", "第五条"))
    assert cli.main(["import-law", "downloads"]) == 1
    told = capsys.readouterr().out
    assert "版本不明" in told
    assert "文本上最后一个日期是 2015-03-03，资料里的版本是 2007、2026" in told
    assert not list((project / "local").rglob("*.json")) if (project / "local").exists() else True


def test_what_word_hides_is_named(project):
    folder = bring(project, "甲.txt", CODE)
    document = word(folder, "未来.docx", CODE)
    document.add_paragraph("自动编号的一段", style="List Number")
    properties = document.paragraphs[-1]._p.get_or_add_pPr()
    properties._add_numPr()
    document.add_table(1, 2).rows[0].cells[0].text = "表里的字"
    document.save(folder / "未来.docx")
    outcome, text = imports.read(load.read(project)[0], folder / "未来.docx")
    assert any("自动编号" in note for note in outcome.notes)
    assert any("表里的字" in row.text for row in text.rows)


def test_pages_show_the_words(project):
    before = load.load(project)
    assert "fadu-official" not in Views(before)["articles"]("future-code")
    bring(project, "甲.txt", CODE)
    cli.main(["import-law", "downloads"])
    after = load.load(project)
    views = Views(after)
    shown = views["articles"]("future-code")
    assert '<span id="art-1-1"></span>' in shown
    assert '<p class="fadu-official-paragraph" data-part="1.1">第一条　这是样例。</p>' in shown
    chip = views["cite"]("未来法典:1")
    assert 'title="《未来法典》第一条\n第一条　这是样例。"' in chip
    assert 'data-full="《未来法典》第一条"' in chip
    key = Key("laws", "penalty")
    assert keep.fingerprint(before, key) != keep.fingerprint(after, key)
    for path in (project / "local/texts").iterdir():
        path.unlink()
    assert keep.fingerprint(before, key) == keep.fingerprint(load.load(project), key)


def test_the_hover_is_short(project):
    bring(project, "甲.txt", "未来法典\n2026年10月1日 样例通过\n第一条　" + "长" * 500 + "\n")
    cli.main(["import-law", "downloads"])
    chip = Views(load.load(project))["cite"]("未来法典:1")
    assert "长" * 290 in chip
    assert "长" * 300 not in chip


def test_texts_lie_where_the_environment_says(project, monkeypatch, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("texts")
    monkeypatch.setenv("FADU_TEXTS", str(elsewhere))
    bring(project, "甲.txt", CODE)
    cli.main(["import-law", "downloads"])
    assert [path.name for path in elsewhere.iterdir()] == ["future-code.json"]
    assert not (project / "local").exists()


def test_a_text_becomes_old_when_its_law_moves_on(project):
    bring(project, "甲.txt", CODE)
    cli.main(["import-law", "downloads"])
    file = project / "data/laws/future-code.yml"
    file.write_text(file.read_text("utf-8").replace("effective: 2027-01-01}", 'effective: 2027-01-01, until: 2027-12-31, shape: {"1": [0]}}\n  - {id: "2028", effective: 2028-01-01}'), "utf-8")
    found, problems = load.read(project)
    assert problems == []
    assert Key("laws", "future-code", ("@2026",)) in found.texts


def test_old_and_new_side_by_side(project, capsys):
    bring(project, "旧（2007）.txt", OLD)
    bring(project, "新.txt", NEW)
    cli.main(["import-law", "downloads"])
    found = load.load(project)
    shown = Views(found)["compared"]("reconsideration-regulation")
    assert "<ins>壬癸</ins>" in shown
    assert cli.main(["compare", "行政复议法实施条例@2007", "行政复议法实施条例", "out/对照.docx"]) == 0
    rows = [[cell.text for cell in row.cells] for row in Document("out/对照.docx").tables[0].rows]
    assert [row[2] for row in rows] == ["对应", "第一条→第一条　改动", "无→第二条　新增", "第三十一条→无　删去"]
    first = Path("out/对照.docx").read_bytes()
    cli.main(["compare", "行政复议法实施条例@2007", "行政复议法实施条例", "out/对照.docx"])
    assert Path("out/对照.docx").read_bytes() == first
    capsys.readouterr()
    assert cli.main(["compare", "行政处罚法", "未来法典", "x.docx"]) == 2
    assert "没有导入《中华人民共和国行政处罚法》2021年版本的文本（已导入：无）" in capsys.readouterr().err


def test_pages_of_what_to_fetch_what_is_not_verified_and_what_changed(project):
    index = Views(load.load(project))["index"]
    fetch = index("fetch")
    assert "行政处罚法" in fetch
    assert "信访条例" not in fetch  # repealed
    unverified = index("unverified")
    assert '<tr data-confidence="中">' in unverified
    assert "行政处罚法" not in unverified
    changes = index("changes")
    assert 'data-filter="#changes"' in changes
    assert '<select name="topic">' in changes
    assert '<select name="role">' in changes
    assert 'href="#regulation-2026"' in changes
    bring(project, "甲.txt", CODE)
    cli.main(["import-law", "downloads"])
    assert "已导入 1 件现行文本" in Views(load.load(project))["index"]("fetch")

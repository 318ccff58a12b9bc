"""文稿体检: one file of cases in Python and in the browser's script, real drafts, clean text, the command, the page."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from playwright.sync_api import expect

from macros import cli, docfile, drafts, draftwords, papers
from macros.load import load
from macros.models.law import Law

ROOT = Path(__file__).resolve().parents[1]
READ = json.loads((ROOT / "tests/cases/drafts.json").read_text("utf-8"))
CASES = READ["cases"]
SEEDS = os.environ.get("FADU_SEEDS")
PROGRAM = """
    const fs = require("fs"), vm = require("vm");
    const input = JSON.parse(fs.readFileSync(0, "utf8"));
    const context = { window: {} };
    vm.createContext(context);
    vm.runInContext(fs.readFileSync("macros/assets/js/drafts.js", "utf8"), context);
    console.log(JSON.stringify(input.texts.map((text) => context.window.fadu.drafts.check(text, input.facts))));
"""


@cache
def catalog():
    return load(ROOT)


@cache
def known() -> dict:
    return draftwords.facts(catalog())


def invented() -> dict:
    return draftwords.known() | READ["facts"]


def found(text: str, facts: dict | None = None) -> list[dict]:
    return [{name: row[name] for name in ("line", "rule", "words", "message", "hint")} for row in (one.as_json() for one in drafts.check(text, facts or known()))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict) -> None:
    assert [[row["line"], row["rule"], row["message"]] for row in found("\n".join(case["text"]), invented())] == case["found"]


def test_every_rule_has_a_case_and_an_explanation() -> None:
    assert {row[1] for case in CASES for row in case["found"]} == set(draftwords.RULES) == set(drafts.CHECKS) == set(draftwords.EXPLAINED)


def test_browser_finds_the_same(node: Callable[..., CompletedProcess[str]]) -> None:
    """Every case, words and hints included, and real papers with real laws."""
    texts = ["\n".join(case["text"]) for case in CASES]
    for given, facts in ((texts, invented()), (list(clean().values())[::7], known())):
        done = node("-e", PROGRAM, input=json.dumps({"texts": given, "facts": facts}))
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == [found(text, facts) for text in given]


# --- what the catalogue gives


def test_shapes_come_back_as_they_are_recorded() -> None:
    for key, law in catalog().all("laws"):
        assert isinstance(law, Law)
        row = known()["laws"][key.id]
        if "shape" in row:
            assert list(drafts._shape(row["shape"])) == list(law.articles)
    assert known()["former"]["环境噪声污染防治法"] == "environmental-code"
    assert "工商局" in known()["bodies"]


def test_real_citations() -> None:
    text = "依据《中华人民共和国行政处罚法》第六十三条第一款、第九十条办理。\n依据《中华人民共和国行政复议法实施条例》第一条办理。"
    assert [(row["line"], row["rule"], row["words"]) for row in found(text)] == [(1, "article", "《中华人民共和国行政处罚法》第九十条")]


# --- clean text


def prose(text: str) -> str:
    """Markdown as the words that a reader sees."""
    text = re.sub(r"\A---\n.*?\n---\n|```.*?```", "", text, flags=re.S)
    text = re.sub(r"\{\{.*?\}\}|\{ ?[#:].*?\}|<[^>\n]+>", "", text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"[*`]|^\s*[-+]\s+|^\|?[-:| ]+\|?$", "", text, flags=re.M)
    return re.sub(r" *\| *", "\t", text)


@cache
def clean() -> dict[str, str]:
    """Our own pages and all our papers."""
    import tempfile

    texts = {path.name: prose(path.read_text("utf-8")) for path in sorted((ROOT / "docs").rglob("*.md"))}
    with tempfile.TemporaryDirectory() as folder:
        for key in catalog().keys("documents"):
            if catalog()[key].depth == "full":
                (file := Path(folder) / "x.docx").write_bytes(papers.blank(catalog(), key))
                texts[key.id] = docfile.read(file)[0]
    return texts


def test_at_most_one_false_alarm_in_a_thousand_characters() -> None:
    for texts in ([text for name, text in clean().items() if name.endswith(".md")], [text for name, text in clean().items() if not name.endswith(".md")]):
        size, alarms = sum(map(len, texts)), sum(len(found(text)) for text in texts)
        assert size > 3000
        assert alarms <= size / 1000, f"{alarms} in {size}"


# --- real drafts


@pytest.fixture
def seeds() -> dict[str, list[dict]]:
    if not SEEDS:
        pytest.skip("真实文稿不在版本库里：用环境变量 FADU_SEEDS 指定它们的文件夹")
    return {path.name[:3]: found(docfile.read(path)[0]) for path in sorted(Path(SEEDS).glob("*.txt"))}


def has(rows: list[dict], rule: str, *words: str) -> bool:
    return any(row["rule"] == rule and all(one in row["words"] + row["message"] for one in words) for row in rows)


def test_what_the_issue_asks_to_be_found_in_real_drafts(seeds: dict[str, list[dict]]) -> None:
    assert has(seeds["004"], "count", "14个镇办", "列出的是15")
    assert has(seeds["004"], "empty", "六、实施步骤")
    assert has(seeds["004"], "attachment", "责任分解表")
    for name in ("政府法制办", "监察局", "地税分局", "工商分局", "国土分局", "食药局", "卫生局"):
        assert has(seeds["004"], "body", name)
    assert has(seeds["004"], "duplicate", "第四")
    assert has(seeds["002"], "count", "四個單位", "列出的是3")
    assert has(seeds["002"], "placeholder", "xxxx年")
    assert has(seeds["002"], "garbled", "(zhí)")
    assert has(seeds["002"], "garbled", "繁体")
    assert has(seeds["002"], "body", "法制辦")
    assert has(seeds["001"], "spliced", "养成没有深入的进行")
    assert has(seeds["001"], "spliced", "的没有深入的进行重点")
    assert has(seeds["000"], "overlap", "5 处措施里有 5 处")
    assert has(seeds["000"], "placeholder", "202x年")


# --- the command


@pytest.mark.parametrize("suffix", [".txt", ".docx"])
def test_command(suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, lines = tmp_path / f"文稿{suffix}", ["XX县报告", "由工商局牵头。"]
    if suffix == ".txt":
        file.write_text("\n".join(lines), "gb18030")
    else:
        from docx import Document

        made = Document()
        for line in lines:
            made.add_paragraph(line)
        made.save(file)
    assert cli.main(["lint-draft", str(file), "--json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    assert [(row["line"], row["rule"], row["label"]) for row in rows] == [(1, "placeholder", "没有填的空"), (2, "body", "机构旧称")]
    assert cli.main(["lint-draft", str(file)]) == 1
    assert "第2行 机构旧称：旧名称" in capsys.readouterr().out


def test_command_of_clean_and_of_wrong_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "好.txt"
    file.write_text("由县司法局牵头办理。", "utf-8")
    assert cli.main(["lint-draft", str(file)]) == 0
    assert "没有查出毛病" in capsys.readouterr().out
    for name, content in (("a.pdf", b"x"), ("a.docx", b"x"), ("none.txt", None), ("a.txt", b" ")):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        assert cli.main(["lint-draft", str(tmp_path / name)]) == 2
        assert name in capsys.readouterr().err


# --- the page


def test_page(site_dir: Path, page, tmp_path: Path) -> None:
    """Pasted text, a .docx with a table, a wrong file; from disk, with no request."""
    from docx import Document

    page.goto((site_dir / "draft.html").as_uri())
    page.click("#draft-run")
    expect(page.locator("#draft-result")).to_contain_text("还没有文稿")
    page.fill("#draft-text", "一切正常。\n由工商局牵头，<img src=x onerror=alert(1)>XX县报告。")
    page.click("#draft-run")
    rows = page.locator("#draft-result tbody tr")
    expect(rows).to_have_count(2)
    assert [rows.nth(at).get_attribute("data-rule") for at in range(2)] == ["placeholder", "body"]
    rows.nth(1).locator("button").click()
    assert page.evaluate("(box => box.value.slice(box.selectionStart, box.selectionEnd))(document.getElementById('draft-text'))") == "工商局"

    made = Document()
    for line in ("分三个步骤：第一步摸底；第二步验收。", "一句\t带制表符"):
        made.add_paragraph(line)
    table = made.add_table(rows=4, cols=2)
    for at, cells in enumerate((("单位", "件数"), ("甲", "3"), ("乙", "4"), ("合计", "8"))):
        table.rows[at].cells[0].text, table.rows[at].cells[1].text = cells
    made.save(tmp_path / "文稿.docx")
    page.set_input_files("#draft-file", tmp_path / "文稿.docx")
    expect(page.locator("#draft-result")).to_contain_text("表的第2列加起来是7")
    expect(rows).to_have_count(2)
    assert page.input_value("#draft-text") == docfile.read(tmp_path / "文稿.docx")[0]
    (tmp_path / "文稿.txt").write_text("由工商局牵头。", "gb18030")
    page.set_input_files("#draft-file", tmp_path / "文稿.txt")
    expect(rows).to_have_count(1)
    (tmp_path / "坏.docx").write_bytes(b"x")
    page.set_input_files("#draft-file", tmp_path / "坏.docx")
    expect(page.locator("#draft-result")).to_contain_text("不是完好的 .docx 文件")
    (tmp_path / "旧.doc").write_bytes(b"x")
    page.set_input_files("#draft-file", tmp_path / "旧.doc")
    expect(page.locator("#draft-result")).to_contain_text("另存为 .docx")
    assert (page.requests, page.errors) == ([], [])

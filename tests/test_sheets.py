"""Registers as .xlsx, and metrics: the same result in Python, in the browser and in a spreadsheet."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import yaml

from macros import catalog, loader, sheets
from macros.catalog import Catalog
from macros.models import Key
from macros.models.register import Basis
from macros.render import Views
from macros.sheets import formulas
from tests.support import papers as support

ROOT = Path(__file__).resolve().parents[1]
CASES = json.loads((ROOT / "tests/cases/metrics.json").read_text("utf-8"))
KEY = Key("registers", "cases")
COLUMNS = [
    {"id": "id", "title": "序号", "type": "text", "rule": "不复用"}, {"id": "kind", "title": "种类", "type": "choice", "options": ["罚款", "警告", "没收"]},
    {"id": "state", "title": "进度", "type": "choice", "options": ["在办", "已结案", "撤案"], "cites": ["行政处罚法:63.1"]},
    {"id": "due", "title": "截止日", "type": "date", "required": False}, {"id": "done", "title": "完成日", "type": "date", "required": False},
    {"id": "amount", "title": "金额", "type": "money", "required": False}, {"id": "heard", "title": "听证", "type": "flag", "required": False},
]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The cases' rows as examples of a register, each case as a basis of one metric."""
    root = support.write(tmp_path_factory.mktemp("sheets"))
    examples = [{name: value for name, value in row.items() if value} for row in CASES["rows"]["cases"] if any(row.values())]
    examples = [row | ({"amount": row["amount"].replace(",", "")} if "amount" in row else {}) for row in examples]
    bases = [{"id": f"b{at}", "title": case["name"], **worded(case["basis"])} for at, case in enumerate(usable())]
    files = {
        "registers/administration/cases.yml": {"title": "案件台账：测试/用", "purpose": "测试", "keeper": "agency", "columns": COLUMNS, "examples": examples},
        "registers/administration/people.yml": {"title": "人员", "purpose": "测试", "keeper": "agency", "columns": [{"id": "name", "title": "姓名"}]},
        "metrics/administration/rate.yml": {"title": "测试率", "summary": "测试", "unit": "%", "bases": bases},
    }
    for name, content in files.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    reading = loader.read(root / "data")
    assert not reading.problems, [str(problem) for problem in reading.problems]
    found, problems = catalog.build(reading, {})
    assert not problems, [str(problem) for problem in problems]
    return found


def usable() -> list[dict]:
    """Cases that read the one register only."""
    return [case for case in CASES["cases"] if all(one is None or one["register"] == "cases" for one in (case["basis"]["numerator"], case["basis"].get("denominator")))]


def worded(basis: dict) -> dict:
    return {name: {"text": "文字", **one} for name, one in basis.items()}


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_measured_in_python(case: dict) -> None:
    basis = Basis.model_validate({"id": "b", "title": "口径", **worded(case["basis"])})
    found = sheets.measure(basis, CASES["rows"], case.get("unit", "%"))
    wanted = case["expect"]
    assert (found.numerator, found.denominator, found.text) == (wanted["numerator"], wanted["denominator"], wanted["text"])
    assert found.value == (pytest.approx(wanted["value"]) if wanted["value"] is not None else None)


def test_measured_in_the_browser(node) -> None:
    program = """
      global.window = {}; const fs = require("fs");
      (0, eval)(fs.readFileSync("macros/assets/js/metrics.js", "utf8"));
      const read = JSON.parse(fs.readFileSync("tests/cases/metrics.json", "utf8"));
      console.log(JSON.stringify(read.cases.map((one) => window.fadu.metrics.measure(one.basis, read.rows, one.unit))));
    """
    done = node("-e", program)
    assert done.returncode == 0, done.stderr
    for case, found in zip(CASES["cases"], json.loads(done.stdout), strict=True):
        wanted = case["expect"]
        assert found["text"] == wanted["text"], case["name"]
        assert (found["numerator"], found["denominator"]) == (wanted["numerator"], wanted["denominator"]), case["name"]


def calc(soffice, folder: Path) -> bool:
    """Whether this LibreOffice reads spreadsheets at all."""
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(folder / "plain.xlsx")
    try:
        return soffice(folder / "plain.xlsx", folder).is_file()
    except AssertionError:
        return False


def test_measured_by_the_spreadsheet(small: Catalog, soffice, tmp_path: Path) -> None:
    """LibreOffice computes the formulas over the example rows and gets what Python gets."""
    if not calc(soffice, tmp_path):
        pytest.skip("LibreOffice without Calc: apt-get install libreoffice-calc-nogui")
    (tmp_path / "cases.xlsx").write_bytes(sheets.workbook(small, KEY))
    pdf = soffice(tmp_path / "cases.xlsx", tmp_path)
    text = subprocess.run([shutil.which("pdftotext"), "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    metrics = text[text.index("登记数"):]
    for case in usable():
        wanted = case["expect"]
        share = wanted["denominator"] is not None and wanted["value"] is not None
        result = f"{wanted['value']:.2f}%" if share else "无此类案件" if wanted["value"] is None else f"{wanted['value']:g}"
        assert result in metrics, (case["name"], result)
    assert "Err:" not in text
    assert "#" not in metrics


def test_the_workbook(small: Catalog) -> None:
    made = sheets.workbook(small, KEY)
    assert made == sheets.workbook(small, KEY), "not the same bytes twice"
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert book.sheetnames == ["案件台账：测试用", "示例", "填表说明", "指标", "选项"]
    main, sample, meaning = (book[name] for name in book.sheetnames[:3])
    assert [cell.value for cell in main[1]] == ["序号", "种类", "进度", "截止日（可空）", "完成日（可空）", "金额（可空）", "听证（可空）"]
    assert all(cell.value is None for row in main.iter_rows(min_row=2) for cell in row), "examples are not in the sheet to fill"
    assert main.freeze_panes == "B2"
    assert main.print_title_rows == "$1:$1"
    kinds = sorted(one.type for one in main.data_validations.dataValidation)
    assert kinds == ["date", "date", "decimal", "list", "list", "list"]
    assert main["D2"].number_format == "yyyy-mm-dd"
    assert all(row[7].value == "示例，内容是虚构的" for row in sample.iter_rows(min_row=2, max_row=5))
    assert sample["D2"].value.date().isoformat() == "2026-03-31"
    assert [cell.value for cell in meaning[4]] == ["进度", "选一项", "必填", None, "在办、已结案、撤案", None, "《中华人民共和国行政处罚法》第六十三条第一款"]
    assert book.properties.modified.date().isoformat() == "2026-11-21"
    assert '=IF(F3=0,"无此类案件",E3/F3)' in [cell.value for cell in book["指标"][3]]


def test_simple_filters_are_countifs(small: Catalog) -> None:
    register = small[KEY]
    found = {case["name"]: formulas.formula(Basis.model_validate({"id": "b", "title": "口径", **worded(case["basis"])}).numerator, register, "台账") for case in usable()}
    assert found["is"] == "COUNTIFS('台账'!$A$2:$A$1001,\"<>\",'台账'!$C$2:$C$1001,\"=已结案\")"
    assert found["sums"].startswith("SUMIFS('台账'!$F$2")
    assert found["after"].startswith("SUMPRODUCT(")


def filled(small: Catalog, path: Path, *, wrong: bool) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook(small, KEY)))
    main = book.worksheets[0]
    for row in book["示例"].iter_rows(min_row=2, max_col=7):
        for cell in row:
            main.cell(cell.row, cell.column, cell.value)
    if wrong:
        main["B3"], main["D2"], main["A4"], main["F5"] = "拘留", "下周", None, "一千"
    book.save(path)
    return path


@pytest.fixture
def register_page(small: Catalog, tmp_path: Path, page):
    page.goto(support.page(small, KEY, tmp_path, str(Views(small)["register"]("cases"))).as_uri())
    return page


def test_a_filled_file_is_measured_on_the_page(small: Catalog, register_page, tmp_path: Path) -> None:
    register_page.set_input_files(".fadu-register-file", filled(small, tmp_path / "好.xlsx", wrong=False))
    register_page.wait_for_selector(".fadu-register-result .fadu-formula")
    assert "共 4 行，没有发现填错的地方" in register_page.inner_text(".fadu-register-result")
    assert "请先选口径" in register_page.inner_text(".fadu-formula")
    for case in usable():
        register_page.select_option(".fadu-formula select", label=case["name"])
        # On the page the metric's unit is that of the metric, %.
        wanted = re.sub("(?<=[0-9])件$", "", case["expect"]["text"])
        assert register_page.inner_text(".fadu-formula strong") == wanted, case["name"]
    assert register_page.errors == []
    assert register_page.requests == []


def test_wrong_rows_are_named(small: Catalog, register_page, tmp_path: Path) -> None:
    register_page.set_input_files(".fadu-register-file", filled(small, tmp_path / "坏.xlsx", wrong=True))
    register_page.wait_for_selector(".fadu-register-wrong")
    assert register_page.inner_text(".fadu-register-wrong").splitlines() == [
        "第2行“截止日”：“下周”不是日期（写成 2026-11-21）", "第3行“种类”：“拘留”不在可选值里：罚款、警告、没收",
        "第4行“序号”：没有填", "第5行“金额”：“一千”不是数字"]


def test_no_spreadsheet_at_all(register_page, tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_text("not a spreadsheet", "utf-8")
    register_page.set_input_files(".fadu-register-file", tmp_path / "no.xlsx")
    register_page.wait_for_selector(".fadu-register-result .fadu-warning")
    assert "读不了" in register_page.inner_text(".fadu-register-result")


def test_metric_page_shows_every_basis(small: Catalog) -> None:
    html = str(Views(small)["metric"]("rate"))
    assert "66.67%（2／3）" in html
    assert "“完成日”不晚于“截止日”" in html
    assert "无此类案件" in html

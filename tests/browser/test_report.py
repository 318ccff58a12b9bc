"""做年度报告: figures from a register with their rows, last year's plan, what stops the report, the .docx that comes out."""

from __future__ import annotations

import base64
import functools
import io
import re
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from macros import sheets
from macros.load import load
from macros.models import Key

ROOT = Path(__file__).resolve().parents[2]
loaded = functools.cache(load)
REGISTER = Key("registers", "mediation-register")


@pytest.fixture
def report(page: Page, site_dir: Path) -> Page:
    page.goto((site_dir / "reports/annual-report-township.html").as_uri())
    page.wait_for_selector("html[data-fadu-report=ready]")
    return page


@pytest.fixture(scope="module")
def register() -> bytes:
    """The real register with three filled rows, from its own example."""
    catalog = loaded(ROOT)
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook(catalog, REGISTER)))
    sheet, found = book.worksheets[0], catalog[REGISTER]
    for row in (2, 3, 4):
        for at, column in enumerate(found.columns, 1):
            sheet.cell(row, at, found.examples[0].get(column.id, ""))
    book.save(made := io.BytesIO())
    return made.getvalue()


def fill(page: Page, name: str, rows: list[dict]) -> None:
    page.evaluate("([name, rows]) => fadu.matter.fill(name, rows)", [name, rows])


def make(page: Page) -> str:
    page.click("#report-make")
    expect(page.locator("#report-missing")).not_to_be_empty()
    return page.inner_text("#report-missing")


def test_the_report(report: Page, register: bytes, tmp_path: Path) -> None:
    last_year = report.evaluate("fadu.matter.current()")
    fill(report, "next-year-plan", [{"task": "建立合同审核台账", "answers": "1", "lead": "司法所", "due": "2026-06-30", "output": "台账"}])
    report.evaluate("fadu.matter.create('2026年报告')")
    report.reload()
    report.wait_for_selector("html[data-fadu-report=ready]")
    assert report.evaluate("fadu.matter.current()") != last_year

    said = make(report)
    assert "不能生成" in said
    assert "勾选表前的“第一次报告，没有上年的安排”" in said
    report.click("[data-take=\"0\"]")
    expect(report.locator('[data-rows="annual-promises"] tbody tr')).to_have_count(1)
    assert "第1行没有写今年的结果" in make(report)
    fill(report, "annual-promises", [{"promise": "建立合同审核台账", "due": "2026-06-30", "result": "已建，登记12件", "proof": "台账第2—13行"}])

    report.set_input_files("#report-files", {"name": "调解2026.xlsx", "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "buffer": register})
    expect(report.locator("#report-read")).to_contain_text("3 行")
    mediation = report.locator('[data-figure="annual-mediation-cases"]')
    mediation.locator("select").select_option(index=2)
    expect(mediation.locator("input").first).to_have_value("3")
    expect(mediation).to_contain_text("调解2026.xlsx")
    expect(mediation).to_contain_text("第2—4行")
    rows = report.locator("[data-figure]")
    for at in range(rows.count()):
        if rows.nth(at).get_attribute("data-figure") == "annual-mediation-cases":
            continue
        rows.nth(at).locator("select").select_option("typed")
        rows.nth(at).locator("input").first.fill("5")
    assert "写明谁填的" in make(report)
    for at in range(rows.count()):
        if rows.nth(at).get_attribute("data-figure") != "annual-mediation-cases":
            rows.nth(at).locator("input").nth(1).fill("司法所 张三")

    issue = {"issue": "合同审核晚于签字两件", "source": "台账第8行", "cause": "没有送审时限", "owner": "司法所", "due": "2027-03-31", "check": "全年无晚送"}
    fill(report, "annual-issues", [issue])
    said = make(report)
    assert "第1行没有写措施" in said
    assert report.locator("#report-anyway").count() == 0
    fill(report, "annual-issues", [issue | {"measure": "规定签字前三日送审"}])
    said = make(report)
    assert "其余栏目还有" in said
    with report.expect_download() as download:
        report.click("#report-anyway")
    download.value.save_as(tmp_path / "报告.docx")
    made = Document(str(tmp_path / "报告.docx"))
    words = "\n".join([one.text for one in made.paragraphs] + ["\t".join(cell.text for cell in row.cells) for table in made.tables for row in table.rows])
    for one in ("全年人民调解案件3件", "建立合同审核台账\t2026年6月30日\t已建，登记12件", "规定签字前三日送审", "第2—4行", "手工填写：司法所 张三"):
        assert one in words, words
    report.evaluate("fadu.matter.fill('annual-mediation-cases', '30')")
    assert "台账是 3，这里是 30" in make(report)
    assert (report.requests, report.errors) == ([], [])


DROP = """([zone, files]) => {
    const carried = new DataTransfer();
    files.forEach(([name, type, bytes]) => carried.items.add(new File([Uint8Array.from(atob(bytes), one => one.charCodeAt(0))], name, {type})));
    const place = document.querySelector(zone);
    const send = (name, to) => to.dispatchEvent(new DragEvent(name, {dataTransfer: carried, bubbles: true, cancelable: true}));
    const over = !send('dragover', place), lit = place.dataset.over || place.closest('[data-over]') !== null;
    const astray = !send('drop', document.body);
    send('drop', place);
    return [over, Boolean(lit), astray];
}"""


def dropped(page: Page, zone: str, *files: tuple[str, bytes]) -> None:
    done = page.evaluate(DROP, [zone, [[name, "", base64.b64encode(content).decode()] for name, content in files]])
    assert done == [True, True, True]  # the zone takes it and shows it; beside the zone the page stays


def test_registers_are_dropped_on_the_report(report: Page, register: bytes) -> None:
    dropped(report, "#report-drop", ("调解2026.xlsx", register), ("说明.pdf", b"%PDF"))
    expect(report.locator("#report-read")).to_contain_text("3 行")
    expect(report.locator("#report-read li")).to_have_count(1)
    assert (report.requests, report.errors) == ([], [])


def test_a_register_is_dropped_on_its_page(page: Page, site_dir: Path, register: bytes) -> None:
    page.goto((site_dir / "registers/mediation-register.html").as_uri())
    dropped(page, ".fadu-register-check", ("调解2026.xlsx", register))
    expect(page.locator(".fadu-register-result")).to_contain_text("共 3 行")
    page.locator(".fadu-register-result").evaluate("one => one.replaceChildren()")
    dropped(page, ".fadu-register-check", ("调解2026.doc", b"no"))
    expect(page.locator(".fadu-register-result")).to_be_empty()
    assert (page.requests, page.errors) == ([], [])


def test_a_draft_is_dropped(page: Page, site_dir: Path) -> None:
    page.goto((site_dir / "draft.html").as_uri())
    dropped(page, "#fadu-draft", ("通知.txt", "共有三项：XX单位负责。".encode()))
    expect(page.locator("#draft-result")).to_contain_text("XX")
    assert (page.requests, page.errors) == ([], [])


def test_a_problem_without_measure_is_not_downloaded_from_the_form_either(page: Page, site_dir: Path) -> None:
    page.goto((site_dir / "documents/annual-report-township.html").as_uri())
    page.wait_for_selector("html[data-fadu-paper=ready]")
    page.evaluate("fadu.matter.fill('annual-issues', [{issue: '晚送审', cause: '没有时限'}])")
    page.click(".fadu-fill")
    expect(page.locator("#form-missing")).to_contain_text("第1个问题没有写措施，不能下载")
    expect(page.locator("#form-missing button")).to_have_count(0)


def test_nothing_is_made_of_nothing(page: Page, site_dir: Path) -> None:
    """Every report opens from the list, names what is missing in the columns of its tables, and gives no file."""
    page.goto((site_dir / "report.html").as_uri())
    links = page.locator("td a[href*='reports/']").evaluate_all("links => links.map(link => link.href)")
    assert len(links) >= 6
    for link in links:
        page.goto(link)
        page.wait_for_selector("html[data-fadu-report=ready]")
        page.evaluate("""() => {
            const [table, columns] = Object.entries(JSON.parse(document.getElementById('fadu-report').dataset.spec).whole)[0];
            const other = window.faduPapers[document.getElementById('fadu-report').dataset.paper].fields.find(one => one.id === table).columns.find(one => !columns.includes(one.id));
            fadu.matter.fill(table, [{[other.id]: '有'}]);
        }""")
        said = make(page)
        assert "不能生成" in said
        assert re.search("第1行没有写", said)
        assert page.locator("#report-anyway").count() == 0
    assert (page.requests, page.errors) == ([], [])


def test_the_plan_and_its_ledgers(page: Page, site_dir: Path, tmp_path: Path) -> None:
    """Last report's plan and an unfinished task become rows; one without a standard stops; the ledgers are read by their own pages."""
    page.goto((site_dir / "reports/annual-points.html").as_uri())
    page.wait_for_selector("html[data-fadu-report=ready]")
    fill(page, "next-year-plan", [{"task": "建立合同审核台账", "answers": "1", "lead": "司法局", "due": "2027-06-30", "output": "台账"}])
    page.evaluate("fadu.matter.create('2027年要点')")
    catalog = loaded(ROOT)
    ledger = Key("registers", "annual-task-ledger")
    book = openpyxl.load_workbook(io.BytesIO(sheets.workbook(catalog, ledger)))
    for row, example in enumerate(catalog[ledger].examples, 2):
        for at, column in enumerate(catalog[ledger].columns, 1):
            book.worksheets[0].cell(row, at, example.get(column.id, ""))
    book.save(made := io.BytesIO())
    dropped(page, "#report-drop", ("台账2026.xlsx", made.getvalue()))
    expect(page.locator("#report-read")).to_contain_text("法治建设年度任务台账")
    for at in (0, 2):
        page.click(f'[data-take="{at}"]')
    open_ = [row["task"] for row in catalog[ledger].examples if row["status"] in ("未开始", "进行中", "已完成待核", "经批准延期")]
    assert open_
    rows = page.evaluate("fadu.matter.answer('plan-tasks')")
    assert [row["task"] for row in rows] == ["建立合同审核台账", *open_]
    page.click('[data-take="2"]')  # nothing comes twice
    assert len(page.evaluate("fadu.matter.answer('plan-tasks')")) == len(rows)
    said = make(page)
    assert "第1行没有写完成标准" in said
    assert "第2行没有写完成时限" in said
    fill(page, "plan-tasks", [row | {"item": "合同", "standard": "登记全部合同", "output": "台账", "due": "2027-06-30"} for row in rows])
    make(page)
    with page.expect_download() as download:
        page.click("#report-anyway")
    download.value.save_as(tmp_path / "要点.docx")
    cells = [cell.text for table in Document(str(tmp_path / "要点.docx")).tables for row in table.rows for cell in row.cells]
    assert {"建立合同审核台账", "登记全部合同", "2027年6月30日"} <= set(cells)
    assert "1" in cells  # numbered, though nobody typed the number

    for at, register in enumerate(("task-breakdown", "annual-task-ledger")):
        with page.expect_download() as download:
            page.click(f'[data-ledger="{at}"]')
        content = download.value.path().read_bytes()
        assert download.value.suggested_filename == f"{catalog[Key('registers', register)].title}_2027年要点.xlsx"
        other = page.context.new_page()
        other.goto((site_dir / f"registers/{register}.html").as_uri())
        dropped(other, ".fadu-register-check", ("导出.xlsx", content))
        expect(other.locator(".fadu-register-result")).to_contain_text(f"共 {len(rows)} 行，没有发现填错的地方")
        other.close()
    assert (page.requests, page.errors) == ([], [])


def test_a_case_number_is_no_row_number(page: Page, site_dir: Path, tmp_path: Path) -> None:
    """序号 is counted; 案号, whose column is called `no` as well, is what was typed, and blank where nothing was."""
    page.goto((site_dir / "reports/rol-research-report.html").as_uri())
    page.wait_for_selector("html[data-fadu-report=ready]")
    fill(page, "lost-case-table", [{"no": "（2026）某行初8号", "unit": "某局"}, {"unit": "某镇"}])
    fill(page, "research-suggestions", [{"issue": "告知书没有写听证权", "cause": "样式旧", "s": "换新样式", "who": "司法局", "due": "2027-03-31"}])
    make(page)
    with page.expect_download() as download:
        page.click("#report-anyway")
    download.value.save_as(tmp_path / "调研.docx")
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(str(tmp_path / "调研.docx")).tables]
    cases = next(table for table in tables if "案号或者文书号" in table[0])
    assert [row[:3] for row in cases[1:]] == [["1", "（2026）某行初8号", "某局"], ["2", "", "某镇"]]


def test_a_register_dropped_again_takes_the_place_of_the_former(report: Page, register: bytes) -> None:
    for _ in range(2):
        dropped(report, "#report-drop", ("调解2026.xlsx", register))
        expect(report.locator("#report-read")).to_contain_text("3 行")
    options = report.locator("[data-figure=annual-mediation-cases] select option")
    labels = options.all_inner_texts()
    assert len(labels) == len(set(labels))


def test_the_report_asks_for_at_most_thirty_fields() -> None:
    found = loaded(ROOT)[Key("documents", "annual-report-township")]
    assert len(found.fields) <= 30

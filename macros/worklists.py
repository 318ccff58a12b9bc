"""Lists for the working group that follows a change of law: what is touched (.xlsx), old beside new (.docx)."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from macros import compare, wording
from macros.catalog import Catalog
from macros.impact import Touched
from macros.models import Key
from macros.models.law import Law
from macros.papers.xml import zipped
from macros.sheets import _fixed

COLUMNS = (("文件", 46), ("行", 7), ("类别", 10), ("名称", 52), ("关系", 12), ("引用", 26), ("新条号", 22), ("处理", 10), ("责任人", 12), ("备注", 30))
STATES = ("待改", "已改", "无需改")


def touched(rows: Sequence[Touched], title: str, day: date) -> bytes:
    """One line per place; 处理 is chosen from a list."""
    book = Workbook()
    place = book.active
    place.title = "涉及内容"
    book.properties.title, book.properties.creator = title, "法度"
    book.properties.created = datetime(day.year, day.month, day.day)
    place.append([name for name, _ in COLUMNS])
    for row in rows:
        place.append([_safe(value) for value in (row.place.file, row.place.line, row.kind, row.label, row.relation, row.cites, row.new, row.state, "", "")])
    for at, (_, width) in enumerate(COLUMNS, 1):
        cell = place.cell(1, at)
        place.column_dimensions[cell.column_letter].width = width
        cell.font, cell.fill = Font(name="宋体", bold=True), PatternFill("solid", fgColor="FFD9E2EC")
    for line in place.iter_rows(min_row=2):
        for cell in line:
            cell.font, cell.alignment = Font(name="宋体"), Alignment(vertical="top", wrap_text=True)
    allowed = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=False, showErrorMessage=True,
                             errorTitle="处理", error=f"只能选：{'、'.join(STATES)}")
    place.add_data_validation(allowed)
    allowed.add(f"H2:H{max(2, len(rows) + 1)}")
    place.freeze_panes = "A2"
    place.auto_filter.ref = f"A1:J{len(rows) + 1}"
    place.page_setup.orientation, place.page_setup.paperSize, place.page_setup.fitToWidth, place.page_setup.fitToHeight = "landscape", 9, 1, 0
    place.sheet_properties.pageSetUpPr.fitToPage = True
    place.print_title_rows = "1:1"
    return _fixed(book, day)


def _safe(value: object) -> object:
    """Text that a spreadsheet would take for a formula gets an apostrophe's worth of protection."""
    return f"\u200b{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


def beside(catalog: Catalog, old: Key, new: Key) -> bytes:
    """新旧对照 as a table: left out struck through, added in bold and underlined."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn

    before, after = catalog.texts[old], catalog.texts[new]
    rows = compare.pairs(before, after, compare.by_hand(catalog, new))
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, section.page_height, section.page_width
    document.styles["Normal"].font.name = "宋体"
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    document.core_properties.title, document.core_properties.author = f"《{after.title}》新旧对照", "法度"
    document.core_properties.created = document.core_properties.modified = datetime(catalog.as_of.year, catalog.as_of.month, catalog.as_of.day)
    document.add_heading(f"《{after.title}》新旧对照", 1)
    law, law_before = catalog[new], catalog[old]
    counts = {how: sum(row.how == how for row in rows) for how in compare.HOW}
    document.add_paragraph("；".join(f"{how} {count} 条" for how, count in counts.items()) + "。条与条的对应由程序按文字相似程度判断，标“核定”的由人核定；以公布文本为准。")
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    for cell, title in zip(table.rows[0].cells, (f"{before.title}（{before.version}）", f"{after.title}（{after.version}）", "对应"), strict=True):
        cell.text = title
    for row in rows:
        cells = table.add_row().cells
        for cell, side in zip(cells, compare.segments(before, after, row), strict=False):
            for kind, words in side:
                run = cell.paragraphs[0].add_run(words)
                run.font.strike = kind == "old" or None
                run.font.bold = run.font.underline = kind == "new" or None
        cells[2].text = told(law_before, law, row)  # type: ignore[arg-type]
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()}, catalog.as_of)


def told(old: Law, new: Law, row: compare.Pair) -> str:
    """第十二条→第十五条　改动."""
    before = "、".join(wording.locator(old, (name,)) for name in row.old) or "无"
    after = wording.locator(new, (row.new,)) if row.new else "无"
    return f"{before}→{after}　{row.how}{'（核定）' if row.by_hand else ''}"

"""Registers (台账) as .xlsx: the sheet to fill, an example, what each column means, the metrics as formulas."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from macros import scripts, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.models.register import Basis, Measure, Metric, Register, RegisterColumn
from macros.papers.xml import zipped
from macros.sheets.formulas import FIRST, LAST, formula
from macros.sheets.measures import NONE, Result, measure

TYPES = {"text": "文字", "number": "数字", "money": "金额（元）", "date": "日期", "choice": "选一项", "flag": "是／否"}
PRIVACY = {"personal": "个人信息，按需登记，注意保管", "sensitive": "敏感个人信息，非必要不登记", "secret": "可能涉密，不得在联网电脑登记"}
FORMATS = {"date": "yyyy-mm-dd", "number": "0.##", "money": "#,##0.00", "text": "@"}
SAMPLE, MEANING, METRICS, LISTS = "示例", "填表说明", "指标", "选项"
_THIN = Side(style="thin", color="FF7F7F7F")
_BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_FONT, _WRAP = Font(name="宋体", size=11), Alignment(vertical="center", wrap_text=True)
_HEAD = PatternFill("solid", fgColor="FFD9E2EC")
_GREY = PatternFill("solid", fgColor="FFF2F2F2")
_INPUT = PatternFill("solid", fgColor="FFFFF8DC")


def workbook(catalog: Catalog, key: Key) -> bytes:
    register = catalog[key]
    assert isinstance(register, Register)
    book = Workbook()
    main = book.active
    main.title = sheet(register)
    book.properties.title, book.properties.creator, book.properties.language = str(register.title), "法度", "zh-CN"
    book.properties.created = datetime(catalog.as_of.year, catalog.as_of.month, catalog.as_of.day)
    sample, meaning = book.create_sheet(SAMPLE), book.create_sheet(MEANING)
    rows = metrics(catalog, key)
    if rows:
        _metrics(catalog, key, register, book.create_sheet(METRICS), rows)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    _table(register, main, lists)
    _sample(register, sample)
    _meaning(catalog, register, meaning)
    for one in book.worksheets:
        _print(one, str(register.title))
    return _fixed(book, catalog.as_of)


def sheet(register: Register) -> str:
    """A name that every program takes for a sheet."""
    return re.sub(r"[\[\]:*?/\\']", "", str(register.title))[:31]


def metrics(catalog: Catalog, key: Key) -> list[tuple[Key, Metric, Basis]]:
    """Every basis of every metric that reads this register."""
    found = dict.fromkeys(use.source.whole for use in catalog.used_by_any(key) if use.source.kind == "metrics")
    return [(one, metric, basis) for one in catalog.keys("metrics") if one in found
            for metric in [catalog[one]] for basis in metric.bases  # type: ignore[attr-defined]
            if key in (basis.numerator.register_.key, basis.denominator and basis.denominator.register_.key)]


def spec(catalog: Catalog, key: Key) -> dict[str, object]:
    """What the page needs to check and measure a filled sheet (``metrics.js``)."""
    register = catalog[key]
    assert isinstance(register, Register)
    rows: dict[Key, dict[str, object]] = {}
    for one, metric, basis in metrics(catalog, key):
        entry = rows.setdefault(one, {"title": str(metric.title), "unit": metric.unit, "bases": []})
        entry["bases"].append({  # type: ignore[attr-defined]
            "id": basis.id, "title": str(basis.title), "numerator": _measure(catalog, basis.numerator),
            "denominator": _measure(catalog, basis.denominator) if basis.denominator else None})
    return {
        "id": key.id, "sheet": sheet(register), "metrics": list(rows.values()),
        "columns": [{"id": column.id, "title": str(column.title), "type": column.type, "required": column.required,
                     "options": [str(option) for option in column.options]} for column in register.columns],
    }


def report_data(catalog: Catalog) -> bytes:
    """``window.faduReport``: every register, for the figures and rows of reports."""
    rows = [spec(catalog, key) | {"title": str(register.title)} for key, register in catalog.all("registers") if register.columns]  # type: ignore[attr-defined]
    return scripts.classic("faduReport", {"registers": rows})


def _measure(catalog: Catalog, found: Measure) -> dict[str, object]:
    where = [one.model_dump(by_alias=True, exclude_defaults=True, mode="json") for one in found.where]
    return {"register": found.register_.key.id, "name": str(catalog[found.register_.key].title), "where": where, "sum": found.sum, "text": str(found.text)}


def _head(place: Worksheet, titles: list[str]) -> None:
    for at, title in enumerate(titles, 1):
        cell = place.cell(1, at, title)
        cell.font, cell.fill, cell.border = Font(name="宋体", bold=True, size=11), _HEAD, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    place.row_dimensions[1].height = 36
    place.freeze_panes = "B2"
    place.print_title_rows = "1:1"


def _width(register: Register, column: RegisterColumn) -> float:
    """In half-width characters, from the title, the options and the examples."""
    longest = max((len(str(text)) for text in (*column.options, *(row.get(column.id) or "" for row in register.examples))), default=0)
    least = {"date": 12.0, "flag": 8.0, "number": 10.0, "money": 14.0, "choice": 10.0, "text": 10.0}[column.type]
    return max(least, min(28.0, max(2.1 * longest, 1.2 * len(column.title) + 4)) if column.type in ("text", "choice") else least)


def _high(place: Worksheet, row: int, least: float = 18) -> None:
    """Room for wrapped text: a row written by a program isn't fitted by every reader."""
    lines = 1
    for cell in place[row]:
        text = "" if cell.value is None or str(cell.value).startswith("=") else str(cell.value)
        width = place.column_dimensions[cell.column_letter].width or 10
        lines = max(lines, -(-int(sum(2 if ord(sign) > 255 else 1 for sign in text) * 1.1) // max(1, int(width - 1))))
    place.row_dimensions[row].height = max(least, 15 * lines + 4)


def _table(register: Register, main: Worksheet, lists: Worksheet) -> None:
    _head(main, [f"{column.title}{'' if column.required else '（可空）'}" for column in register.columns])
    for at, column in enumerate(register.columns, 1):
        letter = get_column_letter(at)
        main.column_dimensions[letter].width = _width(register, column)
        if checked := _validation(column, lists, at):
            main.add_data_validation(checked)
            checked.add(f"{letter}{FIRST}:{letter}{LAST}")
        # The first rows are drawn; the rest take format and check from the column.
        main.column_dimensions[letter].number_format = FORMATS.get(column.type, "General")
        for row in range(FIRST, FIRST + 30):
            cell = main.cell(row, at)
            cell.number_format, cell.border, cell.font, cell.alignment = FORMATS.get(column.type, "General"), _BORDER, _FONT, _WRAP
    for row in range(FIRST, FIRST + 30):
        main.row_dimensions[row].height = 24
    main.auto_filter.ref = f"A1:{get_column_letter(len(register.columns))}{LAST}"


def _validation(column: RegisterColumn, lists: Worksheet, at: int) -> DataValidation | None:
    options = ("是", "否") if column.type == "flag" else column.options if column.type == "choice" else ()
    letter = get_column_letter(at)
    if options:
        for row, option in enumerate(options, 1):
            lists.cell(row, at, str(option))
        found = DataValidation("list", formula1=f"'{LISTS}'!${letter}$1:${letter}${len(options)}", allow_blank=True)
        found.error = "请从下拉表里选"
    elif column.type == "date":
        found = DataValidation("date", operator="between", formula1="DATE(1990,1,1)", formula2="DATE(2100,12,31)", allow_blank=True)
        found.error = "请填日期，如 2026-11-21"
    elif column.type in ("number", "money"):
        found = DataValidation("decimal", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
        found.error = "请填数字，不带单位"
    else:
        return None
    found.errorTitle, found.showErrorMessage = str(column.title)[:30], True
    if column.rule:
        found.promptTitle, found.prompt, found.showInputMessage = str(column.title)[:30], str(column.rule)[:250], True
    return found


def value(column: RegisterColumn, text: str | None) -> object:
    """Text of an example as the value of a cell."""
    if not text:
        return None
    if column.type == "date":
        return date.fromisoformat(text)
    return float(text) if column.type in ("number", "money") else str(text)


def _sample(register: Register, place: Worksheet) -> None:
    """The same columns as the sheet to fill, so that the formulas can be seen at work."""
    _head(place, [str(column.title) for column in register.columns] + ["说明"])
    for at, column in enumerate(register.columns, 1):
        place.column_dimensions[get_column_letter(at)].width = _width(register, column)
    place.column_dimensions[get_column_letter(len(register.columns) + 1)].width = 22
    for row, example in enumerate(register.examples, FIRST):
        for at, column in enumerate(register.columns, 1):
            cell = place.cell(row, at, value(column, example.get(column.id)))
            cell.number_format = FORMATS.get(column.type, "General")
            cell.fill, cell.border, cell.font = _GREY, _BORDER, Font(name="楷体", size=11, italic=True, color="FF595959")
            cell.alignment = _WRAP
        place.cell(row, len(register.columns) + 1, "示例，内容是虚构的").font = Font(name="楷体", size=11, color="FFC00000")
        _high(place, row)
    place.sheet_properties.tabColor = "FFBFBFBF"


def _meaning(catalog: Catalog, register: Register, place: Worksheet) -> None:
    titles = ["列名", "类型", "必填", "填写规则", "可选值", "个人信息", "依据"]
    _head(place, titles)
    for at, width in enumerate((18, 10, 8, 46, 36, 20, 44), 1):
        place.column_dimensions[get_column_letter(at)].width = width
    rows = [[str(column.title), TYPES[column.type], "必填" if column.required else "可空", str(column.rule or ""),
             "、".join(column.options) if column.options else "是、否" if column.type == "flag" else "",
             PRIVACY.get(column.privacy, ""), "；".join(wording.cited(catalog, cited) for cited in column.cites)] for column in register.columns]
    rows.append([])
    for title, text in (("台账", register.title), ("用途", register.purpose), ("谁登记", catalog[register.keeper.key].title), ("何时登记", register.when),
                        ("汇总周期", register.period), ("保存", register.retention), ("说明", register.note),
                        ("依据", "；".join(wording.cited(catalog, cited) for cited in register.cites)),
                        ("适用日", f"依据截至 {catalog.as_of.isoformat()}")):
        if text:
            rows.append([title, str(text)])
    for number, row in enumerate(rows, 2):
        for at, text in enumerate(row, 1):
            cell = place.cell(number, at, text)
            cell.font, cell.alignment = Font(name="宋体", size=11), Alignment(vertical="top", wrap_text=len(row) > 2)
            if len(row) > 2:
                cell.border = _BORDER
        if len(row) > 2:
            _high(place, number)


def _metrics(catalog: Catalog, key: Key, register: Register, place: Worksheet, rows: list[tuple[Key, Metric, Basis]]) -> None:
    """A row per basis: numerator, denominator and rate over the sheet, and over the example beside it."""
    _head(place, ["指标", "口径", "分子", "分母", "登记数：分子", "登记数：分母", "登记数：结果", "示例：分子", "示例：分母", "示例：结果", "说明"])
    for at, width in enumerate((26, 20, 34, 34, 12, 12, 14, 12, 12, 14, 40), 1):
        place.column_dimensions[get_column_letter(at)].width = width
    last = max(FIRST, FIRST + len(register.examples) - 1)
    for row, (_, metric, basis) in enumerate(rows, 2):
        texts = [str(metric.title), str(basis.title), str(basis.numerator.text), str(basis.denominator.text) if basis.denominator else "（数量指标，没有分母）"]
        texts[0] += f"（{metric.unit}）"
        for at, text in enumerate(texts, 1):
            place.cell(row, at, text)
        place.cell(row, 11, str(basis.note or ""))
        for first, name, end in ((5, sheet(register), LAST), (8, SAMPLE, last)):
            top, bottom = (place.cell(row, first + at).coordinate for at in (0, 1))
            for at, found in enumerate((basis.numerator, basis.denominator)):
                if found is not None:
                    _count(catalog, key, register, place, (row, first + at), found, name, end)
            cell = place.cell(row, first + 2)
            if basis.denominator is None:
                cell.value = f"={top}"
            else:
                cell.value = f'=IF({bottom}=0,"{NONE}",{top}/{bottom})'
                cell.number_format = "0.00%" if metric.unit == "%" else "0.00"
            cell.font = Font(name="宋体", size=11, bold=True)
        for at in range(1, 12):
            cell = place.cell(row, at)
            cell.border, cell.alignment = _BORDER, _WRAP
            if 8 <= at <= 10:
                cell.fill = _GREY
        _high(place, row, 30)
    place.freeze_panes = "C2"


def _count(catalog: Catalog, key: Key, register: Register, place: Worksheet, where: tuple[int, int], found: Measure, name: str, end: int) -> None:
    cell = place.cell(*where)
    if found.register_.key == key:
        cell.value = "=" + formula(found, register, name, end)
    else:
        other = catalog[found.register_.key]
        cell.fill, cell.protection = _INPUT, Protection(locked=False)
        place.cell(where[0], 11, f"{place.cell(where[0], 11).value or ''}黄色格按《{other.title}》填")


def _print(place: Worksheet, title: str) -> None:
    wide = sum(place.column_dimensions[cell.column_letter].width or 10 for cell in place[1]) > 190
    place.page_setup.orientation, place.page_setup.paperSize = "landscape", 8 if wide else 9  # A3, A4
    place.page_setup.fitToWidth, place.page_setup.fitToHeight = 1, 0
    place.sheet_properties.pageSetUpPr.fitToPage = True
    place.page_margins.left = place.page_margins.right = 0.5
    place.oddHeader.center.text = title if place.title not in (SAMPLE, MEANING, METRICS) else f"{title}　{place.title}"
    place.oddFooter.center.text = "第 &P 页 共 &N 页"


def _fixed(book: Workbook, day: date) -> bytes:
    """openpyxl writes the clock into the file; the day of the data takes its place."""
    out = io.BytesIO()
    book.save(out)
    stamp = f"{day.isoformat()}T00:00:00Z"
    files = {}
    with zipfile.ZipFile(out) as archive:
        for name in sorted(archive.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            content = archive.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", lambda found: found[1] + stamp.encode(), content)
            files[name] = content
    return zipped(files, day)


__all__ = ["NONE", "Result", "measure", "metrics", "spec", "workbook"]

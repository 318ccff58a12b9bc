"""Documents (文书) and the fields they ask for."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from macros.models.base import Cites, Entity, Id, Model, Shelved, Str, When, at, ref
from macros.models.procedure import Depth
from macros.models.register import Filter

FieldType = Literal["text", "longtext", "number", "money", "date", "datetime", "choice", "choices", "table"]
Layout = Literal[
    "文件", "通知", "通告", "公告", "函", "报告", "请示", "批复", "纪要", "决定", "意见", "方案",
    "决定书", "通知书", "告知书", "意见书", "建议书", "申请书", "笔录", "审批表", "表格", "回证", "清单", "目录", "合同", "承诺书", "说明",
]


LAYOUT_FIELDS = frozenset({"reference-number"})  # printed by the layout, not by a clause


class Column(Model):
    label: ClassVar[str] = "列"
    id: Id = at("编号")
    title: Str = at("列名")
    type: FieldType = at("类型", "text")
    options: tuple[Str, ...] = at("可选值", ())
    rule: Str | None = at("填写规则", None)
    required: bool = at("必填", True)
    width: int | None = at("列宽（字）", None)


class Datum(Entity):
    """A datum asked once and used in many papers, written ``$id`` in a clause."""

    kind: ClassVar[str] = "fields"
    label: ClassVar[str] = "字段"
    type: FieldType = at("类型")
    rule: Str | None = at("填写规则", None)
    help: Str | None = at("提示", None)
    example: Str | None = at("示例", None, help="虚构的，不用真名真号")
    options: tuple[Str, ...] = at("可选值", ())
    columns: tuple[Column, ...] = at("列", (), help="table 用")
    unit: Str | None = at("单位", None, example="元")
    privacy: Literal["none", "personal", "sensitive", "secret"] = at("隐私", "none")
    org: Id | None = at("取自本单位资料", None, help="data/org.yml 里的编号")
    cites: Cites = at("依据", ())


def is_figure(field_id: str, datum: Datum) -> bool:
    """Whether a report must say where the number comes from; a year is no figure. The same rule stands in ``report.js``."""
    return datum.type in ("number", "money") and field_id.split("-")[-1] != "year"


class Asked(Model):
    """A document may only override the label and whether an answer is required."""

    label: ClassVar[str] = "字段"
    id: ref("fields") = at("字段编号")
    label_: Str | None = at("在本文书里叫什么", None, alias="label")
    required: bool = at("必填", True)


def _asked(value: Any) -> Any:
    return {"id": value} if isinstance(value, str) else value


class Alternative(Model):
    label: ClassVar[str] = "备选"
    when: When | Str = at("什么情形用")
    text: Str = at("文字")
    note: Str | None = at("起草提示", None)
    cites: Cites = at("依据", ())


class Cell(Model):
    """A row of a form: label left, answer right."""

    label: ClassVar[str] = "表格行"
    title: Str = at("栏目")
    text: Str | None = at("内容", None, help="含 $字段；空的留白手填")
    lines: int = at("高（行）", 1)
    sign: bool = at("签字栏", False)
    note: Str | None = at("起草提示", None)
    cites: Cites = at("依据", ())


class Clause(Model):
    """A paragraph, a heading, alternatives, a table field or rows of a form."""

    label: ClassVar[str] = "条款"
    text: Str | None = at("文字", None, help="$字段编号、$cite(行政处罚法:63.1)；$$ 是美元符号")
    heading: Str | None = at("小标题", None, example="一、基本情况")
    level: int = at("标题层次", 1, ge=1, le=4)
    alternatives: tuple[Alternative, ...] = at("备选", ())
    rows: tuple[Cell, ...] = at("表格行", (), help="审批表、表格用")
    table: ref("fields") | None = at("表格字段", None, help="type 为 table 的字段")
    when: When | Str | None = at("什么情形才写", None)
    note: Str | None = at("起草提示", None, help="说为什么，不说按实际填写")
    cites: Cites = at("依据", ())


class Signature(Model):
    label: ClassVar[str] = "落款"
    agency: bool = at("署机关名称", True)
    date: bool = at("署日期", True)
    seal: bool = at("盖章", True)
    signers: tuple[Str, ...] = at("签名栏", (), example="[办案人员, 当事人]")


class Carry(Model):
    """Rows for a table of the report, from another table (of this or an earlier matter) or from a filled register."""

    label: ClassVar[str] = "取来的行"
    text: Str = at("取什么", example="上年的下一年度安排")
    to: ref("fields") = at("进哪张表")
    table: ref("fields") | None = at("取自哪张表", None, help="table 和 register 二选一")
    register_: ref("registers") | None = at("取自哪个台账", None, alias="register")
    columns: dict[Id, Id] = at("列", help="本表的列：来源的列；第一列相同的行不重复取")
    where: tuple[Filter, ...] = at("条件", (), help="来源的列要满足的条件")
    earlier: bool = at("取自上年的一件", False)


class Opening(Model):
    """The table that may be empty the first time, and the row that then says so."""

    label: ClassVar[str] = "头一次"
    table: ref("fields") = at("表格字段")
    text: Str = at("勾选框的话", example="第一次报告，没有上年的安排")
    row: dict[Id, Str] = at("印出的行")


class Ledger(Model):
    """A filled register written from a table of the report."""

    label: ClassVar[str] = "导出的台账"
    register_: ref("registers") = at("台账", alias="register")
    table: ref("fields") = at("取自哪张表")
    columns: dict[Id, Id] = at("列", help="台账的列：表格的列")
    fixed: dict[Id, Str] = at("固定的值", {}, help="台账的列：值")


class Report(Model):
    """What makes a paper a report that is put together: nothing is printed without its source, its measure, its result."""

    label: ClassVar[str] = "成稿"
    when: Str = at("何时做", example="每年一月")
    sources: ref("fields") | None = at("数字来源表", None, help="印出数字的必写；列 figure、value、source")
    whole: dict[Id, tuple[Id, ...]] = at("不能空的列", {}, help="表格字段：列；有一行缺了就不生成")
    opening: Opening | None = at("头一次", None)
    carries: tuple[Carry, ...] = at("取来的行", ())
    ledgers: tuple[Ledger, ...] = at("导出的台账", ())


class Document(Shelved):
    """A paper that somebody issues. ``layout`` chooses the official layout of the .docx."""

    kind: ClassVar[str] = "documents"
    label: ClassVar[str] = "文书"
    depth: Depth = at("深度", "full")
    layout: Layout = at("格式")
    purpose: Str = at("用途")
    issuer: ref("roles") = at("谁制作")
    to: Str | None = at("主送、送给谁", None)
    cites: Cites = at("依据", ())
    facts: dict[str, Str] = at("事实", {}, help="备选条款的条件：编号 → 一句话")
    fields: tuple[Annotated[Asked, BeforeValidator(_asked, json_schema_input_type=Asked | str)], ...] = at("字段", (), help="fields 里的编号，或 {id, label, required}")
    clauses: tuple[Clause, ...] = at("条款", ())
    signature: Signature | None = at("落款", None)
    slip: bool = at("附送达回执", False)
    copies: Str | None = at("份数", None)
    attachments: tuple[Str, ...] = at("附件", ())
    report: Report | None = at("成稿", None, help="年度报告、要点、方案这类要汇总的文书写")
    retention: Str | None = at("归档", None)
    note: Str | None = at("说明", None)


__all__ = ["LAYOUT_FIELDS", "Asked", "Cell", "Clause", "Column", "Datum", "Document", "FieldType", "Report", "is_figure"]

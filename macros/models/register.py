"""Registers (台账) and the indicators computed from them."""

from __future__ import annotations

from typing import ClassVar, Literal

from macros.models.base import Cites, Id, Model, Ruled, Shelved, Str, at, ref
from macros.models.procedure import Depth


class RegisterColumn(Model):
    label: ClassVar[str] = "列"
    id: Id = at("编号")
    title: Str = at("列名")
    type: Literal["text", "number", "money", "date", "choice", "flag"] = at("类型", "text", help="flag 是／否")
    options: tuple[Str, ...] = at("可选值", ())
    rule: Str | None = at("填写规则", None)
    required: bool = at("必填", True)
    field: ref("fields") | None = at("对应字段", None, help="与文书共用同一项资料")
    privacy: Literal["none", "personal", "sensitive", "secret"] = at("隐私", "none")
    cites: Cites = at("依据", ())


class Register(Shelved):
    """A table that somebody keeps."""

    kind: ClassVar[str] = "registers"
    label: ClassVar[str] = "台账"
    depth: Depth = at("深度", "full")
    purpose: Str = at("用途")
    keeper: ref("roles") = at("谁登记")
    when: Str | None = at("何时登记", None)
    period: Literal["随时", "月", "季", "半年", "年"] = at("汇总周期", "年")
    for_: tuple[ref("procedures"), ...] = at("用于程序", (), alias="for")
    columns: tuple[RegisterColumn, ...] = at("列", ())
    examples: tuple[dict[str, str | None], ...] = at("示例行", (), help="虚构；列编号 → 值；空着的不写")
    retention: Str | None = at("保存", None)
    cites: Cites = at("依据", ())
    note: Str | None = at("说明", None)

    def parts(self) -> dict[tuple[str, ...], tuple[str | int, ...]]:
        return {(column.id,): ("columns", at_) for at_, column in enumerate(self.columns)}


class Filter(Model):
    """One condition on a column. Exactly one of the operators."""

    label: ClassVar[str] = "条件"
    column: Id = at("列")
    is_: Str | None = at("等于", None, alias="is")
    in_: tuple[Str, ...] = at("属于", (), alias="in")
    not_: Str | None = at("不等于", None, alias="not")
    filled: bool | None = at("已填", None, help="true 已填，false 空着")
    at_least: float | None = at("不小于", None)
    at_most: float | None = at("不大于", None)
    not_after: Id | None = at("不晚于哪一列", None, help="日期列")
    after: Id | None = at("晚于哪一列", None, help="日期列")


class Measure(Model):
    """Rows counted, or a column summed, over a register."""

    label: ClassVar[str] = "取数"
    register_: ref("registers") = at("台账", alias="register")
    where: tuple[Filter, ...] = at("条件", ())
    sum: Id | None = at("求和的列", None, help="不写就是数行数")
    text: Str = at("用文字说")


class Basis(Model):
    label: ClassVar[str] = "口径"
    id: Id = at("编号")
    title: Str = at("口径名称")
    numerator: Measure = at("分子")
    denominator: Measure | None = at("分母", None, help="不写就是数量指标")
    note: Str | None = at("说明", None, help="与别的口径差在哪里")
    cites: Cites = at("依据", ())


class Target(Ruled):
    label: ClassVar[str] = "目标"
    text: Str = at("目标")


class Metric(Shelved):
    """An indicator. Formula, .xlsx and the calculator in the page come from the same filters."""

    kind: ClassVar[str] = "metrics"
    label: ClassVar[str] = "指标"
    summary: Str = at("说明什么")
    unit: Literal["%", "件", "次", "人", "元", "日", "个", "份", "小时"] = at("单位", "%")
    period: Literal["月", "季", "半年", "年"] = at("统计周期", "年")
    bases: tuple[Basis, ...] = at("口径", min_length=1)
    exclusions: tuple[Str, ...] = at("不计入", ())
    target: Target | None = at("目标", None)
    cites: Cites = at("依据", ())
    note: Str | None = at("说明", None)


__all__ = ["Basis", "Filter", "Measure", "Metric", "Register", "RegisterColumn"]

"""The frame: shelves, roles, provincial parameters, yearly duties, the adopting county, the site."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from macros.models.base import Cites, Day, Entity, Id, Model, Ruled, Str, at, ref


class System(Entity):
    kind: ClassVar[str] = "systems"
    label: ClassVar[str] = "体系"
    short: Str = at("短名", example="依法决策")
    order: int = at("次序")
    prefix: str = at("编号前缀", pattern="^(JC|XC|ZF|JD|TC)$")
    summary: Str = at("一句话")
    scope: tuple[Str, ...] = at("包括", min_length=1)


class Former(Model):
    label: ClassVar[str] = "旧称"
    name: Str = at("旧名称")
    until: Str | None = at("用到何时", None)
    note: Str | None = at("说明", None)


class Role(Entity):
    """A post or a body."""

    kind: ClassVar[str] = "roles"
    label: ClassVar[str] = "岗位和机构"
    level: Literal["县", "乡", "部门", "村", "上级", "其他"] = at("层级")
    post: bool = at("是岗位", False, help="true 岗位，false 机构")
    summary: Str | None = at("做什么", None)
    former: tuple[Former, ...] = at("旧称", (), help="写在文稿里会被提示的旧名称")
    cites: Cites = at("依据", ())


def _kind(value: object) -> object:
    """``{number: 元}`` and plain ``text`` alike become {form, unit/options}."""
    if isinstance(value, str):
        return {"form": value}
    if isinstance(value, dict) and len(value) == 1 and "form" not in value:
        form, rest = next(iter(value.items()))
        return {"form": form, ("options" if form == "choice" else "unit"): rest}
    return value


class Kind(Model):
    label: ClassVar[str] = "取值"
    form: Literal["number", "text", "choice", "date-rule"] = at("形式")
    unit: Str | None = at("单位", None)
    options: tuple[Str, ...] = at("可选值", ())


class Bound(Model):
    label: ClassVar[str] = "界限"
    value: float = at("值")
    cites: Cites = at("依据", min_length=1)


class Enabled(Model):
    label: ClassVar[str] = "授权"
    cites: Cites = at("依据", ())
    note: Str | None = at("说明", None)


class Parameter(Entity):
    """A value that a province, city or county sets. National data never holds one."""

    kind: ClassVar[str] = "parameters"
    label: ClassVar[str] = "地方参数"
    type: Annotated[Kind, BeforeValidator(_kind, json_schema_input_type=Any)] = at("取值", help="{number: 元}、text、{choice: [甲, 乙]}、date-rule")
    set_by: tuple[Literal["province", "city", "county", "department-rule", "agency"], ...] = at(
        "谁定", min_length=1, help="province 省，city 市，county 县，department-rule 部门规章，agency 本机关")
    enabled_by: Enabled = at("谁让它定")
    strict: Literal["lower", "higher", "none"] = at("从严方向", help="lower 越低对当事人越有利，higher 越高越有利，none 无方向")
    floor: Bound | None = at("下限", None)
    ceiling: Bound | None = at("上限", None)
    note: Str | None = at("说明", None)


class Due(Model):
    """When a duty falls due: ``{by: 03-01}``, ``{every: quarter}`` or in words."""

    label: ClassVar[str] = "日期规则"
    by: str | None = at("最迟月日", None, pattern=r"^\d{2}-\d{2}$", example="03-01")
    every: Literal["month", "quarter", "half-year", "year", "two-years", "five-years"] = at("周期", "year")
    text: Str | None = at("用文字说", None)


class Duty(Ruled, Entity):
    """What falls due each year."""

    kind: ClassVar[str] = "duties"
    label: ClassVar[str] = "年度职责"
    due: Due = at("何时")
    who: ref("roles") = at("谁")
    to: Str | None = at("向谁", None)
    what: Str = at("做什么")
    see: tuple[ref(), ...] = at("参见", ())


class Name(Model):
    label: ClassVar[str] = "名称"
    title: Str = at("是什么")
    value: Str = at("值", example="本县")


class Org(Model):
    """Names of the adopting county; ``data/org.yml`` is the national default."""

    kind: ClassVar[str] = "org"
    label: ClassVar[str] = "单位资料"
    names: dict[str, Name] = at("名称", min_length=1)


class Site(Model):
    """The day for which status is judged, the version, and what the home page shows."""

    kind: ClassVar[str] = "site"
    label: ClassVar[str] = "站点"
    title: Str = at("站名")
    version: str = at("版本", pattern=r"^\d+\.\d+\.\d+$")
    as_of: Day = at("判断日")
    tasks: tuple[ref("procedures"), ...] = at("首页：我要办", ())
    featured: dict[str, tuple[ref(), ...]] = at("首页：各书架常用", {})


__all__ = ["Duty", "Id", "Name", "Org", "Parameter", "Role", "Site", "System"]

"""Procedures: who does what, in what order, by when, on which paper, under which article."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator

from macros.models.base import Cites, Dated, Id, Model, Related, Ruled, Shelved, Str, Text, When, at, ref

UNITS = {"hour": "小时", "day": "日（自然日）", "workday": "个工作日", "month": "个月", "year": "年", "prompt": ""}
Unit = Literal["hour", "day", "workday", "month", "year", "prompt"]
Level = Literal["县级党委", "县级人大", "县级政府", "县级部门", "乡镇街道", "村居"]
Depth = Literal["full", "outline", "listed"]
Bearer = Literal["agency", "party", "other"]


def _count(value: Any) -> Any:
    """A number, or ``$parameter`` where a province sets it."""
    if isinstance(value, str) and re.fullmatch(r"\$[a-z][a-z0-9]*(?:-[a-z0-9]+)*", value):
        return Text(value)
    return value


Count = Annotated[int | Text, BeforeValidator(_count, json_schema_input_type=int | str)]


class Reasoned(Ruled):
    """A line of text with its basis."""

    label: ClassVar[str] = "规则"
    text: Str = at("内容")


class Extension(Model):
    label: ClassVar[str] = "延长"
    n: Count | None = at("延长多少", None)
    unit: Unit | None = at("单位", None)
    text: Str | None = at("条件", None)
    approver: Str | None = at("谁批准", None)
    times: int | None = at("最多几次", None)
    cites: Cites = at("依据", ())


class Deadline(Ruled):
    """A time limit. Days are natural days unless ``unit`` is ``workday``, which needs its own article."""

    label: ClassVar[str] = "期限"
    id: Id = at("编号")
    text: Str = at("要做完什么", example="当事人提出听证要求")
    n: Count | None = at("多少", None, help="数字，或者 $参数；prompt 不写")
    unit: Unit = at("单位", help="hour 小时，day 自然日，workday 工作日，month 月，year 年，prompt 立即、及时、当场")
    after: Id | None = at("从何时起", None, help="events 里的编号")
    before: Id | None = at("在何时之前", None, help="events 里的编号")
    kind: Literal["within", "at-least"] = at("性质", "within", help="within 以内，at-least 不少于")
    bearer: Bearer = at("谁承担", help="agency 行政机关，party 当事人，other 其他")
    starts: Reasoned | None = at("起算", None, help="默认次日起算；另有规定的写明并注依据")
    rolls: Reasoned | None = at("末日顺延", None, help="末日遇休息日顺延的，写依据；不写就不顺延并提示")
    extensions: tuple[Extension, ...] = at("延长", ())
    excludes: tuple[Reasoned, ...] = at("不计入的时间", ())
    lapse: Reasoned | None = at("过了怎样", None)
    otherwise: tuple[str, ...] = at("另有规定从其规定的位阶", (), help="条文允许哪些位阶另作规定")
    note: Str | None = at("说明", None)


class Check(Ruled):
    label: ClassVar[str] = "检查项"
    id: Id = at("编号", help="步骤内唯一，永不重用；勾选记录靠它")
    text: Str = at("检查什么", help="问会错在哪里，不问做了没有")


class Gate(Model):
    """A bar: nothing reachable from the step may happen before it is passed."""

    label: ClassVar[str] = "门槛"
    text: Str = at("内容", example="未经法制审核或者审核未通过的，不得作出决定")
    cites: Cites = at("依据", min_length=1)


class Next(Model):
    label: ClassVar[str] = "下一步"
    to: Id = at("去哪一步")
    when: When | Str | None = at("条件", None, help="{fact: 编号} 或者一句话；几个都不写条件的是并行")
    back: bool = at("退回", False, help="退回前面的步骤写 true，必须有条件")


class Step(Ruled):
    label: ClassVar[str] = "步骤"
    id: Id = at("编号")
    title: Str = at("步骤名")
    actor: ref("roles") = at("谁做")
    does: Str = at("做什么")
    when: When | Str | None = at("什么情形才做", None)
    runs: ref("procedures") | None = at("整套取用的程序", None)
    gate: Gate | None = at("门槛", None)
    join: Literal["all", "any"] = at("汇合", "all", help="all 等所有无条件的来路，any 任一来路即可")
    marks: tuple[Id, ...] = at("这一步发生的事件", (), help="events 里的编号，倒排日期用；期限 after 的事件就在本步、before 的事件就在下一步的不用写")
    deadlines: tuple[Deadline, ...] = at("期限", ())
    evidence: tuple[Str, ...] = at("留什么", (), help="法官会要看的材料；不要重复文书名")
    documents: tuple[ref("documents"), ...] = at("文书", ())
    checks: tuple[Check, ...] = at("检查项", ())
    next: tuple[Next, ...] = at("下一步", ())


class Changed(Model):
    """What differs in one step for a variant; fields left out stay as they are."""

    label: ClassVar[str] = "改动的步骤"
    title: Str | None = at("步骤名", None)
    actor: ref("roles") | None = at("谁做", None)
    does: Str | None = at("做什么", None)
    cites: Cites = at("依据", ())
    authority: Literal["advice", "local"] | None = at("效力", None)
    evidence: tuple[Str, ...] = at("留什么", ())
    documents: tuple[ref("documents"), ...] = at("文书", ())
    checks: tuple[Check, ...] = at("另加的检查项", ())


class Added(Step):
    label: ClassVar[str] = "增加的步骤"
    after: Id = at("加在哪一步之后")


class Variant(Model):
    label: ClassVar[str] = "变体"
    relation: Literal["适用", "参照", "不适用"] = at("关系")
    cites: Cites = at("依据", ())
    authority: Literal["advice", "local"] | None = at("效力", None)
    note: Str = at("说明")
    steps: dict[str, Changed] = at("改动的步骤", {})
    drop: tuple[Id, ...] = at("不做的步骤", ())
    add: tuple[Added, ...] = at("增加的步骤", ())


class Exclusion(Ruled):
    label: ClassVar[str] = "不适用"
    text: Str = at("情形")
    see: ref() | None = at("改看哪里", None, help="类别/编号")


class Remedy(Ruled):
    """A way open to the other party: what, to whom, in what time, where."""

    label: ClassVar[str] = "救济"
    way: Str = at("途径", example="行政复议")
    to: Str = at("向谁")
    n: Count | None = at("多少", None)
    unit: Unit | None = at("单位", None)
    from_: Str | None = at("从何时起", None, alias="from")
    note: Str | None = at("说明", None)


class Procedure(Shelved):
    """A procedure. Chart, checklist, deadlines and bundle are derived from its steps."""

    kind: ClassVar[str] = "procedures"
    label: ClassVar[str] = "程序"
    depth: Depth = at("深度", help="full 全本，outline 简版，listed 只列目")
    level: tuple[Level, ...] = at("层级", min_length=1)
    task: Str | None = at("我要办", None, help="办事的人会说的一句短语", example="组织听证")
    summary: Str | None = at("一句话", None)
    owner: ref("roles") | None = at("谁负责", None, help="listed 的程序写这一项")
    look: Str | None = at("到哪里看", None, help="listed 的程序写这一项")
    cites: Cites = at("依据", (), help="整个程序的依据；listed 和 outline 的必写")
    applies: Str | None = at("适用", None)
    not_for: tuple[Exclusion, ...] = at("不适用", ())
    starts_when: Str | None = at("何时启动", None)
    result: Str | None = at("结果", None)
    events: dict[str, Str] = at("事件", {}, help="期限起算、截止的事件：编号 → 名称")
    facts: dict[str, Str] = at("事实", {}, help="分支条件：编号 → 一句话")
    steps: tuple[Step, ...] = at("步骤", ())
    linear: Str | None = at("没有分支的理由", None)
    variants: dict[Literal["township"], Variant] = at("变体", {})
    remedies: tuple[Remedy, ...] = at("救济", ())
    remedies_note: Str | None = at("救济说明", None)
    special_rules: tuple[Exclusion, ...] = at("特别规定", ())
    related: tuple[Related, ...] = at("相关", ())
    history: tuple[Dated, ...] = at("变更记录", ())

    def parts(self) -> dict[tuple[str, ...], tuple[str | int, ...]]:
        found: dict[tuple[str, ...], tuple[str | int, ...]] = {}
        for at_, step in enumerate(self.steps):
            found[(step.id,)] = ("steps", at_)
            for name, rows in (("checks", step.checks), ("deadlines", step.deadlines)):
                for row_at, row in enumerate(rows):
                    found[(step.id, row.id)] = ("steps", at_, name, row_at)
        return found

    def step(self, step_id: str) -> Step:
        return next(step for step in self.steps if step.id == step_id)


__all__ = ["UNITS", "Check", "Deadline", "Next", "Procedure", "Step", "Variant"]

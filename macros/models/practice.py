"""Stand-alone checklists, failures and triage: knowing what goes wrong and where to go."""

from __future__ import annotations

from typing import ClassVar, Literal

from macros.models.base import Cites, Entity, Id, Md, Model, Ruled, Shelved, Str, at, ref


class Item(Ruled):
    label: ClassVar[str] = "项"
    id: Id = at("编号", help="清单内唯一，永不重用")
    text: Str = at("内容")
    points: float | None = at("分值", None, help="score 清单用：满足得分，或者违反扣分")
    each: Str | None = at("计分方法", None, example="每缺一份扣2分，扣完为止")
    veto: bool = at("一票否决", False)


class Section(Model):
    label: ClassVar[str] = "停顿点"
    title: Str = at("停在哪里", example="告知书发出之前")
    items: tuple[Item, ...] = at("项", min_length=1, help="do-confirm 和 read-do 每个停顿点不超过九项")


class Checklist(Shelved):
    kind: ClassVar[str] = "checklists"
    label: ClassVar[str] = "清单"
    use: Literal["do-confirm", "read-do", "score"] = at("用法", help="do-confirm 做完核对，read-do 边读边做，score 打分")
    when: Str = at("什么时候用")
    summary: Str | None = at("一句话", None)
    for_: tuple[ref("procedures"), ...] = at("用于程序", (), alias="for")
    counting: Literal["add", "deduct"] | None = at("计分", None, help="score 清单用：add 加分，deduct 扣分")
    total: float | None = at("满分", None)
    pass_: float | None = at("合格线", None, alias="pass")
    sections: tuple[Section, ...] = at("停顿点", min_length=1)
    cites: Cites = at("依据", ())
    note: Str | None = at("说明", None)

    def parts(self) -> dict[tuple[str, ...], tuple[str | int, ...]]:
        return {
            (item.id,): ("sections", at_, "items", row)
            for at_, section in enumerate(self.sections)
            for row, item in enumerate(section.items)
        }


class Failure(Shelved):
    """How it goes wrong, why, and which step or check prevents it."""

    kind: ClassVar[str] = "failures"
    label: ClassVar[str] = "出过的问题"
    symptom: Str = at("表现")
    cause: tuple[Str, ...] = at("原因", min_length=1)
    consequence: Str = at("后果")
    measures: tuple[Str, ...] = at("措施", min_length=1)
    prevented_by: tuple[ref("procedures", "checklists", "documents", "registers"), ...] = at(
        "由哪里防住", min_length=1, example="[procedures/penalty-hearing#tell-right.six-kinds]")
    cites: Cites = at("依据", ())


class Choice(Model):
    label: ClassVar[str] = "选项"
    id: Id = at("编号")
    text: Str = at("选项")
    to: Id = at("去哪里", help="nodes 或 outcomes 的编号")


class Node(Ruled):
    label: ClassVar[str] = "问题"
    ask: Str = at("问什么")
    help: Str | None = at("怎样判断", None)
    yes: Id | None = at("是", None, help="nodes 或 outcomes 的编号")
    no: Id | None = at("否", None)
    choices: tuple[Choice, ...] = at("选项", (), help="不是是非题时用")

    @property
    def ways(self) -> tuple[tuple[str, str, str], ...]:
        """(answer id, answer text, target) of every way out."""
        if self.choices:
            return tuple((choice.id, str(choice.text), choice.to) for choice in self.choices)
        return tuple((name, text, to) for name, text, to in (("yes", "是", self.yes), ("no", "否", self.no)) if to)


class Outcome(Ruled):
    label: ClassVar[str] = "结论"
    text: Str = at("结论")
    see: tuple[ref(), ...] = at("下一步看", ())


class Scenario(Model):
    label: ClassVar[str] = "例子"
    story: Str = at("情形")
    given: dict[str, str] = at("回答", help="问题编号 → 答案编号")
    then: Id = at("结论")


class Triage(Shelved):
    """A few questions that lead to one outcome with its basis. Scenarios are its tests."""

    kind: ClassVar[str] = "triage"
    label: ClassVar[str] = "判断"
    summary: Str | None = at("一句话", None)
    nodes: dict[str, Node] = at("问题", min_length=1, help="第一个是起点")
    outcomes: dict[str, Outcome] = at("结论", min_length=1)
    scenarios: tuple[Scenario, ...] = at("例子", min_length=1)

    @property
    def start(self) -> str:
        return next(iter(self.nodes))

    def parts(self) -> dict[tuple[str, ...], tuple[str | int, ...]]:
        return {(name,): (group, name) for group in ("nodes", "outcomes") for name in getattr(self, group)}


__all__ = ["Checklist", "Entity", "Failure", "Item", "Md", "Triage"]

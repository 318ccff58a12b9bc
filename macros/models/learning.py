"""Questions, learning paths and the glossary."""

from __future__ import annotations

from typing import ClassVar, Literal

from macros.models.base import Cites, Entity, Model, Shelved, Str, at, ref


class Option(Model):
    label: ClassVar[str] = "选项"
    text: Str = at("选项")
    key: bool = at("正确", False)
    why: Str | None = at("为什么错", None, help="错误选项必写：是哪一种真实的误解")


class Question(Shelved):
    kind: ClassVar[str] = "questions"
    label: ClassVar[str] = "试题"
    title: Str | None = at("标题", None, help="不写就用题干")
    use: Literal["single", "multiple", "judge", "order"] = at("题型", help="single 单选，multiple 多选，judge 判断，order 排序")
    difficulty: int = at("难度", ge=1, le=3)
    stem: Str = at("题干")
    options: dict[str, Option] = at("选项", min_length=2, help="a、b、c……；order 题按正确顺序写，都标 key")
    explanation: Str = at("解析")
    cites: Cites = at("依据", min_length=1)
    from_: ref() | None = at("出自", None, alias="from", help="类别/编号#步骤.检查项")
    roles: tuple[ref("roles"), ...] = at("岗位", ())


class Module(Model):
    label: ClassVar[str] = "单元"
    title: Str = at("单元名")
    goal: Str = at("学完会什么")
    pages: tuple[ref(), ...] = at("看什么", ())
    questions: tuple[ref("questions"), ...] = at("做什么题", ())
    practice: Str | None = at("动手", None)


class Path(Entity):
    """A learning path for a post."""

    kind: ClassVar[str] = "paths"
    label: ClassVar[str] = "学习路径"
    for_: tuple[ref("roles"), ...] = at("岗位", alias="for", min_length=1)
    summary: Str = at("一句话")
    modules: tuple[Module, ...] = at("单元", min_length=1)


class Term(Entity):
    kind: ClassVar[str] = "terms"
    label: ClassVar[str] = "术语"
    definition: Str = at("释义")
    synonyms: tuple[Str, ...] = at("同义词", (), help="搜索时等同对待")
    cites: Cites = at("依据", ())
    see: tuple[ref(), ...] = at("参见", ())


__all__ = ["Option", "Path", "Question", "Term"]

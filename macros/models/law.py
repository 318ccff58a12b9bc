"""Governing instruments: statutes, regulations, interpretations, Party rules, standards."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Literal

from macros.models.base import Day, Entity, Id, Model, Str, at, ref

RANKS = ("宪法", "法律", "行政法规", "司法解释", "部门规章", "地方性法规", "地方政府规章", "党内法规", "政策文件", "标准", "地方文件")
Rank = Literal["宪法", "法律", "行政法规", "司法解释", "部门规章", "地方性法规", "地方政府规章", "党内法规", "政策文件", "标准", "地方文件"]
Shape = tuple[int | tuple[int, ...], ...]


class Version(Model):
    label: ClassVar[str] = "版本"
    id: str = at("版本号", pattern=r"^\d{4}$", help="引用旧版本时 @ 后面的年份", example="2021")
    adopted: Day | None = at("通过日期", None)
    effective: Day | Literal["unknown"] = at("施行日期", help="不知道写 unknown", example="2021-07-15")
    until: Day | None = at("最后有效日", None, help="被新版本或别的文件取代的前一日")
    shape: dict[str, Shape] = at("条款构造", {}, help="旧版本用；条 → 各款下的项数")


class Article(Model):
    label: ClassVar[str] = "条"
    shape: Shape = at("构造", help="每款下有几项：[6, 0] 是两款，第一款六项", example="[6, 0]")
    gist: Str | None = at("要旨", None, help="自己的话，一行，写清谁应当做什么")


class Law(Entity):
    """An instrument. Its status is derived from dates, never typed."""

    kind: ClassVar[str] = "laws"
    label: ClassVar[str] = "依据"
    short: Str = at("简称", help="全库唯一；引用时用它", example="行政处罚法")
    number: Str | None = at("文号", None)
    issuer: Str | None = at("制定机关", None)
    rank: Rank = at("位阶")
    numbering: Literal["article", "outline", "clause", "none"] = at("编号方式", help="article 条款项，outline 一、（一），clause 7.2.1，none 只整件引用")
    confidence: Literal["高", "中", "低"] = at("把握", help="高：有全文；中、低：只能整件引用")
    checked_on: Day = at("核验日期")
    checked_how: Str = at("怎样核验")
    source: Str | None = at("官方文本在哪里", None)
    plan_until: Day | None = at("规划期至", None)
    versions: tuple[Version, ...] = at("版本", help="由旧到新", min_length=1)
    successor: ref("laws") | None = at("取代它的文件", None)
    former: tuple[Str, ...] = at("曾用名", (), help="已经不用的名称，包括被它整件取代、本库没有单列的旧法；写在文稿里会被提示", example="[环境噪声污染防治法]")
    pending: Str | None = at("尚在路上的变化", None)
    note: Str | None = at("说明", None)
    articles: dict[str, Article] = at("条文", {}, help="条号 → 构造和要旨")

    @property
    def current(self) -> Version:
        return self.versions[-1]

    def version(self, year: str) -> Version | None:
        return next((version for version in self.versions if version.id == year), None)

    def shape(self, article: str, year: str = "") -> Shape | None:
        """The number of 项 under each 款 of an article, in the current or a named old version."""
        if year and (version := self.version(year)) and version is not self.current:
            return version.shape.get(article)
        found = self.articles.get(article)
        return found.shape if found else None

    def numbers(self, year: str = "") -> tuple[str, ...]:
        """The article numbers of a version, in order."""
        old = self.version(year) if year else None
        return tuple(old.shape if old and old is not self.current else self.articles)

    def status(self, on: date) -> str:
        """The status on a day: 现行有效, 尚未施行, 已废止, 规划期届满 or 施行日待核."""
        first, last = self.versions[0], self.current
        if last.until and on > last.until:
            return "已废止"
        if self.plan_until and on > self.plan_until:
            return "规划期届满"
        if first.effective == "unknown":
            return "施行日待核"
        return "尚未施行" if on < first.effective else "现行有效"


class Touched(Model):
    label: ClassVar[str] = "涉及"
    to: ref() = at("指向")
    status: Literal["待改", "已改", "无需改"] = at("处理")
    note: Str | None = at("说明", None)


class Change(Entity):
    """A change of law and what it means for us."""

    kind: ClassVar[str] = "changes"
    label: ClassVar[str] = "法律动态"
    law: ref("laws") = at("文件")
    announced: Day | None = at("公布日期", None)
    effective: Day | Literal["unknown"] = at("施行日期")
    means: tuple[Str, ...] = at("对我们意味着什么", min_length=1)
    topics: tuple[Str, ...] = at("主题", ())
    roles: tuple[ref("roles"), ...] = at("涉及岗位", ())
    articles: dict[str, Str] = at("旧新条号对照", {}, help="旧条号 → 新条号，没有对应的写 无")
    touches: tuple[Touched, ...] = at("涉及内容", ())


class Covered(Model):
    """How the duty of one article is carried out: by steps and checks, or why not at all."""

    label: ClassVar[str] = "义务落实"
    by: tuple[ref(), ...] = at("由谁落实", ())
    none: Str | None = at("不适用的理由", None)
    open: bool = at("待落实", False)


class Coverage(Entity):
    """Every article of a law that imposes a duty, with what carries it out."""

    kind: ClassVar[str] = "coverage"
    label: ClassVar[str] = "义务对照"
    law: ref("laws") = at("文件")
    articles: dict[str, Covered] = at("条文")


__all__ = ["RANKS", "Article", "Change", "Covered", "Coverage", "Law", "Touched", "Version", "Id"]

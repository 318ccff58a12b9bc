"""Rules across entities: one small function per rule, ``catalog -> findings``.

Rules about one thing at a time always run, so that all problems come at once; those that look
at other things (``whole``) run only on a catalogue whose references all resolve and need not
guard against missing things. No rule prints or exits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from macros import citation
from macros.catalog import Catalog
from macros.models import Key, Text
from macros.models.base import PLACEHOLDER, Pointer, Ruled, Shelved, When, walk
from macros.models.learning import Question
from macros.models.paper import LAYOUT_FIELDS, Datum, Document, Report, is_figure
from macros.models.practice import Checklist, Node, Triage
from macros.models.procedure import Deadline, Procedure
from macros.models.register import Metric, Register
from macros.problems import Place, Problem

Rule = Callable[[Catalog, date], Iterator[Problem]]
NodeRule = Callable[[Catalog, Key, tuple[str | int, ...], Any], Iterator[Problem]]
RULES: list[Rule] = []
NODE_RULES: list[tuple[type, NodeRule]] = []
WHOLE: set[Rule] = set()

CODED = frozenset({"procedures", "documents", "checklists", "registers", "metrics", "failures", "triage"})
BINDING = re.compile(r"应当|必须|不得|须(?=[^知眉要])")


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


def whole(function: Rule) -> Rule:
    """Mark a rule that follows references."""
    WHOLE.add(function)
    return function


def node_rule(kind: type) -> Callable[[NodeRule], NodeRule]:
    """A rule about every value of a type, wherever it stands in an entity: all of them in one walk."""
    def register(function: NodeRule) -> NodeRule:
        NODE_RULES.append((kind, function))
        return function

    return register


def run(catalog: Catalog, on: date, *, resolved: bool = True) -> Iterator[Problem]:
    """Everything that the rules find, judged for the day ``on``; without ``resolved`` only what needs no other thing."""
    for check in RULES:
        if resolved or check not in WHOLE:
            yield from check(catalog, on)
    kinds = tuple(kind for kind, _ in NODE_RULES)
    for key, entity in catalog.entities.items():
        for path, value in walk(entity):
            if isinstance(value, kinds):
                for kind, check in NODE_RULES:
                    if isinstance(value, kind):
                        yield from check(catalog, key, path, value)


@rule
def codes_are_unique(catalog: Catalog, on: date) -> Iterator[Problem]:
    seen: dict[str, Key] = {}
    for key, entity in catalog.entities.items():
        if not isinstance(entity, Shelved):
            continue
        if entity.code is None:
            if key.kind in CODED:
                yield Problem(catalog.place(key), "缺 code（编号）", "用 fadu new 取下一个号，如 ZF-08")
            continue
        other = seen.setdefault(entity.code, key)
        if other != key:
            yield Problem(catalog.place(key, ("code",)), f"编号 {entity.code} 重复", f"已用在 {catalog.sources[other].file}")


@rule
def titles_are_unique(catalog: Catalog, on: date) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Key] = {}
    for key, entity in catalog.entities.items():
        if not entity.title:
            continue
        other = seen.setdefault((key.kind, entity.title), key)
        if other != key:
            yield Problem(catalog.place(key, ("title",)), f"标题“{entity.title}”重复", f"已用在 {catalog.sources[other].file}；写出区别")


@rule
@whole
def shelves_exist(catalog: Catalog, on: date) -> Iterator[Problem]:
    shelves = {key.id for key in catalog.keys("systems")}
    for key, entity in catalog.entities.items():
        for at, shelf in enumerate(getattr(entity, "also", ())):
            if shelf not in shelves:
                yield Problem(catalog.place(key, ("also", at)), f"没有 {shelf} 这个书架", f"可选：{'、'.join(sorted(shelves))}")
            elif shelf == catalog.shelf(key):
                yield Problem(catalog.place(key, ("also", at)), f"{shelf} 已经是本来的书架", "删去")


@node_rule(Ruled)
def rules_have_a_basis(catalog: Catalog, key: Key, path: tuple[str | int, ...], value: Ruled) -> Iterator[Problem]:
    if value.cites and value.authority == "advice":
        yield Problem(catalog.place(key, path), "有依据的规则不写 authority: advice", "删去 authority；效力由依据的位阶推出")
    elif not value.cites and value.authority is None and not isinstance(value, Node):
        yield Problem(catalog.place(key, path), "规则没有依据", "加 cites；确实没有法律依据的工作建议写 authority: advice")
    elif not value.cites and value.authority == "advice":
        yield from _advice(catalog, key, path, value)


def _advice(catalog: Catalog, key: Key, path: tuple[str | int, ...], value: Ruled) -> Iterator[Problem]:
    if getattr(value, "gate", None):
        yield Problem(catalog.place(key, (*path, "gate")), "没有依据的建议不能设门槛", "给步骤写依据，或者去掉门槛")
    for name in ("text", "does"):
        text = getattr(value, name, None)
        if isinstance(text, str) and (found := BINDING.search(text)):
            yield Problem(catalog.place(key, (*path, name)), f"没有依据的建议里用了“{found[0]}”", "写依据，或者改用“宜”“可以”“最好”")


@rule
def steps_make_a_chart(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, procedure in catalog.all("procedures"):
        assert isinstance(procedure, Procedure)
        yield from _Chart(catalog, key, procedure).problems()


class _Chart:
    """The graph of one procedure's steps."""

    def __init__(self, catalog: Catalog, key: Key, procedure: Procedure) -> None:
        self.catalog, self.key, self.procedure = catalog, key, procedure
        self.ids = [step.id for step in procedure.steps]

    def at(self, *path: str | int) -> Place:
        return self.catalog.place(self.key, path)

    def problems(self) -> Iterator[Problem]:
        steps = self.procedure.steps
        for at, (step_id, count) in enumerate(Counter(self.ids).items()):
            if count > 1:
                yield Problem(self.at("steps", at), f"步骤编号 {step_id} 重复", "每个步骤用不同的编号")
        for at, step in enumerate(steps):
            names = Counter([check.id for check in step.checks] + [deadline.id for deadline in step.deadlines])
            for name, count in names.items():
                if count > 1:
                    yield Problem(self.at("steps", at), f"步骤 {step.id} 里编号 {name} 重复", "检查项和期限的编号在一个步骤内不能相同")
        yield from self._edges()
        if steps and not any(True for _ in self._edges()):
            yield from self._order()
        yield from self._names()

    def _edges(self) -> Iterator[Problem]:
        for at, step in enumerate(self.procedure.steps):
            for row, edge in enumerate(step.next):
                if edge.to not in self.ids:
                    yield Problem(self.at("steps", at, "next", row, "to"), f"没有 {edge.to} 这个步骤", f"可用：{'、'.join(self.ids)}")
                elif edge.back and edge.when is None:
                    yield Problem(self.at("steps", at, "next", row), "退回没有写条件", "加 when：什么情形退回")

    def _order(self) -> Iterator[Problem]:
        forward = {step.id: [edge.to for edge in step.next if not edge.back] for step in self.procedure.steps}
        into = Counter(target for targets in forward.values() for target in targets)
        starts = [step_id for step_id in self.ids if not into[step_id]]
        if cycle := _cycle(forward):
            yield Problem(self.at("steps", self.ids.index(cycle[0])), f"步骤成了圈：{' → '.join(cycle)}", "退回前面的一条写 back: true 和条件")
            return
        if len(starts) != 1:
            for extra in starts[1:]:
                yield Problem(self.at("steps", self.ids.index(extra)), f"步骤 {extra} 走不到", f"只能有一个起点（{starts[0]}）；在前面步骤的 next 里指向它")
        reach = {step_id: _reach(forward, step_id) for step_id in forward}
        for at, step in enumerate(self.procedure.steps):
            for row, edge in enumerate(step.next):
                if edge.back and edge.to != step.id and step.id not in reach[edge.to]:
                    yield Problem(self.at("steps", at, "next", row), f"{edge.to} 不在 {step.id} 之前，不能用 back", "去掉 back，或者改指前面的步骤")

    def _names(self) -> Iterator[Problem]:
        procedure = self.procedure
        for path, value in walk(procedure):
            if isinstance(value, When) and value.fact not in procedure.facts:
                yield Problem(self.at(*path), f"没有声明 {value.fact} 这个事实", f"在 facts 里增加；已有：{'、'.join(procedure.facts) or '无'}")
            if isinstance(value, Deadline):
                yield from self._deadline(path, value)
        yield from self._marks()
        for name, variant in procedure.variants.items():
            for step_id in (*variant.steps, *variant.drop, *(added.after for added in variant.add)):
                if step_id not in self.ids:
                    yield Problem(self.at("variants", name), f"没有 {step_id} 这个步骤", f"可用：{'、'.join(self.ids)}")

    def _marks(self) -> Iterator[Problem]:
        marked: dict[str, str] = {}
        for at, step in enumerate(self.procedure.steps):
            for row, name in enumerate(step.marks):
                if name not in self.procedure.events:
                    yield Problem(self.at("steps", at, "marks", row), f"没有声明 {name} 这个事件", f"在 events 里增加；已有：{'、'.join(self.procedure.events) or '无'}")
                elif name in marked:
                    yield Problem(self.at("steps", at, "marks", row), f"事件 {name} 在步骤 {marked[name]} 已经写过", "一个事件只写在发生的那一步")
                marked.setdefault(name, step.id)

    def _deadline(self, path: tuple[str | int, ...], deadline: Deadline) -> Iterator[Problem]:
        for name in ("after", "before"):
            event = getattr(deadline, name)
            if event and event not in self.procedure.events:
                yield Problem(self.at(*path, name), f"没有声明 {event} 这个事件", f"在 events 里增加；已有：{'、'.join(self.procedure.events) or '无'}")
        if deadline.unit != "prompt" and deadline.n is None:
            yield Problem(self.at(*path), "期限没有写多少（n）", "立即、及时、当场的用 unit: prompt")
        if deadline.unit != "prompt" and (deadline.after is None) == (deadline.before is None):
            yield Problem(self.at(*path), "期限要写从何时起（after）或者在何时之前（before），二选一", "事件先在 events 里声明")


def _cycle(graph: dict[str, list[str]]) -> list[str]:
    state: dict[str, int] = {}
    path: list[str] = []

    def visit(node: str) -> list[str]:
        state[node] = 1
        path.append(node)
        for target in graph[node]:
            if state.get(target) == 1:
                return [*path[path.index(target):], target]
            if target not in state and (found := visit(target)):
                return found
        state[node] = 2
        path.pop()
        return []

    for node in graph:
        if node not in state and (found := visit(node)):
            return found
    return []


def _reach(graph: dict[str, list[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        for target in graph[waiting.pop()]:
            if target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


@rule
def depth_is_kept(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, procedure in catalog.all("procedures"):
        assert isinstance(procedure, Procedure)
        place = catalog.place(key, ("depth",))
        if procedure.depth == "full":
            if not procedure.steps:
                yield Problem(place, "全本没有步骤", "写 steps，或者改成 outline、listed")
            forked = any(step.gate or len(step.next) > 1 or any(edge.back or edge.when for edge in step.next) for step in procedure.steps)
            if procedure.steps and not forked and not procedure.linear:
                yield Problem(place, "全本没有分支、门槛或退回", "真是一条直线的写 linear: 理由")
            if forked and procedure.linear:
                yield Problem(catalog.place(key, ("linear",)), "有分支、门槛或退回，不用写 linear", "删去")
        elif procedure.depth == "listed":
            for name in ("owner", "look"):
                if getattr(procedure, name) is None:
                    yield Problem(place, f"只列目的程序缺 {name}", "owner 谁负责，look 到哪里看")
        if procedure.depth != "full" and not procedure.cites:
            yield Problem(place, "简版、列目的程序要写整体依据", "加 cites")


@rule
def clauses_use_their_fields(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, document in catalog.all("documents"):
        assert isinstance(document, Document)
        listed = {asked.id.key.id for asked in document.fields}
        used: set[str] = set()
        for path, value in walk(document.clauses, ("clauses",)):
            if isinstance(value, Text):
                for found in PLACEHOLDER.finditer(value):
                    if found["id"] and Key("fields", found["id"]) in catalog.entities:
                        used.add(found["id"])
                        if found["id"] not in listed:
                            yield Problem(catalog.place(key, path), f"用了 ${found['id']}，fields 里没有列", "在 fields 里加上")
            elif isinstance(value, When) and value.fact not in document.facts:
                yield Problem(catalog.place(key, path), f"没有声明 {value.fact} 这个事实", "在 facts 里增加")
        used.update(clause.table.key.id for clause in document.clauses if clause.table)
        if document.depth == "full" and document.clauses:
            for at, asked in enumerate(document.fields):
                if asked.id.key.id not in used | LAYOUT_FIELDS:
                    yield Problem(catalog.place(key, ("fields", at)), f"字段 {asked.id.key.id} 没有用到", "在条款里用 $字段，或者从 fields 里删去")
        if document.depth == "full" and not document.clauses:
            yield Problem(catalog.place(key, ("depth",)), "全本文书没有条款", "写 clauses，或者改成 outline")


@rule
@whole
def reports_name_their_columns(catalog: Catalog, on: date) -> Iterator[Problem]:
    """Tables of a report are the paper's own, columns are those of the tables and registers, and numbers have a place for their sources."""
    for key, document in catalog.all("documents"):
        assert isinstance(document, Document)
        if not document.report:
            continue
        listed = {asked.id.key.id: catalog[asked.id.key] for asked in document.fields}
        yield from _report(catalog, key, document.report, listed)  # type: ignore[arg-type]


def _report(catalog: Catalog, key: Key, report: Report, listed: dict[str, Datum]) -> Iterator[Problem]:
    def columns(of: Pointer | None) -> list[str]:
        return [column.id for column in catalog[of.key].columns] if of else []  # type: ignore[attr-defined]

    def own(name: str, path: tuple[str | int, ...]) -> Iterator[Problem]:
        if name not in listed or listed[name].type != "table":
            tables = [field for field, datum in listed.items() if datum.type == "table"]
            yield Problem(catalog.place(key, path), f"{name} 不是本文书的表格字段", f"可用：{'、'.join(tables) or '无'}")

    def known(names: Iterable[str], allowed: list[str], path: tuple[str | int, ...]) -> Iterator[Problem]:
        for name in names:
            if name not in allowed:
                yield Problem(catalog.place(key, path), f"没有 {name} 这一列", f"可用：{'、'.join(allowed)}")

    if report.sources:
        yield from own(report.sources.key.id, ("report", "sources"))
        yield from known(("figure", "value", "source"), columns(report.sources), ("report", "sources"))
    elif any(is_figure(name, datum) for name, datum in listed.items()):
        yield Problem(catalog.place(key, ("report",)), "印出数字的成稿没有来源表", "加 sources：列为 figure、value、source 的表格字段")
    for name, wanted in report.whole.items():
        path = ("report", "whole", name)
        yield from own(name, path)
        if name in listed and listed[name].columns:
            yield from known(wanted, [column.id for column in listed[name].columns], path)
    if report.opening:
        yield from own(report.opening.table.key.id, ("report", "opening", "table"))
        yield from known(report.opening.row, columns(report.opening.table), ("report", "opening", "row"))
    for at, carry in enumerate(report.carries):
        path = ("report", "carries", at)
        yield from own(carry.to.key.id, path)
        if (carry.table is None) == (carry.register_ is None):
            yield Problem(catalog.place(key, path), "取来的行要写 table 或者 register，二选一", "取自表格字段的写 table，取自台账的写 register")
            continue
        source = columns(carry.table or carry.register_)
        yield from known(carry.columns, columns(carry.to), path)
        yield from known([*carry.columns.values(), *(one.column for one in carry.where)], source, path)
    for at, ledger in enumerate(report.ledgers):
        path = ("report", "ledgers", at)
        yield from own(ledger.table.key.id, path)
        yield from known([*ledger.columns, *ledger.fixed], columns(ledger.register_), path)
        yield from known(ledger.columns.values(), [*columns(ledger.table), "no"], path)


@rule
def triage_leads_somewhere(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, triage in catalog.all("triage"):
        assert isinstance(triage, Triage)
        targets = dict.fromkeys((*triage.nodes, *triage.outcomes))
        graph: dict[str, list[str]] = {name: [] for name in targets}
        for name in (name for name in triage.nodes if name in triage.outcomes):
            yield Problem(catalog.place(key, ("outcomes", name)), f"{name} 既是问题又是结论", "换一个编号")
        broken = False
        for name, node in triage.nodes.items():
            if len(node.ways) < 2:
                yield Problem(catalog.place(key, ("nodes", name)), "问题少于两个出口", "写 yes 和 no，或者写 choices")
            for answer, _, target in node.ways:
                if target not in targets:
                    broken = True
                    yield Problem(catalog.place(key, ("nodes", name)), f"{answer} 指向的 {target} 不存在", f"可用：{'、'.join(sorted(targets))}")
                else:
                    graph[name].append(target)
        if broken:
            continue
        if cycle := _cycle(graph):
            yield Problem(catalog.place(key, ("nodes", cycle[0])), f"问题成了圈：{' → '.join(cycle)}", "判断只能往前走")
            continue
        reached = {triage.start, *_reach(graph, triage.start)}
        for name in (name for name in targets if name not in reached):
            yield Problem(catalog.place(key, ("nodes" if name in triage.nodes else "outcomes", name)), f"{name} 走不到", "从前面的问题指向它，或者删去")
        told = {scenario.then for scenario in triage.scenarios}
        for name in triage.outcomes:
            if name not in told:
                yield Problem(catalog.place(key, ("outcomes", name)), f"结论 {name} 没有例子", "在 scenarios 里加一个会走到它的情形")
        for at, scenario in enumerate(triage.scenarios):
            end = decide(triage, scenario.given)
            if end != scenario.then:
                yield Problem(catalog.place(key, ("scenarios", at)), f"按回答走到的是 {end}，不是 {scenario.then}", "改回答、结论或者问题的出口")


def decide(triage: Triage, answers: dict[str, str]) -> str:
    """The outcome that the answers lead to, or the first question that lacks a valid answer."""
    name = triage.start
    while name in triage.nodes:
        ways = {answer: target for answer, _, target in triage.nodes[name].ways}
        target = ways.get(answers.get(name, ""))
        if target is None:
            return name
        name = target
    return name


@rule
def questions_can_be_marked(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, question in catalog.all("questions"):
        assert isinstance(question, Question)
        right = [name for name, option in question.options.items() if option.key]
        place = catalog.place(key, ("options",))
        if question.use in ("single", "judge") and len(right) != 1:
            yield Problem(place, f"{'单选' if question.use == 'single' else '判断'}题要有且只有一个正确选项", "在正确的选项写 key: true")
        elif question.use == "multiple" and len(right) < 2:
            yield Problem(place, "多选题至少两个正确选项", "在正确的选项写 key: true")
        elif question.use == "order" and len(right) != len(question.options):
            yield Problem(place, "排序题的每一项都要写 key: true", "按正确的顺序排列")
        for name, option in question.options.items():
            if not option.key and not option.why:
                yield Problem(catalog.place(key, ("options", name)), "错误选项没有写 why", "写清是哪一种真实的误解")


@rule
def checklists_are_short(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, checklist in catalog.all("checklists"):
        assert isinstance(checklist, Checklist)
        for item_id, count in Counter(item.id for section in checklist.sections for item in section.items).items():
            if count > 1:
                yield Problem(catalog.place(key), f"项的编号 {item_id} 重复", "清单内每项用不同的编号")
        for at, section in enumerate(checklist.sections):
            if checklist.use != "score" and len(section.items) > 9:
                yield Problem(catalog.place(key, ("sections", at)), f"一个停顿点有 {len(section.items)} 项", "最多九项；拆成几个停顿点")
        if (checklist.use == "score") != (checklist.counting is not None):
            yield Problem(catalog.place(key), "打分清单（score）要写 counting，别的清单不写", "add 加分，deduct 扣分")


@rule
def example_rows_fit(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, register in catalog.all("registers"):
        assert isinstance(register, Register)
        columns = {column.id: column for column in register.columns}
        for at, row in enumerate(register.examples):
            for name, value in row.items():
                place = catalog.place(key, ("examples", at, name))
                column = columns.get(name)
                if column is None:
                    yield Problem(place, f"没有 {name} 这一列", f"可用：{'、'.join(columns)}")
                elif value is not None and (wrong := misfit(column.type, tuple(map(str, column.options)), value)):
                    yield Problem(place, f"示例值“{value}”{wrong}", "")
            for name, column in columns.items():
                if column.required and not row.get(name):
                    yield Problem(catalog.place(key, ("examples", at)), f"示例行缺必填列 {name}（{column.title}）", "补上，或者把这一列改成 required: false")


def misfit(kind: str, options: tuple[str, ...], value: str) -> str:
    """Why a register value does not fit its column; empty when it does."""
    if kind in ("number", "money") and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return "不是数字"
    if kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            return "不是日期，写成 2026-11-21"
    if kind == "choice" and value not in options:
        return f"不在可选值里：{'、'.join(options)}"
    if kind == "flag" and value not in ("是", "否"):
        return "只能写 是 或 否"
    return ""


@rule
@whole
def metrics_read_real_columns(catalog: Catalog, on: date) -> Iterator[Problem]:
    for key, metric in catalog.all("metrics"):
        assert isinstance(metric, Metric)
        for at, basis in enumerate(metric.bases):
            for side in ("numerator", "denominator"):
                measure = getattr(basis, side)
                if measure is None:
                    continue
                register = catalog[measure.register_.key]
                assert isinstance(register, Register)
                columns = {column.id: column for column in register.columns}
                path = ("bases", at, side)
                for row, filtered in enumerate(measure.where):
                    for name in filter(None, (filtered.column, filtered.not_after, filtered.after)):
                        if name not in columns:
                            yield Problem(catalog.place(key, (*path, "where", row)), f"台账里没有 {name} 这一列", f"可用：{'、'.join(columns)}")
                    column = columns.get(filtered.column)
                    for value in filter(None, (filtered.is_, filtered.not_, *filtered.in_)):
                        if column and (wrong := misfit(column.type, tuple(map(str, column.options)), value)):
                            yield Problem(catalog.place(key, (*path, "where", row)), f"条件值“{value}”{wrong}", "")
                if measure.sum and measure.sum not in columns:
                    yield Problem(catalog.place(key, (*path, "sum")), f"台账里没有 {measure.sum} 这一列", f"可用：{'、'.join(columns)}")


_ARTICLE = re.compile(rf"第{citation._N}条(?!规定动作)")


@node_rule(Text)
def article_numbers_name_their_law(catalog: Catalog, key: Key, path: tuple[str | int, ...], value: Text) -> Iterator[Problem]:
    if key.kind not in ("laws", "coverage") and (wrong := unbound(value)):
        yield Problem(catalog.place(key, path), f"“{wrong}”没有写明是哪一件法", "写出名称：《全称》第几条，或者放进 cites")


@rule
def article_numbers_in_prose_name_their_law(catalog: Catalog, on: date) -> Iterator[Problem]:
    for page in catalog.pages.values():
        for number, row in enumerate(page.body.splitlines(), 1):
            if wrong := unbound(re.sub(r"\{[{%#].*?[}%#]\}|`[^`]*`", "", row)):
                yield Problem(Place(page.file, number), f"“{wrong}”没有写明是哪一件法", "写出名称：《全称》第几条，或者放进 cites")


def unbound(text: str) -> str:
    """An article number in running text that no instrument stands in front of; or ""."""
    if "条" not in text and "款" not in text:
        return ""
    if found := citation.UNBOUND.search(text):
        return found[0]
    covered = [span for span, cited in citation.written(text) if cited.start]
    for found in _ARTICLE.finditer(text):
        if not any(begin <= found.start() < end for begin, end in covered):
            return found[0]
    return ""


@node_rule(Text)
def old_names_are_not_used(catalog: Catalog, key: Key, path: tuple[str | int, ...], value: Text) -> Iterator[Problem]:
    if key.kind not in ("laws", "roles", "terms", "changes", "questions") and "aliases" not in path and (found := outdated(catalog, value)):
        yield Problem(catalog.place(key, path), *found)


@rule
def old_names_are_not_used_in_prose(catalog: Catalog, on: date) -> Iterator[Problem]:
    for page in catalog.pages.values():
        for number, row in enumerate(page.body.splitlines(), 1):
            if found := outdated(catalog, row):
                yield Problem(Place(page.file, number), *found)


def outdated(catalog: Catalog, text: str) -> tuple[str, str] | None:
    """(message, hint) for the first old name of a body in a text; one inside a name of today (矿山安监局) is none."""
    former, pattern, today = _former(catalog)
    if pattern is None or "旧称" in text or not (found := pattern.search(text)):
        return None
    covered = [span.span() for span in today.finditer(text)] if today else []
    for found in pattern.finditer(text):
        if not any(begin <= found.start() and found.end() <= end for begin, end in covered):
            return f"用了旧称“{found[0]}”", f"现称：{former[found[0]]}；讲历史的写明“旧称”"
    return None


Names = tuple[dict[str, str], re.Pattern[str] | None, re.Pattern[str] | None]


def _former(catalog: Catalog) -> Names:
    """Old names of bodies → today's, the pattern that finds them, and that of today's names which hold an old one."""
    if catalog not in _FORMER:
        roles = [role for _, role in catalog.all("roles")]
        names = {str(old.name): str(role.title) for role in roles for old in role.former}  # type: ignore[attr-defined]
        today = {str(name) for role in roles for name in (role.title, *role.aliases) if any(old in name for old in names)} - names.keys()
        _FORMER[catalog] = names, _any(names), _any(today)
    return _FORMER[catalog]


def _any(names: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the names, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))) if names else None


_FORMER: WeakKeyDictionary[Catalog, Names] = WeakKeyDictionary()

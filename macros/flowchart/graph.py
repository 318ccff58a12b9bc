"""A procedure as boxes and edges: what is drawn, and how large each box is. Knows no positions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from macros import citation, wording
from macros.catalog import Catalog
from macros.flowchart import text
from macros.models import Key
from macros.models.base import PLACEHOLDER, When
from macros.models.procedure import Next, Procedure, Step

TITLE, SMALL = 14, 12.5  # px; the smaller one decides what is legible on paper
LEAD = 1.35
STEM, DIAMOND, BAR = 10, (40, 26), 6  # line between a step and its diamond or bar
GATE_EDGE = 5


@dataclass(frozen=True, slots=True)
class Widths:
    """How many ems go into a line; tried from wide to narrow until a chart fits the paper."""

    title: float
    label: float
    gate: float


WIDTHS = (Widths(10, 11, 13), Widths(9, 9, 11), Widths(7, 7, 9), Widths(6, 6, 8), Widths(5, 5, 7))


@dataclass(slots=True)
class Box:
    """A thing with a size. ``mouth`` is what hangs under a step: choice, fork or nothing."""

    id: str
    kind: str  # start, step, label, join, stub, way (a place that an edge passes)
    width: float
    height: float
    lines: tuple[tuple[str, str], ...] = ()  # (class, text)
    mouth: str = ""
    gate: tuple[str, ...] = ()
    body: float = 0.0  # height of the step's rectangle
    link: str = ""
    runs: str = ""
    end: bool = False
    double: bool = False
    back: bool = False
    hint: str = ""  # title of the procedure that ``runs`` leads to

    @property
    def head(self) -> float:
        """Height of the gate above the rectangle."""
        return gate_height(self.gate)


@dataclass(frozen=True, slots=True)
class Edge:
    source: str
    target: str
    back: bool = False
    label: str = ""  # id of the box between source and target


@dataclass(slots=True)
class Graph:
    boxes: dict[str, Box] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def add(self, box: Box) -> str:
        self.boxes[box.id] = box
        return box.id


def gate_height(lines: tuple[str, ...]) -> float:
    return GATE_EDGE + len(lines) * SMALL * LEAD + 8 if lines else 0.0


def plain(catalog: Catalog, value: object) -> str:
    """Text without placeholders: parameters by their title, citations in short."""
    def name(found: re.Match[str]) -> str:
        if found["dollar"]:
            return "$"
        if found["cite"] is not None:
            cited = citation.parse(found["cite"])
            targets = catalog.targets(cited) if cited else ()
            return wording.chip(catalog[targets[0]], targets[0].part) if targets else found["cite"]  # type: ignore[arg-type]
        key = Key("parameters", found["id"])
        return str(catalog[key].title) if key in catalog.entities else "待填"

    return PLACEHOLDER.sub(name, str(value))


def condition(catalog: Catalog, procedure: Procedure, when: object) -> str:
    if isinstance(when, When):
        fact = plain(catalog, procedure.facts.get(when.fact, when.fact))
        return f"不属于：{fact}" if when.negated else fact
    return plain(catalog, when)


def steps_of(procedure: Procedure, variant: str | None) -> tuple[Step, ...]:
    """The steps as a variant does them: fields changed, steps dropped (ways led past them) and added."""
    change = procedure.variants.get(variant) if variant else None  # type: ignore[call-overload]
    if change is None:
        return procedure.steps
    steps = list(procedure.steps)
    for at, step in enumerate(steps):
        if step.id in change.steps:
            new = change.steps[step.id]
            steps[at] = step.model_copy(update={name: value for name in ("title", "actor") if (value := getattr(new, name))})
    for added in change.add:
        at = next((at for at, step in enumerate(steps) if step.id == added.after), len(steps) - 1)
        before = steps[at]
        if not added.next:
            added = added.model_copy(update={"next": before.next})
            before = before.model_copy(update={"next": (Next(to=added.id),)})
        elif all(edge.to != added.id for edge in before.next):
            reached = {edge.to for edge in added.next}
            kept = tuple(edge for edge in before.next if edge.to not in reached)
            before = before.model_copy(update={"next": (*kept, Next(to=added.id))})
        steps[at:at + 1] = [before, added]
    for gone in change.drop:
        past = next((step.next for step in steps if step.id == gone), ())
        past = tuple(edge for edge in past if not edge.back)
        steps = [step.model_copy(update={"next": tuple(_past(step.next, gone, past))}) for step in steps if step.id != gone]
    return tuple(steps)


def _past(edges: Iterable[Next], gone: str, past: tuple[Next, ...]) -> list[Next]:
    found: list[Next] = []
    for edge in edges:
        if edge.to != gone:
            found.append(edge)
        elif not edge.back:
            for way in past:
                when = "；".join(str(part) for part in (edge.when, way.when) if isinstance(part, str)) or edge.when or way.when
                if all(one.to != way.to or one.back for one in edges if one is not edge):
                    found.append(Next(to=way.to, when=when))
    return found


def ordered(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Sources before targets, an end right after what leads to it; else the order of the file."""
    into = {step.id: 0 for step in steps}
    for step in steps:
        for edge in step.next:
            if not edge.back and edge.to in into:
                into[edge.to] += 1
    left, out = list(steps), []
    while left:
        ready = [step for step in left if into[step.id] == 0] or left[:1]
        step = next((step for step in ready if out and all(edge.back for edge in step.next)), ready[0])
        left.remove(step)
        out.append(step)
        for edge in step.next:
            if not edge.back and edge.to in into:
                into[edge.to] -= 1
    return tuple(out)


class Builder:
    """Boxes and edges of one chart, or of one part of it."""

    def __init__(self, catalog: Catalog, key: Key, href: Callable[[Key], str], variant: str | None) -> None:
        self.catalog, self.key, self.href = catalog, key, href
        self.procedure: Procedure = catalog[key]  # type: ignore[assignment]
        self.steps = steps_of(self.procedure, variant)
        self.ordered = ordered(self.steps)
        self.number = {step.id: at for at, step in enumerate(self.steps, 1)}
        self.by_id = {step.id: step for step in self.steps}
        self.into: dict[str, list[tuple[Step, Next]]] = {step.id: [] for step in self.steps}
        for step in self.steps:
            for edge in step.next:
                if edge.to in self.into:
                    self.into[edge.to].append((step, edge))

    def next(self, step: Step) -> list[Next]:
        return [edge for edge in step.next if edge.to in self.by_id]

    # -- boxes

    def mouth(self, step: Step) -> str:
        edges = self.next(step)
        if len(edges) < 2:
            return ""
        return "choice" if any(edge.when for edge in edges) else "fork"

    def step(self, step: Step, widths: Widths) -> Box:
        lines = [("fc-title", line) for line in text.wrap(f"{self.number[step.id]} {plain(self.catalog, step.title)}", widths.title)]
        actor = self.catalog.entities.get(step.actor.key)
        if actor is not None:
            lines += [("fc-actor", line) for line in text.wrap(str(actor.title), widths.title * TITLE / SMALL)]
        if step.when and not self._said(step):
            only = f"（只在：{condition(self.catalog, self.procedure, step.when)}）"
            lines += [("fc-actor", line) for line in text.cut(text.wrap(only, widths.title * TITLE / SMALL), 3)]
        width = max(96.0, *(text.ems(line) * size(kind) for kind, line in lines)) + 22
        gate: tuple[str, ...] = ()
        if step.gate:
            gate = text.cut(text.wrap(f"门槛：{plain(self.catalog, step.gate.text)}", widths.gate), 4)
            width = max(width, max(text.ems(line) for line in gate) * SMALL + 16)
        target, runs = None, ""
        if step.runs:
            width = max(width + 8, text.ems(lines[-1][1]) * size(lines[-1][0]) + 56)  # room for the sign of the link
            target = self.catalog.entities.get(step.runs.key.whole)
            runs = self.href(step.runs.key) if target is not None else ""
        body = sum(size(kind) * LEAD for kind, _ in lines) + (22 if step.runs else 14)
        mouth = self.mouth(step)
        foot = STEM + (DIAMOND[1] if mouth == "choice" else BAR) if mouth else 0
        return Box(step.id, "step", width, gate_height(gate) + body + foot, tuple(lines), mouth, gate, body,
                   f"#step-{step.id}", runs, end=not any(not edge.back for edge in step.next),
                   hint=str(target.title) if target is not None else "", double=bool(step.runs))

    def _said(self, step: Step) -> bool:
        """Every way in already carries the condition of the step."""
        into = [edge for _, edge in self.into[step.id] if not edge.back]
        return bool(into) and all(edge.when == step.when for edge in into)

    def label(self, name: str, words: str, widths: Widths, back: bool) -> Box:
        lines = text.cut(text.wrap(words, widths.label), 5)
        width = max(text.ems(line) for line in lines) * SMALL + 8
        return Box(name, "label", width, len(lines) * SMALL * LEAD + 6, tuple(("fc-label", line) for line in lines), back=back)

    def pill(self, name: str, kind: str, words: str, limit: float, link: str = "", back: bool = False) -> Box:
        lines = text.cut(text.wrap(words, limit), 4)
        width = max(text.ems(line) for line in lines) * SMALL + 26
        return Box(name, kind, width, len(lines) * SMALL * LEAD + 10, tuple(("fc-stub", line) for line in lines), link=link, back=back)

    # -- the graph

    def graph(self, part: tuple[str, ...], widths: Widths) -> Graph:
        """The steps of a part; ways to other parts end in a pill that says where they go on."""
        graph, inside = Graph(), set(part)
        for step_id in part:
            graph.add(self.step(self.by_id[step_id], widths))
        for step_id in part:
            self._in(graph, step_id, inside, widths)
        for step_id in part:
            self._out(graph, self.by_id[step_id], inside, widths)
        return graph

    def _in(self, graph: Graph, step_id: str, inside: set[str], widths: Widths) -> None:
        forward = [(step, edge) for step, edge in self.into[step_id] if not edge.back]
        sure = self.sure(step_id) if self.joins(step_id) else []
        outer = sorted(self.number[step.id] for step, _ in forward if step.id not in inside and step not in sure)
        waited = sorted(self.number[step.id] for step in sure if step.id not in inside)
        join = len(sure) - len(waited) + bool(waited) > 1
        if join:
            graph.add(Box(f"join.{step_id}", "join", 96 + 12 * len(sure), BAR))
            graph.edges.append(Edge(f"join.{step_id}", step_id))
        if not forward:
            when = plain(self.catalog, self.procedure.starts_when or "")
            words = f"开始：{when}" if when and step_id == self.ordered[0].id else "开始"
            start = graph.add(self.pill(f"start.{step_id}", "start", words, 20))
            graph.edges.append(Edge(start, step_id))
        for name, numbers in (("from", outer), ("wait", waited)):
            if numbers:
                words = f"接第{'、'.join(map(str, dict.fromkeys(numbers)))}步" + ("（都完成）" if name == "wait" and len(numbers) > 1 else "")
                stub = graph.add(self.pill(f"{name}.{step_id}", "stub", words, 14, f"#step-{self.steps[numbers[0] - 1].id}"))
                graph.edges.append(Edge(stub, f"join.{step_id}" if join and name == "wait" else step_id))

    def sure(self, step_id: str) -> list[Step]:
        """Where one comes from in any case: no condition but, at most, that of going back."""
        return [step for step, edge in self.into[step_id]
                if not edge.back and not edge.when and not any(other.when and not other.back for other in self.next(step))]

    def joins(self, step_id: str) -> bool:
        """Waits for several ways in."""
        return len(self.sure(step_id)) > 1 and self.by_id[step_id].join == "all"

    def _out(self, graph: Graph, step: Step, inside: set[str], widths: Widths) -> None:
        mouth = self.mouth(step)
        other = "其他情形，同时" if sum(not edge.when for edge in step.next) > 1 else "其他情形"
        for at, edge in enumerate(self.next(step)):
            words = condition(self.catalog, self.procedure, edge.when) if edge.when else other if mouth == "choice" else ""
            label = graph.add(self.label(f"label.{step.id}.{at}", words, widths, edge.back)) if words else ""
            target = edge.to
            if target not in inside:
                name = f"{'退回' if edge.back else '转'}第{self.number[target]}步 {plain(self.catalog, self.by_id[target].title)}"
                target = graph.add(self.pill(f"to.{step.id}.{at}", "stub", name, widths.label + 1, f"#step-{target}", edge.back))
                graph.edges.append(Edge(step.id, target, label=label))
                continue
            if not edge.back and f"join.{target}" in graph.boxes and step in self.sure(target) and not edge.when:
                target = f"join.{target}"
            graph.edges.append(Edge(step.id, target, edge.back, label))


def size(kind: str) -> float:
    return TITLE if kind == "fc-title" else SMALL


__all__ = ["WIDTHS", "Box", "Builder", "Edge", "Graph", "Widths"]

"""Where boxes stand and how lines run between them.

Graphviz gives the rows, the order in a row and x. Every line then passes each row at a place of its
own (a ``way``), so between two rows it only has to shift sideways: it can cross no box, and the
heights of rows and gaps are ours.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

import pygraphviz

from macros.flowchart.graph import BAR, DIAMOND, Box, Edge, Graph

MARGIN, BESIDE = 10, 18
TRACK, ABOVE, BELOW = 11, 9, 15  # between parallel lines; free above the first and below the last (arrow)
BROAD = 4  # ways out of one step
Point = tuple[float, float]


@dataclass(slots=True)
class Line:
    """A drawn line from box to box; ``arrow`` where it ends at something that is done."""

    source: str
    target: str
    points: list[Point]
    back: bool
    arrow: bool


@dataclass(slots=True)
class Plan:
    boxes: dict[str, Box]
    place: dict[str, Point] = field(default_factory=dict)  # centre x, top y
    lines: list[Line] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class _Net:
    """Lines that share one horizontal stretch in a gap."""

    tops: list[float]
    bottoms: list[float]
    track: int = 0

    @property
    def span(self) -> tuple[float, float]:
        every = self.tops + self.bottoms
        return min(every), max(every)

    @property
    def flat(self) -> bool:
        return self.span[1] - self.span[0] < 0.5


def _dot(boxes: dict[str, tuple[float, float]], edges: list[tuple[str, str, int]], low: dict[tuple[str, str], int] | None = None) -> dict[str, Point]:
    """Centre of every box by Graphviz, y growing downwards."""
    # Names are our own counters and the graph goes in and out as text: many times faster than attribute by attribute.
    number = {name: at for at, name in enumerate(boxes)}
    rows = [f"digraph{{graph[nodesep={BESIDE / 72:.4f},ranksep=0.3]node[shape=box,fixedsize=true,label=\"\"]"]
    rows += [f"{number[name]}[width={width / 72:.4f},height={height / 72:.4f}]" for name, (width, height) in boxes.items()]
    rows += [f"{number[source]}->{number[target]}[weight={weight},minlen={(low or {}).get((source, target), 1)}]" for source, target, weight in edges]
    graph = pygraphviz.AGraph(string="\n".join([*rows, "}"]))
    plain = graph.draw(format="plain", prog="dot").decode()
    graph.close()
    names = list(boxes)
    found = {}
    for row in plain.splitlines():
        if row.startswith("node "):
            _, at, x, y, *_ = row.split(" ")
            found[names[int(at)]] = (float(x) * 72, -float(y) * 72)
    return {name: found[name] for name in boxes}


def _ranks(places: dict[str, Point]) -> dict[str, int]:
    rows = sorted({round(y, 1) for _, y in places.values()})
    return {name: rows.index(round(y, 1)) for name, (_, y) in places.items()}


def _spine(graph: Graph) -> set[tuple[str, str]]:
    """The edges of the longest way: kept straight, so that the eye can follow it down."""
    out: dict[str, list[str]] = {}
    for edge in graph.edges:
        if not edge.back:
            out.setdefault(edge.source, []).append(edge.target)
    length: dict[str, int] = {}

    def far(name: str) -> int:
        if name not in length:
            length[name] = 0
            length[name] = 1 + max((far(target) for target in out.get(name, ())), default=0)
        return length[name]

    if not graph.edges:
        return set()
    at = max((edge.source for edge in graph.edges), key=far)
    found = set()
    while out.get(at):
        after = max(out[at], key=far)
        found.add((at, after))
        at = after
    return found


class _Layout:
    def __init__(self, graph: Graph, stagger: bool) -> None:
        self.graph, self.stagger = graph, stagger
        self.boxes = dict(graph.boxes)
        self.spine = _spine(graph)
        self.chains: list[tuple[Edge, list[str]]] = []  # forward: source … target; back: source, label, ways up …, target
        self.links: list[tuple[str, str, int]] = []

    def run(self) -> Plan:
        self._rows()
        self._columns()
        self._route()
        return self._draw()

    # -- rows

    def _rows(self) -> None:
        pairs: list[tuple[str, str, int]] = []
        for edge in self.graph.edges:
            if edge.back:
                continue
            heavy = 10 if (edge.source, edge.target) in self.spine else 1
            if edge.label:
                pairs += [(edge.source, edge.label, 40), (edge.label, edge.target, heavy)]
            else:
                pairs.append((edge.source, edge.target, heavy * 4))
        boxes = {name: (box.width, box.height) for name, box in self.boxes.items() if not (box.kind == "label" and box.back) or self._forward(name)}
        self.rank = _ranks(_dot(boxes, pairs, self._lower() if self.stagger else None))

    def _lower(self) -> dict[tuple[str, str], int]:
        """Of a broad choice or fork, every other branch begins below its neighbours: half as wide, a row more."""
        found = {}
        for source in self.boxes:
            fan = [edge for edge in self.graph.edges if edge.source == source and not edge.back]
            for edge in fan[1::2] if len(fan) >= BROAD else ():
                found[source, edge.label or edge.target] = 3 if edge.label else 2
        return found

    def _forward(self, label: str) -> bool:
        return any(edge.label == label and not edge.back for edge in self.graph.edges)

    def _way(self, rank: int) -> str:
        name = f"way.{len(self.boxes)}"
        self.boxes[name] = Box(name, "way", 6, 4)
        self.rank[name] = rank
        return name

    def _columns(self) -> None:
        for edge in self.graph.edges:
            if not edge.back:
                self._chain(edge)
        for edge in self.graph.edges:
            if edge.back:
                self._chain_back(edge)
        sizes = {name: (box.width, box.height) for name, box in self.boxes.items()}
        places = _dot(sizes, self.links)
        low = min(x - self.boxes[name].width / 2 for name, (x, _) in places.items())
        self.x = {name: x - low + MARGIN for name, (x, _) in places.items()}
        self.rank = _ranks(places)
        self.rows: list[list[str]] = [[] for _ in range(max(self.rank.values()) + 1)]
        for name in sorted(self.rank, key=lambda name: self.x[name]):
            self.rows[self.rank[name]].append(name)
        self._straighten()

    def _straighten(self) -> None:
        """Take small steps out of lines: ways, then labels, move under what they come from where there is room."""
        for edge, chain in self.chains:
            if edge.back:
                continue
            for first in range(1, len(chain)):
                if self.boxes[chain[first]].kind == "way" and self.boxes[chain[first - 1]].kind != "way":
                    run = list(itertools.takewhile(lambda name: self.boxes[name].kind == "way", chain[first:]))
                    self._move(run, self.x[chain[first - 1]])
            if edge.label and chain[-2] == edge.label:
                if tail := self._tail(edge.target):
                    self._move(tail, self.x[edge.label])
                self._move([edge.label], self.x[edge.target])

    def _tail(self, name: str) -> list[str]:
        """A thread without branches from here to its end, all in one line; else nothing."""
        tail = [name]
        while True:
            into = [one for one, other, _ in self.links if other == tail[-1]]
            out = [other for one, other, _ in self.links if one == tail[-1]]
            if len(into) != 1 or len(out) > 1 or abs(self.x[tail[-1]] - self.x[name]) > 0.5:
                return []
            if not out:
                return tail
            tail.append(out[0])

    def _move(self, names: list[str], x: float) -> None:
        if abs(x - self.x[names[0]]) > 40:
            return
        widest = max(self.boxes[name].width for name in names)
        for name in names:
            row = self.rows[self.rank[name]]
            at = row.index(name)
            for other in row[max(0, at - 1):at] + row[at + 1:at + 2]:
                free = abs(self.x[other] - x) - (self.boxes[other].width + self.boxes[name].width) / 2
                if free < BESIDE / 2 or (self.x[other] > x) != (self.x[other] > self.x[name]):
                    return
        if x - widest / 2 < MARGIN:
            return
        self.x.update(dict.fromkeys(names, x))

    def _chain(self, edge: Edge) -> None:
        chain = [edge.source]
        heavy = (edge.source, edge.target) in self.spine
        for stop in filter(None, (edge.label, edge.target)):
            chain += [self._way(rank) for rank in range(self.rank[chain[-1]] + 1, self.rank[stop])]
            chain.append(stop)
        for one, other in itertools.pairwise(chain):
            ways = (self.boxes[one].kind == "way") + (self.boxes[other].kind == "way")
            self.links.append((one, other, 60 if heavy else (2, 4, 12)[ways]))
        self.chains.append((edge, chain))

    def _chain_back(self, edge: Edge) -> None:
        low, high = self.rank[edge.source], self.rank[edge.target]
        lane = edge.label or self._way(low)
        self.rank[lane] = low
        chain = [edge.source, lane]
        for rank in range(low - 1, high - 1, -1):
            chain.append(self._way(rank))
            self.links.append((chain[-1], chain[-2], 12))
        # Keep the lane near what it belongs to: under what leads to its target, beside its source.
        before = next((one for one, other, _ in self.links if other == edge.target), None)
        if before:
            self.links.append((before, chain[-1], 1))
        after = next((other for one, other, _ in self.links if one == edge.source and self.rank[other] == low + 1), None)
        if after:
            self.links.append((lane, after, 2))
        self.chains.append((edge, [*chain, edge.target]))

    # -- lines in the gaps

    def _beside(self, source: str, lane: str) -> int:
        """-1 or 1 when the lane stands directly left or right of its source, else 0."""
        row = self.rows[self.rank[source]]
        step = row.index(lane) - row.index(source)
        return step if abs(step) == 1 and self.boxes[source].mouth == "choice" else 0

    def _route(self) -> None:
        """Ports and nets: which stretch of which gap every piece of a line uses."""
        self.nets: list[list[_Net]] = [[] for _ in range(len(self.rows) + 1)]  # gap g lies above row g
        self.hops: dict[int, list[tuple[str, object]]] = {}
        self.into: dict[str, int] = {}
        fan: dict[tuple[str, int], list[tuple[int, str]]] = {}
        arrivals: dict[str, list[int]] = {}
        for at, (edge, chain) in enumerate(self.chains):
            if edge.back:
                arrivals.setdefault(edge.target, []).append(at)
                continue
            for one, other in itertools.pairwise(chain):
                fan.setdefault((one, self.rank[other]), []).append((at, other))
                self.into[other] = self.into.get(other, 0) + 1
        self.join: dict[tuple[str, str], float] = {}
        for name, box in self.boxes.items():
            if box.kind == "join":
                self._join(name, [one for one, gap in fan if any(other == name for _, other in fan[one, gap])])
        self.port: dict[int, float] = {}
        for target, lanes in arrivals.items():
            self._ports(target, lanes)
        shared: dict[tuple[object, ...], _Net] = {}
        for at, (edge, chain) in enumerate(self.chains):
            hops: list[tuple[str, object]] = []
            if not edge.back:
                for one, other in itertools.pairwise(chain):
                    gap = self.rank[other]
                    many = len(fan[(one, gap)]) > 1
                    dashed = self._dashed(edge)
                    name = ("out", one, gap) if many else ("in", other, gap, dashed)
                    if self.boxes[other].kind == "join":
                        name = ("join", one, other)
                    net = shared.get(name)
                    if net is None:
                        net = shared[name] = _Net([], [])
                        self.nets[gap].append(net)
                    enter = self._enter(one, other, many)
                    net.tops.append(self.x[one])
                    net.bottoms.append(enter)
                    hops.append((other, (net, enter)))
            else:
                source, lane, *ways = chain[:-1]
                row = self.rank[source]
                if not self._beside(source, lane):
                    net = _Net([self.x[source], self.x[lane]], [])
                    self.nets[row + 1].append(net)
                    hops.append((lane, (net, self.x[lane])))
                else:
                    hops.append((lane, None))
                for one, other in itertools.pairwise((lane, *ways)):
                    net = _Net([self.x[other]], [self.x[one]])
                    self.nets[self.rank[one]].append(net)
                    hops.append((other, (net, self.x[other])))
                net = _Net([], [self.x[chain[-2]], self.port[at]])
                self.nets[self.rank[edge.target]].append(net)
                hops.append((edge.target, (net, self.port[at])))
            self.hops[at] = hops
        for nets in self.nets:
            _tracks(nets)

    def _dashed(self, edge: Edge) -> bool:
        return edge.back or bool(edge.label and self.boxes[edge.label].back)

    def _join(self, name: str, sources: list[str]) -> None:
        """Where lines reach a bar: straight down, or side by side at its nearer end."""
        left, right = self.x[name] - self.boxes[name].width / 2 + 10, self.x[name] + self.boxes[name].width / 2 - 10
        sources = sorted(sources, key=self.x.__getitem__)
        beyond = [one for one in sources if self.x[one] > right]
        for at, one in enumerate(one for one in sources if self.x[one] < left):
            self.join[one, name] = left + 12 * at
        for at, one in enumerate(beyond):
            self.join[one, name] = right - 12 * (len(beyond) - 1 - at)
        for one in sources:
            self.join.setdefault((one, name), self.x[one])

    def _ports(self, target: str, lanes: list[int]) -> None:
        """Where lines that lead back reach the top of a step: beside its middle, on their side."""
        half = self.boxes[target].width / 2 - 12
        for side in (-1, 1):
            mine = [at for at in lanes if (self.x[self.chains[at][1][-2]] >= self.x[target]) == (side > 0)]
            mine.sort(key=lambda at: abs(self.x[self.chains[at][1][-2]] - self.x[target]))
            for row, at in enumerate(reversed(mine)):
                self.port[at] = self.x[target] + side * min(half, 22 + 14 * row)

    def _enter(self, one: str, other: str, many: bool) -> float:
        """Straight down where the other box is wide enough, else at its middle."""
        box = self.boxes[other]
        into = self.into[other]
        away = self.x[one] - self.x[other]
        if box.kind == "join":
            return self.join[one, other]
        if into == 1 and not many and box.kind in ("step", "join", "label", "stub") and abs(away) <= min(16, box.width / 2 - 14):
            return self.x[one]
        if into > 1 and many:
            return self.x[other] + max(-box.width / 2 + 14, min(box.width / 2 - 14, 30 if away > 0 else -30))
        return self.x[other]

    # -- heights and points

    def _draw(self) -> Plan:
        plan = Plan(self.boxes)
        y = float(MARGIN)
        self.gap: list[tuple[float, float]] = []
        for at, row in enumerate(self.rows):
            tracks = max((net.track + 1 for net in self.nets[at] if not net.flat), default=0)
            height = (ABOVE + TRACK * (tracks - 1) + BELOW) if tracks else (18 if at else 0)
            if at == 0 and not self.nets[0]:
                height = 0
            self.gap.append((y, y + height))
            y += height
            tall = max((self.boxes[name].height for name in row if not self._aside(name)), default=0)
            bottom = y + tall
            for name in row:
                box = self.boxes[name]
                top = y if box.kind == "label" else y + (tall - box.height) / 2
                plan.place[name] = (self.x[name], top)
            for source, lane in self._pairs(at):
                middle = plan.place[source][1] + self.boxes[source].height - DIAMOND[1] / 2
                top = max(y, middle - self.boxes[lane].height / 2)
                plan.place[lane] = (self.x[lane], top)
                bottom = max(bottom, top + self.boxes[lane].height)
            y = bottom
        last = self.nets[len(self.rows)]
        tracks = max((net.track + 1 for net in last), default=0)
        self.gap.append((y, y + ABOVE + TRACK * tracks))
        plan.height = y + (ABOVE + TRACK * tracks if tracks else 0) + MARGIN
        plan.width = max(self.x[name] + box.width / 2 for name, box in self.boxes.items()) + MARGIN
        for at, (edge, chain) in enumerate(self.chains):
            self._lines(plan, at, edge, chain)
        return plan

    def _aside(self, name: str) -> bool:
        return any(edge.back and edge.label == name for edge in self.graph.edges)

    def _pairs(self, row: int) -> list[tuple[str, str]]:
        return [(edge.source, chain[1]) for edge, chain in self.chains if edge.back and self.rank[edge.source] == row]

    def _y(self, net: _Net, gap: int) -> float:
        return self.gap[gap][0] + ABOVE + TRACK * net.track

    def _bottom(self, plan: Plan, name: str) -> float:
        return plan.place[name][1] + self.boxes[name].height

    def _lines(self, plan: Plan, at: int, edge: Edge, chain: list[str]) -> None:
        if edge.back:
            return self._line_back(plan, at, edge, chain)
        points = [(self.x[chain[0]], self._bottom(plan, chain[0]))]
        begin = chain[0]
        for name, hop in self.hops[at]:
            net, enter = hop  # type: ignore[misc]
            x = points[-1][0]
            if abs(enter - x) >= 0.5:
                level = self._y(net, self.rank[name])
                points += [(x, level), (enter, level)]
            if self.boxes[name].kind == "way":
                continue
            points.append((enter, plan.place[name][1]))
            plan.lines.append(Line(begin, name, points, self._dashed(edge), self.boxes[name].kind not in ("label", "join")))
            begin, points = name, [(self.x[name], self._bottom(plan, name))]

    def _line_back(self, plan: Plan, at: int, edge: Edge, chain: list[str]) -> None:
        source, lane = chain[:2]
        box = self.boxes[lane]
        row = self.rank[source]
        (first, hop), *rest = self.hops[at]
        top = plan.place[lane][1]
        if hop is None:
            side = self._beside(source, lane)
            middle = self._bottom(plan, source) - DIAMOND[1] / 2
            points = [(self.x[source] + side * DIAMOND[0] / 2, middle)]
            if edge.label:
                points.append((self.x[lane] - side * box.width / 2, middle))
            else:
                points.append((self.x[lane], middle))
        else:
            level = self._y(hop[0], row + 1)  # type: ignore[index]
            points = [(self.x[source], self._bottom(plan, source)), (self.x[source], level), (self.x[lane], level)]
            if edge.label:
                points.append((self.x[lane], top + box.height))
        if edge.label:
            plan.lines.append(Line(source, lane, points, True, False))
            points = [(self.x[lane], top)]
        for name, (net, x) in rest:  # type: ignore[misc]
            gap = self.rank[name] if name == edge.target else self.rank[name] + 1
            if abs(x - points[-1][0]) >= 0.5:
                level = self._y(net, gap)
                points += [(points[-1][0], level), (x, level)]
            if name == edge.target:
                points.append((x, plan.place[name][1]))
        plan.lines.append(Line(lane if edge.label else source, edge.target, points, True, True))


def _cost(upper: _Net, lower: _Net) -> int:
    """Crossings when one net's stretch lies above the other's; two verticals in one place are as bad as ten."""
    (a, b), (c, d) = upper.span, lower.span
    cost = 0
    for x in upper.bottoms:
        cost += c - 4 < x < d + 4
        for y in lower.tops:
            cost += 50 * (-5 < x - y < 5)
    for x in lower.tops:
        cost += a - 4 < x < b + 4
    return cost


def _tracks(nets: list[_Net]) -> None:
    """An order with few crossings, packed so that stretches that overlap lie on different tracks."""
    wide = [net for net in nets if not net.flat]
    if not wide:
        return
    cost = [[_cost(one, other) for other in wide] for one in wide]
    every = range(len(wide))
    if len(wide) <= 5:
        order = list(min(itertools.permutations(every), key=lambda order: sum(cost[a][b] for a, b in itertools.combinations(order, 2))))
    else:
        order = []
        for net in every:
            spots = [sum(cost[other][net] for other in order[:at]) + sum(cost[net][other] for other in order[at:]) for at in range(len(order) + 1)]
            order.insert(spots.index(min(spots)), net)
    for at, net in enumerate(order):
        wide[net].track = 0
        for other in order[:at]:
            (a, b), (c, d) = wide[net].span, wide[other].span
            if a < d + 8 and c < b + 8:
                wide[net].track = max(wide[net].track, wide[other].track + 1)


def broad(graph: Graph) -> bool:
    """Has a choice or fork that ``stagger`` makes narrower."""
    fans = [edge.source for edge in graph.edges if not edge.back]
    return any(fans.count(source) >= BROAD for source in set(fans))


def layout(graph: Graph, stagger: bool = False) -> Plan:
    return _Layout(graph, stagger).run()


__all__ = ["BAR", "DIAMOND", "Line", "Plan", "broad", "layout"]

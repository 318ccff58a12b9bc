"""A procedure's flowchart as inline SVG, made at build time.

Graphviz (in pygraphviz's wheel) only says where boxes stand; sizes and all text are ours, so the
picture is the same with and without fonts. Colours are the style sheet's: no fill or stroke here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from macros.catalog import Catalog
from macros.flowchart import graph, layout
from macros.flowchart.graph import BAR, DIAMOND, GATE_EDGE, LEAD, SMALL, STEM, TITLE, WIDTHS, Box, Builder
from macros.flowchart.layout import Line, Plan
from macros.models import Key
from macros.models.procedure import Procedure

# A4 with margins of 15 mm leaves 180 × 267 mm; print.css gives a chart at most 235 mm. The small text (12.5 px) is 8 pt or more
# when a chart of this size is scaled down to that.
WIDTH, HEIGHT = 780, 1030


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture: a whole procedure or a part of it."""

    steps: tuple[str, ...]
    plan: Plan


def charts(catalog: Catalog, key: Key, href: Callable[[Key], str], variant: str | None = None) -> list[Chart]:
    """The parts of a flowchart, each legible on A4; cut before gates where that is enough."""
    builder = Builder(catalog, key, href, variant)
    steps = tuple(step.id for step in builder.ordered)
    if not steps:
        return []
    below = depths(builder.graph(steps, WIDTHS[0]), 18)
    if max(end for _, end in below.values()) <= HEIGHT:
        whole = _fit(builder, steps)
        if whole.width <= WIDTH and whole.height <= HEIGHT or len(steps) < 4:
            return [Chart(steps, whole)]
    below = depths(builder.graph(steps, WIDTHS[1]), 32)
    place = [below[step] for step in steps]
    todo, done = _cuts(builder, place, 0, len(steps), HEIGHT), []
    while todo:
        begin, end = todo.pop(0)
        plan = _fit(builder, steps[begin:end])
        if (plan.height > HEIGHT or plan.width > WIDTH) and end - begin > 3:
            tall = max(row[1] for row in place[begin:end]) - min(row[0] for row in place[begin:end]) + 70
            todo[:0] = _cuts(builder, place, begin, end, tall * 0.7)
        else:
            done.append(Chart(steps[begin:end], plan))
    return done


def depths(found: graph.Graph, gap: float) -> dict[str, tuple[float, float]]:
    """From where to where each box reaches at least, were every way as short as can be."""
    into: dict[str, list[str]] = {}
    for edge in found.edges:
        if not edge.back:
            stops = [edge.source, *filter(None, (edge.label, edge.target))]
            for one, other in zip(stops, stops[1:], strict=False):
                into.setdefault(other, []).append(one)
    place: dict[str, tuple[float, float]] = {}

    def at(name: str) -> tuple[float, float]:
        if name not in place:
            top = max((at(other)[1] + gap for other in into.get(name, ())), default=0.0)
            place[name] = (top, top + found.boxes[name].height)
        return place[name]

    return {name: at(name) for name in found.boxes}


def _wide(found: graph.Graph) -> float:
    """A width that no layout of the graph goes below: the conditions under its broadest choice."""
    rows: dict[str, list[float]] = {}
    for edge in found.edges:
        if edge.label and not edge.back:
            rows.setdefault(edge.source, []).append(found.boxes[edge.label].width)
    return max((sum(row) + layout.BESIDE * (len(row) - 1) for row in rows.values()), default=0.0) + 20


def _fit(builder: Builder, part: tuple[str, ...]) -> Plan:
    """The widest text with which a part still fits the paper; else the narrowest picture."""
    best: Plan | None = None
    wanted = {False: WIDTHS[0].label, True: WIDTHS[0].label}
    for at, stagger in ((0, False), (1, False), (2, False), (0, True), (1, True), (2, True), (3, False), (3, True), (4, False), (4, True)):
        widths = WIDTHS[at]
        last = widths is WIDTHS[-1]
        if widths.label > wanted[stagger] and not last:
            continue
        found = builder.graph(part, widths)
        if (stagger and not layout.broad(found)) or (not stagger and not last and _wide(found) > WIDTH):
            continue
        plan = layout.layout(found, stagger)
        if plan.width <= WIDTH and (plan.height <= HEIGHT or not stagger):
            return plan
        wanted[stagger] = widths.label * (WIDTH / plan.width) * 1.15  # what cannot be enough is not tried
        best = plan if best is None or plan.width < best.width else best
    assert best
    return best


def _cuts(builder: Builder, below: list[tuple[float, float]], first: int, last: int, room: float) -> list[tuple[int, int]]:
    """Divide some steps: few parts that keep to the room, at gates and across few edges where that is to be had."""
    steps = builder.ordered
    at = {step.id: row for row, step in enumerate(steps)}
    ways = {(at[step.id], at[edge.to]) for step in steps for edge in builder.next(step)}
    price = {place: 0.12 * sum(min(way) < place <= max(way) for way in ways) - (0.5 if steps[place].gate else 0) for place in range(first + 1, last)}

    def part(begin: int, end: int) -> float:
        rows = below[begin:end]
        tall = max(row[1] for row in rows) - min(row[0] for row in rows) + 70
        return 1.2 + max(0.0, tall / room - 1) * 20 + max(0.0, 0.5 - tall / room) + 1.5 * (end - begin < 3)

    best: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {first: (0.0, ())}
    for end in range(first + 1, last + 1):
        best[end] = min((best[begin][0] + part(begin, end) + price.get(begin, 0.0), (*best[begin][1], (begin, end)))
                        for begin in range(first, end) if (begin, end) != (first, last) or room >= HEIGHT)
    return list(best[last][1])


def draw(catalog: Catalog, key: Key, href: Callable[[Key], str], variant: str | None = None) -> Markup:
    """One or several ``<svg>``; each step links to its place on the page, a double border to the procedure taken in."""
    procedure: Procedure = catalog[key]  # type: ignore[assignment]
    parts = charts(catalog, key, href, variant)
    prefix = "-".join(("fc", key.id, *((variant,) if variant else ())))
    out = []
    for at, chart in enumerate(parts, 1):
        title = f"{procedure.title}流程图" + ("（续）" if at > 1 else "")
        if len(parts) > 1 and at > 1:
            out.append(Markup('<p class="fc-part">{}</p>\n').format(f"{procedure.title}（续{'' if at == 2 else at - 1}）"))
        out.append(_svg(chart, f"{prefix}-{at}", title, procedure))
    return Markup("").join(out)


def source(catalog: Catalog, key: Key) -> str:
    """All that a drawing depends on, as text: equal text, equal drawing."""
    from macros.flowchart.graph import condition, plain

    procedure: Procedure = catalog[key]  # type: ignore[assignment]
    rows = [str(key), procedure.title, plain(catalog, procedure.starts_when or "")]
    for variant in (None, *procedure.variants):
        for step in graph.steps_of(procedure, variant):
            actor = catalog.entities.get(step.actor.key)
            runs = step.runs.key if step.runs else None
            target = catalog.entities.get(runs) if runs else None
            rows.append("\t".join((
                variant or "", step.id, plain(catalog, step.title), str(step.actor), str(actor.title) if actor else "",
                condition(catalog, procedure, step.when) if step.when else "", plain(catalog, step.gate.text) if step.gate else "",
                f"{runs} {getattr(target, 'title', '')} {getattr(target, 'depth', '')}" if runs else "", step.join,
                *(f"{edge.to}|{edge.back}|{condition(catalog, procedure, edge.when) if edge.when else ''}" for edge in step.next))))
    return "\n".join(rows)


# -- SVG


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _svg(chart: Chart, prefix: str, title: str, procedure: Procedure) -> Markup:
    plan = chart.plan
    width, height = round(plan.width), round(plan.height)
    choices = sum(box.mouth == "choice" for box in plan.boxes.values())
    back = sum(line.back and line.arrow for line in plan.lines)
    told = f"{len(chart.steps)} 个步骤，{choices} 处判断，{back} 处退回。同样的内容见文字版。"
    # Not role="img": what is in an image has no links for a screen reader, and these are to be used.
    out = [(f'<svg role="graphics-document document" aria-roledescription="流程图" class="fc" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
           f'aria-labelledby="{prefix}-title {prefix}-desc" xmlns="http://www.w3.org/2000/svg">'),
           f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(told)}</desc>']
    for line in sorted(plan.lines, key=lambda line: not line.back):  # a way on covers a way back where both leave together
        out.append(_line(line))
    for name, box in plan.boxes.items():
        if box.kind != "way":
            out.extend(_box(box, *plan.place[name], prefix))
    out.append("</svg>\n")
    return Markup("\n".join(out))


def _line(line: Line) -> str:
    kind = "fc-edge fc-back" if line.back else "fc-edge"
    path = f'<path class="{kind}" d="{_path(line.points, 7 if line.arrow else 0)}"/>'
    if line.arrow:
        x, y = line.points[-1]
        kind = "fc-arrow fc-arrow-back" if line.back else "fc-arrow"
        path += f'<path class="{kind}" d="M{_n(x)} {_n(y)}l-4.5 -9h9z"/>'
    return path


def _path(points: list[tuple[float, float]], short: float) -> str:
    """A line with rounded corners; shortened at its end to leave room for the arrow."""
    points = [point for at, point in enumerate(points) if not at or point != points[at - 1]]
    *rest, (x, y) = points
    points = [*rest, (x, y - short)]
    out = [f"M{_n(points[0][0])} {_n(points[0][1])}"]
    for at in range(1, len(points) - 1):
        (x0, y0), (x1, y1), (x2, y2) = points[at - 1:at + 2]
        near, far = abs(x1 - x0) + abs(y1 - y0), abs(x2 - x1) + abs(y2 - y1)
        r = min(6, near / 2, far / 2)
        ax, ay = x1 - r * _sign(x1 - x0), y1 - r * _sign(y1 - y0)
        bx, by = x1 + r * _sign(x2 - x1), y1 + r * _sign(y2 - y1)
        out.append(f"L{_n(ax)} {_n(ay)}Q{_n(x1)} {_n(y1)} {_n(bx)} {_n(by)}")
    out.append(f"L{_n(points[-1][0])} {_n(points[-1][1])}")
    return "".join(out)


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _rect(kind: str, x: float, y: float, width: float, height: float, round_: float = 0) -> str:
    corner = f' rx="{_n(round_)}"' if round_ else ""
    return f'<rect class="{kind}" x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{corner}/>'


def _text(lines: tuple[tuple[str, str], ...], x: float, top: float, more: str = "") -> Iterator[str]:
    y = top
    for kind, line in lines:
        high = graph.size(kind)
        y += high * LEAD
        base = y - high * LEAD / 2 + high * 0.36
        heavy = ' font-weight="600"' if kind == "fc-title" else ""
        yield f'<text class="fc-text {kind}{more}"{heavy} x="{_n(x)}" y="{_n(base)}" font-size="{_n(high)}" text-anchor="middle">{escape(line)}</text>'


def _box(box: Box, x: float, y: float, prefix: str) -> Iterator[str]:
    left = x - box.width / 2
    if box.kind == "step":
        yield from _step(box, x, y, left)
    elif box.kind == "join":
        yield _rect("fc-bar", left, y, box.width, BAR)
    elif box.kind == "label":
        yield from _text(box.lines, x, y + 3, " fc-label-back" if box.back else "")
    else:
        yield f'<a href="{escape(box.link)}">' if box.link else "<g>"
        kind = {"start": "fc-start", "stub": "fc-cluster"}[box.kind]
        yield _rect(kind, left, y, box.width, box.height, min(16, box.height / 2))
        yield from _text(box.lines, x, y + 5)
        yield "</a>" if box.link else "</g>"


def _step(box: Box, x: float, y: float, left: float) -> Iterator[str]:
    if box.gate:
        yield _rect("fc-gate", left, y, box.width, box.head)
        yield _rect("fc-gate fc-gate-bar", left, y, box.width, GATE_EDGE)
        yield from _text(tuple(("fc-gate-text", line) for line in box.gate), x, y + GATE_EDGE)
    top = y + box.head
    yield f'<a href="{escape(box.link)}">'
    round_ = min(18, box.body / 2) if box.end else 3
    yield _rect("fc-node fc-end" if box.end else "fc-node", left, top, box.width, box.body, round_)
    if box.double:
        yield _rect("fc-run", left + 4, top + 4, box.width - 8, box.body - 8, max(1, round_ - 4))
    yield from _text(box.lines, x, top + (11 if box.double else 7))
    yield "</a>"
    if box.runs:
        yield (f'<a href="{escape(box.runs)}" aria-label="打开整套程序：{escape(box.hint)}"><text class="fc-text fc-more" x="{_n(left + box.width - 14)}" '
               f'y="{_n(top + box.body - 9)}" font-size="{_n(SMALL)}" text-anchor="middle">↗</text></a>')
    if box.mouth:
        foot = top + box.body
        yield f'<path class="fc-edge" d="M{_n(x)} {_n(foot)}v{_n(STEM)}"/>'
        if box.mouth == "choice":
            w, h = DIAMOND[0] / 2, DIAMOND[1] / 2
            yield f'<path class="fc-choice" d="M{_n(x)} {_n(foot + STEM)}l{_n(w)} {_n(h)}l{_n(-w)} {_n(h)}l{_n(-w)} {_n(-h)}z"/>'
            yield (f'<text class="fc-text fc-ask" x="{_n(x)}" y="{_n(foot + STEM + h + TITLE * 0.34)}" font-size="{SMALL}" '
                   f'text-anchor="middle">？</text>')
        else:
            yield _rect("fc-bar", x - min(42, box.width / 2), foot + STEM, min(84, box.width), BAR)


__all__ = ["Chart", "charts", "draw", "source"]

"""Flowcharts: every step and edge is drawn, nothing overlaps, text fits, and no font plays a part."""

import itertools
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

from macros import catalog as catalogs
from macros import flowchart, loader, prose
from macros.catalog import Catalog
from macros.flowchart import graph, text
from macros.flowchart.layout import Plan
from macros.models import Key
from macros.models.procedure import Procedure

ROOT = Path(__file__).resolve().parents[1]
SVG = "{http://www.w3.org/2000/svg}"


def href(key: Key) -> str:
    return f"@@/{key.kind}/{key.id}.html"


def read(root: Path = ROOT) -> Catalog:
    """The real data, leniently: a chart does not need all of it to be right."""
    return catalogs.build(loader.read(root / "data"), prose.read(root / "docs")[0])[0]


@pytest.fixture(scope="module")
def real() -> Catalog:
    return read()


def drawn(catalog: Catalog) -> list[tuple[Key, str | None]]:
    return [(key, variant) for key, procedure in catalog.all("procedures") if procedure.steps for variant in (None, *procedure.variants)]


@pytest.fixture(scope="module")
def every(real: Catalog) -> list[tuple[str, Key, str | None, list[flowchart.Chart]]]:
    return [(f"{key} {variant}", key, variant, flowchart.charts(real, key, href, variant)) for key, variant in drawn(real)]


def made(steps: list[dict], **more: object) -> tuple[Catalog, Key]:
    """A catalogue of one procedure."""
    rows = [{"actor": "clerk", "does": "做", "title": one["id"], "authority": "advice", **one} for one in steps]
    procedure = Procedure.model_validate({"title": "样例", "depth": "full", "level": ["县级部门"], "steps": rows, **more})
    key = Key("procedures", "sample")
    return Catalog({key: procedure}, {}, {}, {}, None, None), key  # type: ignore[arg-type]


def plans(steps: list[dict], **more: object) -> list[Plan]:
    catalog, key = made(steps, **more)
    return [chart.plan for chart in flowchart.charts(catalog, key, href)]


MIXED = [
    {"id": "a", "next": [{"to": "b"}, {"to": "c"}]},
    {"id": "b", "next": [{"to": "d"}]},
    {"id": "c", "runs": "sample", "next": [{"to": "d"}]},
    {"id": "d", "gate": {"text": "没有审核的，不得决定", "cites": ["行政处罚法:58.1"]},
     "next": [{"to": "e", "when": "通过"}, {"to": "f"}, {"to": "a", "when": "事实不清，退回重办", "back": True}]},
    {"id": "e"},
    {"id": "f"},
]


# -- geometry of all real procedures


def rectangle(plan: Plan, name: str) -> tuple[float, float, float, float]:
    (x, y), box = plan.place[name], plan.boxes[name]
    return x - box.width / 2, y, x + box.width / 2, y + box.height


def check(plan: Plan, where: str) -> None:
    shown = {name: rectangle(plan, name) for name, box in plan.boxes.items() if box.kind != "way"}
    for (one, a), (other, b) in itertools.combinations(shown.items(), 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, f"{where}: {one} lies on {other}"
    for name, (left, top, right, bottom) in shown.items():
        assert left >= 0, f"{where}: {name}"
        assert top >= 0, f"{where}: {name}"
        assert right <= plan.width, f"{where}: {name}"
        assert bottom <= plan.height, f"{where}: {name}"
        box = plan.boxes[name]
        for kind, line in box.lines:
            assert text.ems(line) * graph.size(kind) <= box.width - 4, f"{where}: {line} sticks out of {name}"
        for line in box.gate:
            assert text.ems(line) * graph.SMALL <= box.width - 4, f"{where}: {line} sticks out of the gate of {name}"
        inside = sum(graph.size(kind) * graph.LEAD for kind, _ in box.lines)
        assert inside <= (box.body or box.height), f"{where}: {name} is too low for its text"
    for line in plan.lines:
        for (x0, y0), (x1, y1) in itertools.pairwise(line.points):
            assert x0 == pytest.approx(x1) or y0 == pytest.approx(y1), f"{where}: {line.source} → {line.target} is oblique"
            assert -0.5 <= min(x0, x1) <= max(x0, x1) <= plan.width + 0.5, where
            assert -0.5 <= min(y0, y1) <= max(y0, y1) <= plan.height + 0.5, where
            for name, (left, top, right, bottom) in shown.items():
                if name in (line.source, line.target):
                    continue
                clear = max(x0, x1) <= left + 1 or min(x0, x1) >= right - 1 or max(y0, y1) <= top + 1 or min(y0, y1) >= bottom - 1
                assert clear, f"{where}: {line.source} → {line.target} runs through {name}"


def test_nothing_overlaps_and_text_fits(every: list) -> None:
    assert every
    for name, _, _, charts in every:
        for at, chart in enumerate(charts):
            check(chart.plan, f"{name} {at}")


def test_every_part_is_legible_on_a4(every: list) -> None:
    for name, _, _, charts in every:
        for chart in charts:
            scale = min(1, 180 / 25.4 * 96 / chart.plan.width, 235 / 25.4 * 96 / chart.plan.height)
            assert graph.SMALL * 0.75 * scale >= 8, f"{name}: {chart.steps}"


def ends(plan: Plan, start: str) -> set[str]:
    """Where the lines from a step lead, through labels and joins."""
    found: set[str] = set()
    todo = [start]
    while todo:
        at = todo.pop()
        for line in plan.lines:
            if line.source == at:
                (todo.append if plan.boxes[line.target].kind in ("label", "join") else found.add)(line.target)
    return found


def test_every_step_and_edge_is_drawn(real: Catalog, every: list) -> None:
    for _, key, variant, charts in every:
        steps = graph.steps_of(real[key], variant)  # type: ignore[arg-type]
        assert sorted(step for chart in charts for step in chart.steps) == sorted(step.id for step in steps), key
        for step in steps:
            plan = next(chart.plan for chart in charts if step.id in chart.steps)
            reached = {plan.boxes[name].link.removeprefix("#step-") if name.startswith("to.") else name for name in ends(plan, step.id)}
            assert reached == {edge.to for edge in step.next}, f"{key} {step.id}"
            for edge in step.next:
                if edge.when:
                    words = graph.condition(real, real[key], edge.when)  # type: ignore[arg-type]
                    labels = {"".join(line for _, line in box.lines).replace(" ", "") for name, box in plan.boxes.items() if name.startswith(f"label.{step.id}.")}
                    assert any(words.replace(" ", "").startswith(label.rstrip("…")) for label in labels), f"{key} {step.id} {words}"


def test_svg_is_well_formed_and_leaves_colours_to_css(real: Catalog) -> None:
    ids: set[str] = set()
    for key, _ in drawn(real):
        page = etree.fromstring(f"<div>{flowchart.draw(real, key, href)}</div>")
        steps = {f"#step-{step.id}" for step in real[key].steps}
        ids.clear()
        assert page.findall(f".//{SVG}svg"), key
        for node in page.iter(f"{SVG}*"):
            assert not {"fill", "stroke", "style", "onclick"} & set(node.attrib), key
            if node.get("id"):
                assert node.get("id") not in ids, key
                assert node.get("id").startswith(f"fc-{key.id}-"), key
                ids.add(node.get("id"))
            if node.tag == f"{SVG}a" and node.get("href").startswith("#"):
                assert node.get("href") in steps, key
        for svg in page.iter(f"{SVG}svg"):
            assert set(svg.get("aria-labelledby").split()) <= ids, key


# -- shapes


def test_shapes_of_a_small_chart() -> None:
    catalog, key = made(MIXED, facts={})
    (plan,) = [chart.plan for chart in flowchart.charts(catalog, key, href)]
    check(plan, "mixed")
    assert plan.boxes["a"].mouth == "fork"
    assert plan.boxes["d"].mouth == "choice"
    assert plan.boxes["c"].double
    assert plan.boxes["c"].runs == href(key)
    assert plan.boxes["join.d"].kind == "join"
    assert {line.source for line in plan.lines if line.target == "join.d"} == {"b", "c"}
    assert [line.target for line in plan.lines if line.back and line.arrow] == ["a"]
    assert "".join(plan.boxes["d"].gate) == "门槛：没有审核的，不得决定"
    assert {plan.boxes[name].lines[0][1] for name in plan.boxes if name.startswith("label.d")} >= {"通过", "其他情形"}
    assert plan.boxes["e"].end
    svg = str(flowchart.draw(catalog, key, href))
    for kind in ("fc-start", "fc-node", "fc-end", "fc-run", "fc-choice", "fc-bar", "fc-gate", "fc-back", "fc-arrow", "fc-label"):
        assert kind in svg, kind
    assert f'href="{href(key)}"' in svg


def test_join_any_has_no_bar() -> None:
    steps = [dict(step, join="any") if step["id"] == "d" else step for step in MIXED]
    assert all(box.kind != "join" for plan in plans(steps) for box in plan.boxes.values())


def test_step_back_to_itself_and_lone_step() -> None:
    check(plans([{"id": "a"}])[0], "lone")
    (plan,) = plans([{"id": "a", "next": [{"to": "a", "when": "材料不齐，补正后再来", "back": True}, {"to": "b", "when": "齐全"}]}, {"id": "b"}])
    check(plan, "itself")
    assert any(line.back and line.target == "a" for line in plan.lines)


def test_long_chart_is_cut_before_gates() -> None:
    steps = [{"id": f"s{at}", "next": [{"to": f"s{at + 1}"}]} for at in range(30)] + [{"id": "s30"}]
    for at in (11, 21):
        steps[at]["gate"] = {"text": "不得越过", "cites": ["行政处罚法:58.1"]}
    catalog, key = made(steps)
    assert [chart.steps[0] for chart in flowchart.charts(catalog, key, href)] == ["s0", "s11", "s21"]
    svg = str(flowchart.draw(catalog, key, href))
    assert "样例流程图（续）" in svg
    assert "转第12步" in svg
    assert "接第11步" in svg


@pytest.mark.parametrize("seed", range(25))
def test_random_procedures(seed: int) -> None:
    """Branches, joins, gates and ways back in any combination: nothing overlaps, every edge leads where it should."""
    draw = random.Random(seed)
    words = "行政机关应当在期限内依法告知当事人享有陈述、申辩和要求听证的权利，事实不清、证据不足的退回补充调查" * 2
    count = draw.randint(1, 26)
    ways: list[list[int]] = [[] for _ in range(count)]
    before: list[set[int]] = [set() for _ in range(count)]
    for at in range(1, count):
        for source in sorted({draw.randint(max(0, at - 4), at - 1) for _ in range(draw.choice([1, 1, 1, 2, 3]))}):
            ways[source].append(at)
            before[at] |= before[source] | {source}

    def some(most: int) -> str:
        at = draw.randint(0, len(words) // 2)
        return words[at:at + draw.randint(2, most)].strip("、，")

    steps = []
    for at in range(count):
        kind = draw.choice(["choice", "parallel", "mixed"])
        edges = [{"to": f"s{to}", **({"when": some(40)} if len(ways[at]) > 1 and (kind == "choice" or kind == "mixed" and row) else {})}
                 for row, to in enumerate(ways[at])]
        back = sorted({draw.choice(sorted(before[at] | {at})) for _ in range(draw.choice([0, 0, 1, 2]))})
        step = {"id": f"s{at}", "title": some(22), "next": [*edges, *({"to": f"s{to}", "when": some(30), "back": True} for to in back)]}
        step |= {"gate": {"text": some(60), "cites": ["行政处罚法:58.1"]}} if draw.random() < 0.2 else {}
        step |= {"runs": "sample"} if draw.random() < 0.2 else {}
        steps.append(step)
    catalog, key = made(steps)
    charts = flowchart.charts(catalog, key, href)
    for at, chart in enumerate(charts):
        check(chart.plan, f"{seed} {at}")
        for step in (step for step in steps if step["id"] in chart.steps):
            reached = {chart.plan.boxes[name].link.removeprefix("#step-") if name.startswith("to.") else name for name in ends(chart.plan, step["id"])}
            assert reached == {edge["to"] for edge in step["next"]}, step["id"]


def test_text_from_data_is_escaped() -> None:
    catalog, key = made([{"id": "a", "title": "<b>&\"'</b>", "next": [{"to": "b", "when": "<script>"}]}, {"id": "b"}])
    svg = str(flowchart.draw(catalog, key, lambda key: '"><script>'))
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_variant_changes_drops_and_adds() -> None:
    steps = [{"id": "a", "next": [{"to": "b"}]}, {"id": "b", "next": [{"to": "c"}]}, {"id": "c"}]
    township = {"relation": "参照", "note": "另作安排", "drop": ["b"], "steps": {"c": {"title": "改过"}},
                "add": [{"id": "x", "after": "a", "title": "加的", "actor": "clerk", "does": "做"}]}
    catalog, key = made(steps, variants={"township": township})
    (chart,) = flowchart.charts(catalog, key, href, "township")
    assert chart.steps == ("a", "x", "c")
    assert ends(chart.plan, "a") == {"x"}
    assert ends(chart.plan, "x") == {"c"}
    assert "改过" in flowchart.draw(catalog, key, href, "township")


# -- text


def test_lines_keep_the_rules_of_chinese_setting() -> None:
    words = "依照《中华人民共和国行政处罚法》第六十三条（听证），属于“较大数额”的，共 12.5 万元；当事人在5日内提出：要求听证。"
    for limit in range(4, 20):
        lines = text.wrap(words, limit)
        assert "".join(lines).replace(" ", "") == words.replace(" ", "")
        for line in lines:
            assert line[0] not in text.NOT_FIRST, line
            assert line[-1] not in text.NOT_LAST, line
            assert text.ems(line) <= limit + 2, line


def test_lines_are_even() -> None:
    assert text.wrap("证据可能灭失或者以后难以取得", 10) == ("证据可能灭失或", "者以后难以取得")
    assert text.wrap("处理完毕，证据齐全", 6) == ("处理完毕，", "证据齐全")


# -- the same everywhere


def test_same_without_any_font(tmp_path: Path) -> None:
    """Graphviz may ask for fonts; nothing of the answer may reach the picture."""
    for name in ("procedures", "roles"):  # a copy: somebody may be editing the real one
        shutil.copytree(ROOT / "data" / name, tmp_path / "data" / name)
    empty = tmp_path / "fonts.conf"
    empty.write_text("<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig></fontconfig>")
    program = (
        "import hashlib, pathlib, sys\nfrom tests.test_flowchart import read, drawn, href\nfrom macros import flowchart\ncatalog = read(pathlib.Path(sys.argv[1]))\n"
        "print(hashlib.sha256(''.join(flowchart.draw(catalog, key, href, variant) for key, variant in drawn(catalog)).encode()).hexdigest())"
    )
    prints = []
    for more in ({}, {"FONTCONFIG_FILE": str(empty), "PYTHONHASHSEED": "7", "LC_ALL": "C"}):
        done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, env={**os.environ, **more}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        prints.append(done.stdout)
    assert prints[0] == prints[1]


def test_source_tells_when_to_draw_again() -> None:
    before = flowchart.source(*made(MIXED))
    assert before == flowchart.source(*made(MIXED))
    for changed in ({"title": "新名"}, {"join": "any"}, {"gate": {"text": "另一道", "cites": ["行政处罚法:58.1"]}}, {"runs": "sample"}):
        assert flowchart.source(*made([{**step, **changed} if step["id"] == "d" else step for step in MIXED])) != before

"""Tools that exist in Python and in the browser: judging runs through the same scenarios in both."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from macros import checks, scripts
from macros.catalog import Catalog
from macros.load import load
from macros.models.practice import Triage

ROOT = Path(__file__).resolve().parents[1]
WALK = """
    const fs = require("fs"), vm = require("vm");
    const input = JSON.parse(fs.readFileSync(0, "utf8"));
    const context = { window: {} };
    vm.createContext(context);
    vm.runInContext(input.data, context);
    vm.runInContext(fs.readFileSync("macros/assets/js/triage.js", "utf8"), context);
    Promise.all(input.cases.map(([id, answers]) => context.window.fadu.triage(id, answers))).then((found) => console.log(JSON.stringify(found)));
"""


@pytest.fixture(scope="module", params=["tests/small", "."])
def catalog(request: pytest.FixtureRequest) -> Catalog:
    return load(ROOT / request.param, cache=request.param == ".")


def walked(node: Callable[..., CompletedProcess[str]], catalog: Catalog, cases: list) -> list[dict]:
    done = node("-e", WALK, input=json.dumps({"data": scripts.triage_data(catalog).decode(), "cases": cases}))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_scenario_ends_alike_in_python_and_in_the_browser(node, catalog) -> None:
    cases = [(key.id, scenario.given, scenario.then) for key, one in catalog.all("triage") for scenario in one.scenarios]
    found = walked(node, catalog, [(name, given) for name, given, _ in cases])
    for (name, given, then), end in zip(cases, found, strict=True):
        triage = next(one for key, one in catalog.all("triage") if key.id == name)
        assert isinstance(triage, Triage)
        assert checks.decide(triage, given) == then == end["outcome"], (name, given)
        outcome = triage.outcomes[then]
        assert end["text"]
        assert len(end["see"]) == len(outcome.see)
        assert len(end["cites"]) == len(outcome.cites)
        assert [step["question"] for step in end["path"]] == [step for step in given if step in {row["question"] for row in end["path"]}]


def test_answers_that_reach_no_end_lead_to_the_question_that_is_open(node, catalog) -> None:
    """Each scenario less its answers, one after another; wrong answers and nonsense too."""
    cases = []
    for key, one in catalog.all("triage"):
        for scenario in one.scenarios:
            names = list(scenario.given)
            cases += [(key.id, {name: scenario.given[name] for name in names if name != left}) for left in names]
            cases.append((key.id, {**scenario.given, names[0]: "no-such-answer"}))
    found = walked(node, catalog, cases)
    for (name, given), end in zip(cases, found, strict=True):
        triage = next(one for key, one in catalog.all("triage") if key.id == name)
        assert checks.decide(triage, given) == (end.get("outcome") or end["question"]), (name, given)


def test_nonsense_is_answered_not_thrown(node) -> None:
    catalog = load(ROOT / "tests/small", cache=False)
    name = next(key.id for key in catalog.keys("triage"))
    found = walked(node, catalog, [["no-such-thing", {}], ["__proto__", {}], [None, None], [name, None], [name, "text"], [name, {"__proto__": "yes"}], [f"triage/{name}", {}]])
    assert [bool(one.get("error")) for one in found] == [True, True, True, False, False, False, False]
    assert all(one["question"] for one in found[3:])

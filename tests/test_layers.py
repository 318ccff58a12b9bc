"""The shape of the package: arrows point down only, and one host stays behind one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from macros import prose, render
from macros.load import load

PACKAGE = Path(__file__).resolve().parents[1] / "macros"
LAYERS = [
    {"models", "citation", "yaml_source", "problems", "lawtext", "lawgrammar"},
    {"loader", "prose", "messages", "reviews", "overlay", "texts", "docfile"},
    {"catalog"},
    {"checks", "currency", "editorial", "routes", "wording", "clock"},
    {"load"},
    {"render", "flowchart", "papers", "sheets", "calendars", "scripts", "searchdata", "searching", "impact", "scaffold", "keep", "imports", "compare", "worklists", "drafts", "draftwords"},
    {"pages", "outputs", "plain", "linkcheck", "bundle", "session"},
    {"", "hooks", "cli", "lawcli", "build"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append(("" if parts == ("__init__",) else parts[0], path))
    return found


def imported(path: Path) -> set[str]:
    """First names below ``macros`` that a module imports, wherever the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "macros":
                names.update(alias.name for alias in node.names)
            elif node.module.startswith("macros."):
                names.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            names.update(alias.name.split(".")[1] for alias in node.names if alias.name.startswith("macros."))
    return names


@pytest.mark.parametrize(("name", "path"), modules(), ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_imports_point_down(name: str, path: Path) -> None:
    assert name in LEVEL, f"{name} has no layer"
    for other in imported(path) - {name}:
        assert LEVEL[other] <= LEVEL[name], f"{name} (layer {LEVEL[name]}) imports {other} (layer {LEVEL[other]})"


def test_rules_routes_and_wording_do_not_know_each_other() -> None:
    for name in ("checks", "currency", "routes", "wording", "clock"):
        path = PACKAGE / f"{name}.py"
        assert not imported(path) & (LAYERS[3] - {name})


def test_only_hooks_imports_mkdocs() -> None:
    for name, path in modules():
        text = path.read_text("utf-8")
        assert name == "hooks" or "import mkdocs" not in text and "from mkdocs" not in text


def test_every_macro_has_a_view_and_every_view_is_a_macro() -> None:
    views = render.Views(load(Path(__file__).parent / "small", cache=False))
    assert set(views) == set(prose.MACROS)

"""One small site as plain Markdown: a difference is read, then accepted (``FADU_ACCEPT=1``), never regenerated blindly."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from macros import plain
from macros.load import load
from macros.render import Views, heading

HERE = Path(__file__).parent


def test_the_small_site_is_as_accepted(tmp_path: Path) -> None:
    plain.write(Views(load(HERE / "small", cache=False)), tmp_path, HERE / "small" / "docs")
    golden = HERE / "golden"
    if os.environ.get("FADU_ACCEPT"):
        shutil.rmtree(golden, ignore_errors=True)
        shutil.copytree(tmp_path, golden)
    found = {path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in sorted(tmp_path.rglob("*.md"))}
    accepted = {path.relative_to(golden).as_posix(): path.read_text("utf-8") for path in sorted(golden.rglob("*.md"))}
    assert found.keys() == accepted.keys()
    for name, text in accepted.items():
        assert found[name] == text, name


def test_headings_come_out_as_typed() -> None:
    import html

    import markdown

    signs = "`*_{}[]()#+-.!|<>&:~^=\"'\\/$"
    assert html.unescape(markdown.markdown(f"# 甲{heading(signs)}乙", extensions=["attr_list"])) == f"<h1>甲{signs}乙</h1>"

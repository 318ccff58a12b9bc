"""Whatever is done to the real data, the answer is a list of Chinese problems or a good catalogue: never a traceback.

500 mutations here, more by ``FADU_MUTATIONS`` (``make bench`` asks for 10,000).
"""

from __future__ import annotations

import os
import random
import re
import shutil
from pathlib import Path

import pytest

from macros import catalog, checks, loader, prose

ROOT = Path(__file__).resolve().parents[1]
COUNT = int(os.environ.get("FADU_MUTATIONS", "500"))
KINDS = ("procedures", "documents", "checklists", "registers", "metrics", "triage", "failures", "questions", "terms", "parameters", "fields", "duties",
         "paths", "changes", "roles", "laws")
SIGNS = ["：", ": ", " #", "\t", "{", "}", "[", "]", "&a ", "*a", "!x ", "- ", "\"", "'", "|", ">", "%", "@", "`", "\u0000", "\ufeff", "\u2028", "-1", "999", "null", "true",
         "《", "》", "第九十九条", "$", "$$", "$cite(", "{{", "{%", "0", "1e9", "\U0001f600", "\n", "  "]


def mutated(text: str, pick: random.Random) -> str:
    """One small change of the kind that people and editors make."""
    rows = text.split("\n")
    at = pick.randrange(len(rows))
    how = pick.randrange(8)
    if how == 0:
        del rows[at]
    elif how == 1:
        rows.insert(at, rows[pick.randrange(len(rows))])
    elif how == 2:
        rows[at] = pick.choice(["  ", "    ", ""]) + rows[at].lstrip()
    elif how == 3:
        cut = pick.randrange(len(rows[at]) + 1)
        rows[at] = rows[at][:cut] + pick.choice(SIGNS) + rows[at][cut:]
    elif how == 4:
        rows[at] = re.sub(r"\d+", lambda found: str(int(found[0]) + pick.choice((-1, 1, 50))), rows[at], count=1)
    elif how == 5:
        rows[at] = rows[at][: pick.randrange(len(rows[at]) + 1)]
    elif how == 6:
        other = pick.randrange(len(rows))
        rows[at], rows[other] = rows[other], rows[at]
    else:
        rows[at] = re.sub(r"[a-z][a-z-]+", lambda found: found[0][::-1], rows[at], count=1)
    return "\n".join(rows)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small project: its own files are spoiled in place, the real ones are put beside them."""
    root = tmp_path_factory.mktemp("mutations")
    shutil.copytree(Path(__file__).parent / "small", root, dirs_exist_ok=True)
    return root


def test_mutations_never_end_in_a_traceback(project: Path) -> None:
    pick = random.Random(20261121)
    small = sorted((Path(__file__).parent / "small" / "data").rglob("*.yml"))
    real = [path for kind in KINDS for path in sorted((ROOT / "data" / kind).rglob("*.yml"))]
    told = 0
    for round_ in range(COUNT):
        source = pick.choice(pick.choice((small, real)))
        text = mutated(source.read_text("utf-8"), pick)
        if pick.random() < 0.3:
            text = mutated(text, pick)
        parts = source.parts[len(source.parts) - source.parts[::-1].index("data"):]
        target = project / "data" / Path(*parts)
        kept = target.read_bytes() if target.exists() else None
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")
        try:
            reading = loader.read(project / "data")
            pages, problems = prose.read(project / "docs")
            found, unresolved = catalog.build(reading, pages)
            problems = [*reading.problems, *problems, *unresolved]
            if not reading.problems and not unresolved:
                problems += list(checks.run(found, found.as_of))
        except Exception as error:  # what must not happen, with what is needed to see it again
            raise AssertionError(f"round {round_}: {source} as mutated:\n{text[:2000]}") from error
        for problem in problems:
            assert re.search(r"[\u4e00-\u9fff]", problem.message), problem
            assert problem.place.file.startswith(("data/", "docs/"))
            assert problem.place.line >= 1
            assert "Traceback" not in problem.message
            assert "Error" not in problem.message
        told += bool(problems)
        if kept is None:
            target.unlink()
        else:
            target.write_bytes(kept)
    assert told > COUNT // 4

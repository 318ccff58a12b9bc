"""Imported official texts on disk: ``local/texts/<law-id>[@year].json``, outside the repository's content.

``FADU_TEXTS=DIR`` puts them elsewhere. Reading raises nothing; a file that is no text becomes a
``Problem``.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from macros.lawtext import LawText, Row
from macros.problems import Place, Problem

NAME = re.compile(r"(?P<law>[a-z0-9]+(?:-[a-z0-9]+)*)(?:@(?P<year>\d{4}))?\.json")


def folder(root: Path) -> Path:
    return Path(os.environ.get("FADU_TEXTS") or root / "local" / "texts")


def read(where: Path) -> tuple[dict[str, LawText], list[Problem]]:
    """Path as shown in messages → text."""
    found: dict[str, LawText] = {}
    problems: list[Problem] = []
    for path in sorted(where.glob("*.json")) if where.is_dir() else ():
        name = path.as_posix()
        try:
            held = json.loads(path.read_text("utf-8"))
            rows = tuple(Row(kind, tuple(part.split(".")) if part else (), text) for kind, part, text in held["rows"])
            text = LawText(*(str(held[field]) for field in ("law", "version", "title", "file", "digest")), rows)
            if (match := NAME.fullmatch(path.name)) is None or match["law"] != text.law:
                raise ValueError
        except (OSError, ValueError, KeyError, TypeError):
            problems.append(Problem(Place(name), "不是导入的法律文本", "删去这个文件，用 fadu import-law 重新导入"))
            continue
        found[name] = text
    return found, problems


def write(where: Path, text: LawText, old: bool) -> Path:
    """Put a text in its place; ``old`` versions bear their year in the name."""
    where.mkdir(parents=True, exist_ok=True)
    held = {"law": text.law, "version": text.version, "title": text.title, "file": text.file, "digest": text.digest,
            "rows": [[row.kind, ".".join(row.part), row.text] for row in text.rows]}
    path = where / (f"{text.law}@{text.version}.json" if old else f"{text.law}.json")
    path.write_text(json.dumps(held, ensure_ascii=False) + "\n", "utf-8")
    return path

"""From the models: the annotated skeleton of ``fadu new``, JSON Schemas, the field reference."""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from macros.catalog import Catalog
from macros.models import KINDS, SINGLES, Key, Model

LETTERS = {"procedures": "", "documents": "W", "checklists": "Q", "registers": "T", "metrics": "Z", "failures": "S", "triage": "P"}


def next_code(catalog: Catalog, kind: str, shelf: str) -> str:
    """The next free short code of a kind on a shelf: ``ZF-W12``. A number once given is never reused."""
    prefix = catalog[Key("systems", shelf)].prefix  # type: ignore[attr-defined]
    form = re.compile(rf"{prefix}-{LETTERS[kind]}(\d+)")
    taken = [int(found[1]) for key in catalog.keys(kind) if (found := form.fullmatch(getattr(catalog[key], "code", None) or ""))]
    return f"{prefix}-{LETTERS[kind]}{max(taken, default=0) + 1:02d}"


def skeleton(kind: str, code: str = "") -> str:
    """A file in which every field is explained; required ones stand open, the others are commented out."""
    model = KINDS[kind]
    head = [f"# {model.label}。必填的字段后面填内容；选填的去掉行首的 # 再填；说明行可以删去。", "# 注释单独成行，不要写在内容后面。", ""]
    rows = list(_rows(model, 0, 0))
    if code:
        rows = [f"code: {code}" if row.startswith("# code:") else row for row in rows]
    return "\n".join([*head, *rows]) + "\n"


def _rows(model: type[BaseModel], indent: int, depth: int) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield from _field(info.alias or name, info, indent, depth)


def _field(name: str, info: FieldInfo, indent: int, depth: int) -> Iterator[str]:
    space, required = "  " * indent, info.is_required()
    options = _options(info.annotation)
    notes = [info.description or "", f"可选：{'、'.join(options)}" if options else "", f"如 {example(info)}" if example(info) else ""]
    told = "；".join(note for note in notes if note)
    yield f"{space}# {info.title or name}（{'必填' if required else '选填'}）{'：' if told else ''}{told}"
    inner, form = _inner(info.annotation)
    if inner is None or depth >= 3:
        yield f"{space}{name}:" if required else f"{space}# {name}:"
        return
    head = {"list": "- ", "map": "first:", "one": ""}[form]
    rows = list(_rows(inner, 0, depth + 1))
    if form == "list":
        body = [("  " + ("- " if at == first else "  ") + row) for first in [_first(rows)] for at, row in enumerate(rows)]
    elif form == "map":
        body = ["  " + head, *("    " + row for row in rows)]
    else:
        body = ["  " + row for row in rows]
    for row in (f"{name}:", *body):
        yield f"{space}{row}" if required else f"{space}# {row}"


def _first(rows: list[str]) -> int:
    """The row that carries the dash: the first one that is no comment."""
    return next((at for at, row in enumerate(rows) if not row.startswith("#")), 0)


def example(info: FieldInfo) -> str:
    extra = info.json_schema_extra
    return str(extra.get("example", "")) if isinstance(extra, dict) else ""


def _options(annotation: Any) -> tuple[str, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(str(value) for value in typing.get_args(annotation))
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, tuple):
        return tuple(option for part in typing.get_args(annotation) for option in _options(part))
    return ()


def _inner(annotation: Any, form: str = "one") -> tuple[type[Model] | None, str]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        return annotation, form
    origin = typing.get_origin(annotation)
    form = "list" if origin is tuple else "map" if origin is dict else form
    for part in typing.get_args(annotation):
        found, how = _inner(part, form)
        if found:
            return found, how
    return None, form


def schemas() -> dict[str, str]:
    """File name → JSON Schema, for the editor: ``.vscode/schemas/<kind>.json``."""
    models: dict[str, type[BaseModel]] = {**KINDS, **SINGLES}
    return {
        f"{kind}.json": json.dumps({"$schema": "http://json-schema.org/draft-07/schema#", **_loosened(model.model_json_schema(by_alias=True))},
                                   ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        for kind, model in models.items()
    }


def _loosened(schema: Any) -> Any:
    """YAML of ours is text throughout: where a number is meant, the editor also sees a number."""
    if isinstance(schema, dict):
        return {name: _loosened(value) for name, value in schema.items() if not (name == "default" and value in (None, [], {}))}
    return [_loosened(value) for value in schema] if isinstance(schema, list) else schema


def settings() -> str:
    """``.vscode/settings.json``: which schema belongs to which folder."""
    wired = {f".vscode/schemas/{kind}.json": [f"data/{kind}/**/*.yml"] for kind in KINDS}
    wired |= {f".vscode/schemas/{name}.json": [f"data/{name}.yml"] for name in SINGLES}
    return json.dumps({"yaml.schemas": wired, "files.eol": "\n", "editor.insertSpaces": True}, ensure_ascii=False, indent=1) + "\n"


def reference() -> list[tuple[str, str, list[tuple[str, str, bool, str]]]]:
    """(kind, label, rows of field, label, required, help) for every kind and every part of it."""
    found: list[tuple[str, str, list[tuple[str, str, bool, str]]]] = []
    seen: set[type] = set()

    def look(name: str, model: type[BaseModel]) -> None:
        if model in seen:
            return
        seen.add(model)
        rows = []
        for field_name, info in model.model_fields.items():
            options = _options(info.annotation)
            told = "；".join(part for part in (info.description or "", f"可选：{'、'.join(options)}" if options else "", f"如 {example(info)}" if example(info) else "") if part)
            rows.append((info.alias or field_name, info.title or "", info.is_required(), told))
        found.append((name, getattr(model, "label", "") or name, rows))
        for field_name, info in model.model_fields.items():
            inner, _ = _inner(info.annotation)
            if inner:
                look(f"{name}.{info.alias or field_name}", inner)

    for kind, model in {**KINDS, **SINGLES}.items():
        look(kind, model)
    return found


__all__ = ["next_code", "reference", "schemas", "settings", "skeleton"]

"""From the files under ``data/`` to entities: reads everything, raises nothing.

What is malformed becomes a ``Problem``; the good part of a broken file still takes part in
resolving references, so that one run shows all mistakes.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from macros import citation, messages, yaml_source
from macros.models import KINDS, SHELVED, SHELVES, SINGLES, Entity, Key, Model, Pointer
from macros.models.base import ID, _Ref
from macros.problems import Place, Problem
from macros.yaml_source import Source

IGNORED = {"reviews.tsv"}


@dataclass(slots=True)
class Reading:
    """What one pass over ``data/`` gave."""

    entities: dict[Key, Entity] = field(default_factory=dict)
    singles: dict[str, Model] = field(default_factory=dict)
    sources: dict[Key, Source] = field(default_factory=dict)
    shelves: dict[Key, str] = field(default_factory=dict)
    broken: dict[Key, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(data: Path, cache: yaml_source.Cache | None = None, prefix: str = "data") -> Reading:
    """Read the whole folder. ``prefix`` is how the folder is called in messages."""
    reading = Reading()
    if not data.is_dir():
        reading.problems.append(Problem(Place(prefix), "找不到资料文件夹", "在项目根目录运行"))
        return reading
    for path in sorted(data.rglob("*")):
        relative = path.relative_to(data)
        if path.is_dir() or relative.name.startswith(".") or str(relative) in IGNORED:
            continue
        _file(reading, path, relative.parts, f"{prefix}/{relative.as_posix()}", cache)
    for name in SINGLES:
        if name not in reading.singles and not any(key.kind == name for key in reading.broken):
            reading.problems.append(Problem(Place(f"{prefix}/{name}.yml"), "缺这个文件", "从版本库恢复"))
    return reading


def _file(reading: Reading, path: Path, parts: tuple[str, ...], name: str, cache: yaml_source.Cache | None) -> None:
    def refuse(message: str, hint: str) -> None:
        reading.problems.append(Problem(Place(name), message, hint))

    if path.suffix != ".yml":
        return refuse("只收 .yml 文件", "改扩展名，或者移出 data 文件夹")
    stem = path.stem
    if len(parts) == 1:
        if stem not in SINGLES:
            return refuse("data 下面不能直接放这个文件", f"可以直接放的：{'、'.join(f'{single}.yml' for single in SINGLES)}")
        key, model = Key(stem, stem), SINGLES[stem]
    else:
        kind = parts[0]
        if kind not in KINDS:
            meant = messages.nearest(kind, KINDS)
            return refuse(f"没有 {kind} 这个类别", (f"是否想写 {meant}？" if meant else "") + f"可用类别：{'、'.join(KINDS)}")
        if kind in SHELVED:
            if len(parts) != 3 or parts[1] not in SHELVES:
                return refuse("这个类别要放在书架文件夹里", f"data/{kind}/书架/编号.yml，书架是：{'、'.join(SHELVES)}")
        elif len(parts) != 2:
            return refuse("这个类别不分书架", f"放在 data/{kind}/ 下面")
        if not ID.fullmatch(stem):
            return refuse(f"文件名 {stem} 不能作编号", "只用小写英文字母、数字，用 - 连接")
        key, model = Key(kind, stem), KINDS[kind]
    if key in reading.sources:
        return refuse(f"编号 {key.id} 重复", f"已在 {reading.sources[key].file}；编号全类别唯一，不分书架")
    source = yaml_source.read(path, name, cache)
    reading.sources[key] = source
    reading.problems.extend(source.problems)
    if len(parts) == 3:
        reading.shelves[key] = parts[1]
    _validate(reading, key, model, source)


def _validate(reading: Reading, key: Key, model: type[Model], source: Source) -> None:
    if source.problems:
        reading.broken[key] = source
        if source.tree is None:
            return
    if not isinstance(source.tree, dict):
        if not source.problems:
            reading.problems.append(Problem(source.place(), "文件是空的" if source.tree is None else "文件最外层要写成“字段: 值”", "用 fadu new 生成样式"))
        reading.broken[key] = source
        return
    try:
        found = model.model_validate(source.tree)
    except ValidationError as error:
        reading.broken[key] = source
        for path, message, hint in messages.words(error, model, source.tree):
            reading.problems.append(Problem(source.place(path), message, hint))
        return
    if isinstance(found, Entity):
        reading.entities[key] = found
    else:
        reading.singles[key.kind] = found


@functools.cache
def _pointing() -> dict[str, tuple[str, ...]]:
    """Field name → kinds that it points to, where all models agree."""
    found: dict[str, set[tuple[str, ...]]] = {}
    otherwise: set[str] = set()
    seen: set[type] = set()

    def look(model: type[Model]) -> None:
        if model in seen:
            return
        seen.add(model)
        for name, info in model.model_fields.items():
            marks = [mark for mark in info.metadata if isinstance(mark, _Ref)] or list(_refs(info.annotation))
            if not marks:
                otherwise.add(info.alias or name)
            for mark in marks:
                found.setdefault(info.alias or name, set()).add(mark.kinds)
            for inner in messages._models(info.annotation):
                look(inner)

    for model in (*KINDS.values(), *SINGLES.values()):
        look(model)
    return {name: next(iter(kinds)) for name, kinds in found.items() if name not in otherwise and len(kinds) == 1 and len(next(iter(kinds))) == 1}


def _refs(annotation: Any) -> Iterator[_Ref]:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, _Ref):
            yield mark
    for part in typing.get_args(annotation):
        yield from _refs(part)


_FULL = re.compile(rf"(?:{'|'.join(KINDS)})/[a-z0-9-]+(?:#[\w.-]+)?")


def loose(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], citation.Citation | Pointer]]:
    """References that can be told in a file whose shape is broken."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from loose(value, (*path, name))
    elif isinstance(tree, list):
        for at, value in enumerate(tree):
            yield from loose(value, (*path, at))
    elif isinstance(tree, str) and path:
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        if name == "cites":
            if (found := citation.parse(tree)) and citation.canonical(tree) == tree:
                yield path, found
        elif _FULL.fullmatch(tree):
            head, _, part = tree.partition("#")
            kind, _, entity = head.partition("/")
            yield path, Pointer(Key(kind, entity, tuple(part.split(".")) if part else ()))
        elif name in _pointing() and ID.fullmatch(tree):
            yield path, Pointer(Key(_pointing()[name][0], tree))

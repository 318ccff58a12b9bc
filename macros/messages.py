"""Every pydantic error in plain Chinese: one table, used by the loader only."""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from macros.models import Model


def nearest(word: str, known: typing.Iterable[str]) -> str:
    """The known word that was probably meant, or ""."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def fields(model: type[BaseModel]) -> dict[str, str]:
    """YAML key → Chinese label of a model's fields."""
    return {info.alias or name: info.title or name for name, info in model.model_fields.items()}


def _models(annotation: Any) -> Iterator[type[Model]]:
    if isinstance(annotation, type) and issubclass(annotation, Model):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _models(part)


def model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    """The model that holds the last element of a path."""
    for name in path[:-1]:
        if isinstance(name, int):
            continue
        info = next((info for key, info in model.model_fields.items() if (info.alias or key) == name), None)
        if info is None:
            continue
        model = next(_models(info.annotation), model)
    return model


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"“{value[:40]}{'…' if len(value) > 40 else ''}”"
    if value is None:
        return "空白"
    return "一个列表" if isinstance(value, list) else "一组字段" if isinstance(value, dict) else f"“{value}”"


def yaml_path(loc: tuple[str | int, ...], tree: object) -> tuple[str | int, ...]:
    """Pydantic's location without the names of union branches, as far as the file has it."""
    path: list[str | int] = []
    for at, part in enumerate(loc):
        if isinstance(tree, dict):
            if part in tree:
                tree = tree[part]
            elif at < len(loc) - 1 or not isinstance(part, str) or not part.isascii():
                continue
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            continue
        path.append(part)
    return tuple(path)


def _options(annotation: Any) -> tuple[str, ...]:
    if typing.get_origin(annotation) is typing.Literal:
        return tuple(str(value) for value in typing.get_args(annotation))
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return tuple(option for part in typing.get_args(annotation) for option in _options(part))
    return ()


_WHAT = {
    "string_type": "要写成文字",
    "tuple_type": "要写成列表",
    "list_type": "要写成列表",
    "dict_type": "要写成“编号: 内容”的形式",
    "model_type": "要写成一组字段",
    "model_attributes_type": "要写成一组字段",
    "bool_parsing": "只能写 true 或 false",
    "bool_type": "只能写 true 或 false",
    "int_parsing": "要写整数",
    "int_type": "要写整数",
    "int_from_float": "要写整数",
    "float_parsing": "要写数字",
    "float_type": "要写数字",
    "date_from_datetime_parsing": "日期不存在",
    "date_parsing": "日期不存在",
    "date_type": "要写日期",
}
_HOW = {
    "tuple_type": "写成 [甲, 乙]，或者每行一个 - 开头",
    "list_type": "写成 [甲, 乙]，或者每行一个 - 开头",
    "date_from_datetime_parsing": "写成 2026-11-21",
    "date_parsing": "写成 2026-11-21",
    "date_type": "写成 2026-11-21",
}


Path_ = tuple[str | int, ...]


def words(error: ValidationError, model: type[BaseModel], tree: object) -> Iterator[tuple[Path_, str, str]]:
    """(path, message, hint) of each mistake; one per place, and none for what merely follows from another."""
    found: dict[Path_, Any] = {}
    for one in error.errors(include_url=False):
        path = yaml_path(one["loc"], tree)
        if path not in found or (one["type"].startswith("fadu_") and not found[path]["type"].startswith("fadu_")):
            found[path] = one
    for path, one in found.items():
        if one["type"] == "too_short" and any(other != path and other[: len(path)] == path for other in found):
            continue
        yield path, *word(one, model, path)


def word(error: Any, model: type[BaseModel], path: tuple[str | int, ...]) -> tuple[str, str]:
    """(message, hint) for one pydantic error at a YAML path."""
    kind, name = error["type"], str(next((part for part in reversed(path) if isinstance(part, str)), ""))
    holder = model_at(model, path)
    known = fields(holder)
    label = known.get(name, "")
    what = f"{name}（{label}）" if label else name or "文件"
    if kind.startswith("fadu_"):
        return error["ctx"]["message"], error["ctx"]["hint"]
    if kind == "extra_forbidden":
        meant = nearest(name, known)
        listed = "、".join(f"{key}（{text}）" for key, text in known.items())
        return f"没有 {name} 这个字段", (f"是否想写 {meant}？" if meant else "") + f"可用字段：{listed}"
    if kind == "missing":
        info = next((info for key, info in holder.model_fields.items() if (info.alias or key) == name), None)
        hint = (info.description or "") if info else ""
        example = (info.json_schema_extra or {}).get("example", "") if info and isinstance(info.json_schema_extra, dict) else ""
        return f"缺 {what}", "；".join(part for part in (hint, f"如 {name}: {example}" if example else "") if part)
    if kind == "literal_error":
        info = next((info for key, info in holder.model_fields.items() if (info.alias or key) == name), None)
        allowed = _options(info.annotation) if info else ()
        allowed = allowed or tuple(part.strip(" '") for part in error["ctx"]["expected"].replace(" or ", ",").split(","))
        return f"{what} 的值 {_shown(error['input'])} 不在可选范围", f"可选：{'、'.join(allowed)}"
    if kind == "string_pattern_mismatch":
        return f"{what} 的值 {_shown(error['input'])} 写法不对", f"格式：{error['ctx']['pattern']}"
    if kind in ("too_short", "string_too_short"):
        return f"{what} 至少要有一项", ""
    if kind in ("greater_than_equal", "less_than_equal"):
        bound = error["ctx"].get("ge", error["ctx"].get("le"))
        return f"{what} 的值 {_shown(error['input'])} 超出范围", f"{'不小于' if 'ge' in error['ctx'] else '不大于'} {bound}"
    if kind in _WHAT:
        return f"{what} {_WHAT[kind]}，现在是{_shown(error['input'])}", _HOW.get(kind, "")
    return f"{what} 的值 {_shown(error['input'])} 不对", "对照字段说明页检查写法"

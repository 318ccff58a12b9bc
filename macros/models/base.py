"""What all models share: how a field is declared, typed texts, and references.

A field is declared once, with its Chinese label and help; reading, messages, JSON Schema,
the ``fadu new`` skeleton and the field reference page all come from that declaration.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, GetCoreSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from macros import citation

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHELVES = ("decision", "publicity", "administration", "oversight", "organization")
PLACEHOLDER = re.compile(r"\$(?:(?P<dollar>\$)|cite\((?P<cite>[^()]*)\)|(?P<id>[a-z][a-z0-9]*(?:-[a-z0-9]+)*))")


@dataclass(frozen=True, order=True, slots=True)
class Key:
    """The name of anything: an entity, or a part of one.

    ``Key("laws", "administrative-penalty", ("63", "1"))`` is a 款, ``Key("procedures",
    "penalty-hearing", ("hold", "all-evidence"))`` a check of a step.
    """

    kind: str
    id: str
    part: tuple[str, ...] = ()

    def __str__(self) -> str:
        text = f"{self.kind}/{self.id}"
        return f"{text}#{'.'.join(self.part)}" if self.part else text

    @property
    def whole(self) -> Key:
        return Key(self.kind, self.id) if self.part else self


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference to another thing as written in a file; resolved by the catalogue."""

    key: Key

    def __str__(self) -> str:
        return str(self.key)


class Text(str):
    """Plain text for a reader. May hold ``$parameter``, ``$field`` and ``$cite(…)``; never markup."""

    __slots__ = ()


class Markdown(Text):
    """Text that is rendered as Markdown, by an instance without raw HTML."""

    __slots__ = ()


def _error(kind: str, message: str, hint: str = "") -> PydanticCustomError:
    # Braces would be taken for pydantic's own placeholders.
    return PydanticCustomError(f"fadu_{kind}", "{message}", {"message": message, "hint": hint})


def _text(value: str) -> Text:
    if not value.strip():
        raise _error("text", "内容是空的", "没有内容的字段整行删去")
    if value != value.strip():
        raise _error("text", "开头或结尾有多余的空格、空行", "删去多余的空格；多行文字用 |- 而不是 |")
    return Text(value)


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise _error("id", f"编号“{value}”写法不对", "只用小写英文字母、数字，用 - 连接，如 penalty-hearing")
    return value


def _date(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise _error("date", f"日期“{value}”写法不对", "写成 2026-11-21")
    return value


def _citation(value: object) -> citation.Citation:
    historical = future = ""
    if isinstance(value, citation.Citation):
        return value
    if isinstance(value, dict):
        known = {"to", "historical", "future"}
        if "to" not in value:
            line = "、".join(f"{name}:{at}" for name, at in value.items() if at)
            raise _error("citation", "引用写成了“字段: 值”", f"冒号后面不要空格：{line}" if line else "写成 简称:条，如 行政处罚法:63.1")
        if extra := set(value) - known:
            raise _error("citation", f"引用里没有 {'、'.join(sorted(extra))} 这个字段", "可用：to（引用）、historical（引用旧法的理由）、future（引用未施行的理由）")
        historical, future = value.get("historical") or "", value.get("future") or ""
        value = value["to"]
    if not isinstance(value, str):
        raise _error("citation", "引用要写成文字", "写法：简称:条.款.项，如 行政处罚法:63.1.2")
    found = citation.parse(value)
    meant = citation.canonical(value)
    if found is None or meant != value:
        hint = f"应写成 {meant}" if meant and meant != value else "写法：简称:条.款.项，如 行政处罚法:63.1.2；整件引用只写简称"
        raise _error("citation", f"引用“{value}”写法不对", hint)
    return citation.Citation(found.instrument, found.year, found.start, found.end, historical, future)


def _pointer(kinds: tuple[str, ...]):
    def validate(value: object) -> Pointer:
        if isinstance(value, Pointer):
            return value
        if value is None:
            raise _error("blank", "空白没有填", "填内容，或者整行删去")
        if not isinstance(value, str):
            raise _error("pointer", "这里要写编号", f"写 {kinds[0]} 里的编号，如 penalty-hearing" if kinds else "写成 类别/编号")
        head, _, part = value.partition("#")
        kind, slash, name = head.rpartition("/")
        if not slash:
            if len(kinds) != 1:
                raise _error("pointer", f"“{value}”没有写类别", "写成 类别/编号，如 procedures/penalty-hearing")
            kind = kinds[0]
        if kinds and kind not in kinds:
            raise _error("pointer", f"这里不能指向 {kind}", f"可以指向：{'、'.join(kinds)}")
        if kind == "docs":
            return Pointer(Key("docs", name, (part,) if part else ()))
        return Pointer(Key(kind, name, tuple(part.split(".")) if part else ()))

    return validate


class _Ref:
    """Marks a field as a reference: ``ref("documents")``; ``ref()`` takes ``kind/id`` of any kind."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        self.kinds = kinds

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_pointer(self.kinds))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        what = "、".join(self.kinds) or "任何类别"
        return {"type": "string", "description": f"指向 {what} 的编号"}


def ref(*kinds: str) -> Any:
    return Annotated[Pointer, _Ref(kinds)]


class _Cite:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_citation)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        short = {"type": "string", "description": "简称:条.款.项，如 行政处罚法:63.1.2"}
        explained = {
            "type": "object", "required": ["to"], "additionalProperties": False,
            "properties": {"to": short, "historical": {"type": "string"}, "future": {"type": "string"}},
        }
        return {"anyOf": [short, explained]}


class _TextType:
    def __init__(self, kind: type[Text]) -> None:
        self.kind = kind

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.no_info_after_validator_function(lambda value: self.kind(_text(value)), core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        return {"type": "string", "minLength": 1}


Str = Annotated[Text, _TextType(Text)]
Md = Annotated[Markdown, _TextType(Markdown)]
Id = Annotated[str, AfterValidator(_id)]
Day = Annotated[date, BeforeValidator(_date)]
Cite = Annotated[citation.Citation, _Cite()]
Cites = tuple[Cite, ...]


def at(label: str, default: Any = ..., *, help: str = "", example: str = "", **rest: Any) -> Any:
    """Declare a field: Chinese label, default, help and example (for skeleton and reference page)."""
    extra = {"example": example} if example else None
    if default is ...:
        return Field(title=label, description=help or None, json_schema_extra=extra, **rest)
    return Field(default, title=label, description=help or None, json_schema_extra=extra, **rest)


class Model(BaseModel):
    """Base of everything read from a file: frozen, no unknown fields, tuples not lists."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, str_strip_whitespace=False)
    label: ClassVar[str] = ""


class Ruled(Model):
    """Something that states a rule: it cites, or says that it is only advice."""

    cites: Cites = at("依据", (), help="每条规则都要有；写到款、项", example="[行政处罚法:63.1]")
    authority: str | None = at("效力", None, pattern="^(advice|local)$",
                               help="有依据的不写（由依据的位阶推出）；没有依据的写 advice（建议），本地规定写 local")


class When(Model):
    """A condition that is one of the procedure's declared facts."""

    label: ClassVar[str] = "情形"
    fact: Id = at("事实", help="facts 里声明的编号")
    negated: bool = at("取反", False, help="事实不成立时")


class Entity(Model):
    """A file of ``data/``. The file name is the id; it is not repeated inside."""

    kind: ClassVar[str] = ""
    title: Str = at("标题", help="读者看到的名称", example="行政处罚听证")
    aliases: tuple[Str, ...] = at("别名", (), help="读者还会怎么叫、怎么搜")

    def parts(self) -> dict[tuple[str, ...], tuple[str | int, ...]]:
        """Addressable parts: key part → path inside the file (``("hold",)`` → ``("steps", 4)``)."""
        return {}


class Shelved(Entity):
    """An entity that lies on a shelf (its sub-folder) and has a page or a row there."""

    code: str | None = at("编号", None, pattern=r"^(JC|XC|ZF|JD|TC)-[A-Z]?\d{2,4}$", help="短编号，由 fadu new 给出，永不重用", example="ZF-08")
    also: tuple[str, ...] = at("也见于", (), help="还要出现在哪些书架：" + "、".join(SHELVES))


class Dated(Model):
    label: ClassVar[str] = "变更"
    date: Day = at("日期", example="2026-11-21")
    text: Str = at("内容")


class Related(Model):
    label: ClassVar[str] = "相关"
    to: ref() = at("指向", help="类别/编号", example="procedures/penalty-ordinary")
    as_: Str = at("关系", alias="as", help="如 上一级程序、后续、判断", example="上一级程序")


@functools.cache
def _keys(model: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    """(attribute, YAML key) of a model's fields."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items())


Walked = list[tuple[tuple[str | int, ...], Any]]


def walk(value: object, path: tuple[str | int, ...] = ()) -> Walked:
    """Every model, text, citation and pointer below a value, with its path in the file."""
    found: Walked = []
    _walk(value, path, found)
    return found


_TOLD = (Text, citation.Citation, Pointer)


def _walk(value: Any, path: tuple[str | int, ...], found: Walked) -> None:
    if isinstance(value, _TOLD):
        found.append((path, value))
    elif isinstance(value, BaseModel):
        found.append((path, value))
        for name, key in _keys(type(value)):
            inner = getattr(value, name)
            if inner is not None and inner != () and inner.__class__ is not str:
                _walk(inner, (*path, key), found)
    elif isinstance(value, tuple):
        for row, item in enumerate(value):
            if item.__class__ is not int:
                _walk(item, (*path, row), found)
    elif isinstance(value, dict):
        for name, item in value.items():
            _walk(item, (*path, name), found)

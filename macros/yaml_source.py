"""YAML with line numbers: text in, plain tree plus the line of every value out.

YAML is narrowed on purpose. Every scalar is text, so ``no`` and ``2026-01-01`` stay what was
typed. Anchors, aliases, tags and merge keys are refused (no alias bombs), and so is a comment
behind a value, because YAML would cut plain text at `` #`` without a word.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from macros.problems import Place, Problem, dotted

LONGEST_LINE = 20_000
LARGEST_FILE = 2_000_000
DEEPEST = 40
_TRAILING_COMMENT = re.compile(r"[ \t]+#")
_FULLWIDTH_COLON = re.compile(r"^\s*(?:- )?[A-Za-z_][\w-]*：")
_SUSPECT = re.compile(r"(?:^|[\s\[{,:-])[&*!]", re.M)
_NULLS = frozenset({"", "~", "null"})

Path_ = tuple[str | int, ...]


@dataclass(slots=True)
class Source:
    """One file read: ``tree`` of dicts, lists, texts and None; ``lines`` by path."""

    file: str
    digest: str
    tree: object = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def place(self, path: Path_ = ()) -> Place:
        """The place of a value, or of the nearest thing that holds it."""
        probe = tuple(path)
        while probe and probe not in self.lines:
            probe = probe[:-1]
        return Place(self.file, self.lines.get(probe, 1), dotted(path))


    def forget(self) -> None:
        """Drop the tree, which only reading needs; places and digest stay."""
        self.tree = None


class Cache:
    """Parsed sources by content; one pickle that is only ever an accelerator."""

    VERSION = 1

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known: dict[str, Source] = {}
        self._used: dict[str, Source] = {}
        if file and file.is_file():
            try:
                version, known = pickle.loads(file.read_bytes())
                if version == self.VERSION:
                    self._known = known
            except Exception:  # a damaged cache is no cache
                self._known = {}

    def get(self, file: str, digest: str) -> Source | None:
        source = self._known.get(file)
        if source is not None and source.digest == digest:
            self._used[file] = source
            return source
        return None

    def put(self, source: Source) -> None:
        self._used[source.file] = source

    def save(self) -> None:
        if self._file is None or self._used == self._known:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        aside = self._file.with_suffix(f".{os.getpid()}.new")  # two commands may run at once
        with aside.open("wb") as file:
            pickle.dump((self.VERSION, self._used), file, pickle.HIGHEST_PROTOCOL)
        aside.replace(self._file)


def read(path: Path, name: str, cache: Cache | None = None) -> Source:
    """Read ``path``, called ``name`` in messages. Never raises for what a file holds."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return _refused(name, "", 1, f"文件读不了：{error.strerror}", "检查文件是否存在、是否有读取权限")
    digest = hashlib.sha256(data).hexdigest()
    if cache and (known := cache.get(name, digest)):
        return known
    source = _read(data, name, digest)
    if cache:
        cache.put(source)
    return source


def _refused(name: str, digest: str, line: int, message: str, hint: str = "") -> Source:
    return Source(name, digest, problems=[Problem(Place(name, line), message, hint)])


def _read(data: bytes, name: str, digest: str) -> Source:
    if len(data) > LARGEST_FILE:
        return _refused(name, digest, 1, "文件太大", f"单个文件不超过 {LARGEST_FILE // 1_000_000} MB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refused(name, digest, line, "不是 UTF-8 编码", "用编辑器另存为 UTF-8（无 BOM）")
    if text.startswith("\ufeff"):
        return _refused(name, digest, 1, "文件开头有 BOM 标记", "用编辑器另存为 UTF-8（无 BOM）")
    rows = text.splitlines()
    for number, row in enumerate(rows, 1):
        if len(row) > LONGEST_LINE:
            return _refused(name, digest, number, "一行太长", f"每行不超过 {LONGEST_LINE} 个字，长文字用 |- 分行")
        if "\t" in row[: len(row) - len(row.lstrip())]:
            return _refused(name, digest, number, "缩进用了制表符（Tab）", "改成空格，每级两个")
        if _FULLWIDTH_COLON.match(row):
            return _refused(name, digest, number, "字段名后面用了全角冒号", "字段名后面用半角冒号加一个空格，如 title: 标题")
    return _compose(text, rows, name, digest)


def _compose(text: str, rows: list[str], name: str, digest: str) -> Source:
    loader = yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
    try:
        for event in yaml.parse(text, Loader=loader) if _SUSPECT.search(text) else ():
            line = event.start_mark.line + 1
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return _refused(name, digest, line, "用了 YAML 锚点或别名（& 或 *）", "同样的内容请各写一遍；文字以 & 或 * 开头的加引号")
            if getattr(event, "tag", None):
                return _refused(name, digest, line, "用了 YAML 标记（! 开头）", "文字以 ! 开头的加引号")
        node = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        told = f"{error.context or ''} {error.problem or ''}"
        unclosed = "end of stream" in told
        mark = (error.context_mark if unclosed else None) or error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return _refused(name, digest, line, f"YAML 写法不对：{_syntax(told)}", _shown(rows, line))
    except yaml.YAMLError as error:
        return _refused(name, digest, 1, "有 YAML 不允许的字符", f"删去不可见字符（{type(error).__name__}）")
    except RecursionError:
        return _refused(name, digest, 1, "嵌套太深", f"最多 {DEEPEST} 层")
    source = Source(name, digest)
    if node is not None:
        source.tree = _Walk(source, rows).value(node, ())
    return source


def _shown(rows: list[str], line: int) -> str:
    row = rows[line - 1].strip() if 0 < line <= len(rows) else ""
    return f"这一行是：{row[:60]}" if row else ""


_SYNTAX = (
    ("mapping values are not allowed", "这里不该出现冒号；文字里有“: ”的，整段加双引号"),
    ("did not find expected key", "缩进不齐，或者上一行的引号、括号没有写完"),
    ("could not find expected ':'", "缺冒号，或者缩进不齐"),
    ("found character that cannot start", "以特殊字符开头的文字要加双引号"),
    ("did not find expected ',' or", "[ ] 或 { } 里缺逗号、括号，或者用了全角逗号"),
    ("did not find expected '-'", "列表项没有对齐"),
    ("unexpected end of stream", "引号或括号没有写完"),
    ("found unexpected end", "引号没有写完"),
    ("found unknown escape", "双引号里的反斜杠要写成 \\\\"),
    ("expected a single document", "一个文件里只能有一份内容，去掉单独的 ---"),
    ("block sequence entries are not allowed", "这里不能开始列表，检查缩进"),
    ("found undefined tag", "不支持 ! 开头的标记，文字以 ! 开头的加引号"),
)


def _syntax(told: str) -> str:
    for sign, meaning in _SYNTAX:
        if sign in told:
            return meaning
    return "检查缩进、冒号、引号和括号"


class _Walk:
    """From YAML nodes to plain values, noting lines and problems on the way."""

    def __init__(self, source: Source, rows: list[str]) -> None:
        self.source = source
        self.rows = rows

    def problem(self, path: Path_, line: int, message: str, hint: str = "") -> None:
        place = Place(self.source.file, line, dotted(path))
        self.source.problems.append(Problem(place, message, hint))

    def value(self, node: yaml.Node, path: Path_) -> object:
        line = node.start_mark.line + 1
        self.source.lines.setdefault(path, line)
        if len(path) > DEEPEST:
            self.problem(path[:1], line, "嵌套太深", f"最多 {DEEPEST} 层")
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, line)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, at)) for at, item in enumerate(node.value)]
        return self._mapping(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: Path_, line: int) -> str | None:
        end = node.end_mark
        if node.style not in ("|", ">") and end.line < len(self.rows):
            rest = self.rows[end.line][end.column :]
            if _TRAILING_COMMENT.match(rest):
                self.problem(path, end.line + 1, "文字后面跟着 # 注释，YAML 会把 # 后面的内容悄悄丢掉",
                             "注释单独写一行；# 是正文的，整段加双引号")
        if not node.style and node.value in _NULLS:
            return None
        return node.value

    def _mapping(self, node: yaml.MappingNode, path: Path_) -> dict[str, object]:
        result: dict[str, object] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problem(path, line, "字段名必须是文字", "花括号里出现了没有加引号的变量？整段加双引号")
                continue
            key = key_node.value
            if key == "<<":
                self.problem(path, line, "不支持 << 合并写法", "同样的内容请各写一遍")
                continue
            here = (*path, key)
            if key in result:
                self.problem(here, line, f"字段 {key} 写了两遍", f"第一次在第 {self.source.lines[here]} 行，删去一处")
                continue
            self.source.lines[here] = line
            result[key] = self.value(value_node, here)
        return result

"""The commands about laws: import texts, compare versions, see what a change touches."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from macros import compare, impact, imports, texts
from macros.load import load, read

ROOT = Path()
Command = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def register(command: Command) -> None:
    touched = command("impact", _impact, "某一条法律变了，涉及哪些内容")
    touched.add_argument("citation", nargs="?", metavar="引用", help="如 行政处罚法:63、行政处罚法:14~18、整件 行政处罚法，或者一条法律动态 changes/编号")
    touched.add_argument("--map", type=Path, metavar="文件", help="旧条号→新条号，每行一对，如 仲裁法:20 → 仲裁法:25")
    touched.add_argument("--json", action="store_true", help="给程序看的格式")
    touched.add_argument("--xlsx", type=Path, metavar="文件", help="写成分工表")
    taken = command("import-law", _import, "导入官方文本")
    taken.add_argument("paths", nargs="+", type=Path, metavar="文件或文件夹", help=".docx、.txt、.md，可以一次很多个")
    taken.add_argument("--json", action="store_true", help="给程序看的格式")
    compared = command("compare", _compare, "两个已导入的版本，生成新旧对照")
    compared.add_argument("old", metavar="旧版本", help="如 仲裁法@2017")
    compared.add_argument("new", metavar="新版本", help="如 仲裁法，或者 仲裁法@2025")
    compared.add_argument("file", type=Path, metavar="文件", help="写到哪个 .docx")


class Wrong(Exception):
    """Asked for in a way that leads nowhere; told in one line, exit status 2."""


def _impact(chosen: argparse.Namespace) -> int:
    if (chosen.citation is None) == (chosen.map is None):
        raise Wrong("写一个引用（如 行政处罚法:63），或者用 --map 给一个条号对照文件，二选一")
    catalog = load(ROOT)
    try:
        rows = impact.of_map(catalog, impact.read_map(chosen.map)) if chosen.map else impact.of(catalog, chosen.citation)
    except impact.Unknown as error:
        raise Wrong(str(error)) from None
    except (OSError, UnicodeDecodeError):
        raise Wrong(f"{chosen.map} 读不了，要 UTF-8 的文本文件") from None
    if chosen.xlsx:
        from macros import worklists  # brings in the writers of .xlsx and .docx

        _write(chosen.xlsx, worklists.touched(rows, f"涉及 {chosen.citation or chosen.map.name} 的内容", catalog.as_of))
    if chosen.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
        return 0
    for row in rows:
        print(f"{row.place}\n    {row.kind} {row.label}（{row.cites}{f' → {row.new}' if row.new else ''}）")
    print(f"共 {len(rows)} 处" + (f"，已写到 {chosen.xlsx.as_posix()}" if chosen.xlsx else ""))
    return 0


def _import(chosen: argparse.Namespace) -> int:
    if gone := [path for path in chosen.paths if not path.exists()]:
        raise Wrong(f"没有这个文件或文件夹：{'、'.join(path.as_posix() for path in gone)}")
    catalog, _ = read(ROOT)  # problems of the data don't stand in the way of a text
    target = texts.folder(ROOT)
    rows = list(imports.run(catalog, chosen.paths, target))
    if chosen.json:
        print(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(row)
        counts = Counter(row.state for row in rows)
        told = "，".join(f"{state} {count} 份" for state, count in counts.items()) or "没有找到文件"
        print(f"\n共 {len(rows)} 份：{told}；文本在 {target.as_posix()}/")
    return 0 if rows and all(row.good for row in rows) else 1


def _compare(chosen: argparse.Namespace) -> int:
    from macros import worklists

    catalog = load(ROOT)
    try:
        old, new = compare.chosen(catalog, chosen.old), compare.chosen(catalog, chosen.new)
    except compare.Unknown as error:
        raise Wrong(str(error)) from None
    if old == new:
        raise Wrong("两个是同一个版本；旧的写年份，如 仲裁法@2017")
    _write(chosen.file, worklists.beside(catalog, old, new))
    print(f"已生成 {chosen.file.as_posix()}")
    return 0


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)

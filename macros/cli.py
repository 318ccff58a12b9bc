"""The ``fadu`` command: binds the rest to a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from macros.load import load
from macros.problems import DataError

ROOT = Path()


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 good, 1 problems in the data, 2 wrong usage."""
    parser = argparse.ArgumentParser(prog="fadu", description="法度：资料检查和维护")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令")
    check = commands.add_parser("check", help="检查全部资料")
    check.add_argument("--on", type=date.fromisoformat, metavar="日期", help="按哪一天判断法律效力，如 2027-01-01")
    check.add_argument("--json", action="store_true", help="给程序看的格式")
    chosen = parser.parse_args(arguments)
    return _check(chosen)


def _check(chosen: argparse.Namespace) -> int:
    try:
        catalog = load(ROOT, on=chosen.on)
    except DataError as error:
        if chosen.json:
            print(json.dumps([problem.as_json() for problem in error.problems], ensure_ascii=False, indent=1))
        else:
            for problem in error.problems:
                print(problem)
            print(f"\n共 {len(error.problems)} 处问题", file=sys.stderr)
        return 1
    if chosen.json:
        print("[]")
    else:
        print(f"没有问题：{len(catalog.entities)} 件资料，{len(catalog.pages)} 个手写页面")
    return 0


if __name__ == "__main__":
    sys.exit(main())

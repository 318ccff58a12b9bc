"""The ``fadu`` command: binds the rest to a terminal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from macros import bundle, docfile, drafts, draftwords, lawcli, messages, scaffold
from macros.catalog import Catalog
from macros.load import load, read
from macros.models import KINDS, SHELVED, SHELVES
from macros.models.base import ID
from macros.problems import DataError

ROOT = Path()


class Usage(Exception):
    """Wrong usage, told in one line; exit status 2."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise Usage(f"用法不对：{self.format_usage().removeprefix('usage: ').strip()}")


def main(arguments: list[str] | None = None) -> int:
    """Exit status: 0 good, 1 problems in the data, 2 wrong usage."""
    try:
        chosen = _parser().parse_args(arguments)
        return chosen.run(chosen)
    except (Usage, lawcli.Wrong) as error:
        print(error, file=sys.stderr)
        return 2
    except DataError as error:
        return _tell(error, getattr(locals().get("chosen"), "json", False))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="fadu", description="法度：资料检查和维护")
    commands = parser.add_subparsers(dest="command", required=True, metavar="命令", parser_class=_Parser)

    def command(name: str, run: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=text, description=text)
        found.set_defaults(run=run)
        return found

    check = command("check", _check, "检查全部资料")
    check.add_argument("--on", type=_day, metavar="日期", help="按哪一天判断法律效力，如 2027-01-01")
    check.add_argument("--reviews", action="store_true", help="列出还没有复核、复核后又改过的文件")
    check.add_argument("--json", action="store_true", help="给程序看的格式")
    new = command("new", _new, "生成一份带说明的空白资料")
    new.add_argument("kind", metavar="类别")
    new.add_argument("id", metavar="编号")
    new.add_argument("--shelf", choices=SHELVES, help="书架（分书架的类别必写）")
    lawcli.register(command)
    draft = command("lint-draft", _draft, "文稿体检：查一份文稿里的毛病")
    draft.add_argument("file", type=Path, metavar="文件", help=".docx、.txt")
    draft.add_argument("--json", action="store_true", help="给程序看的格式")
    command("schema", _schema, "更新编辑器用的字段定义（.vscode）")
    command("bundle", _bundle, "用已经生成的网站打离线包")
    pages = command("pages", _pages, "把每一页写成展开后的 Markdown")
    pages.add_argument("folder", type=Path, metavar="文件夹")
    return parser


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Usage(f"日期“{text}”写法不对，写成 2027-01-01") from None


def _tell(error: DataError, as_json: bool) -> int:
    if as_json:
        print(json.dumps([problem.as_json() for problem in error.problems], ensure_ascii=False, indent=1))
    else:
        for problem in error.problems:
            print(problem)
        print(f"\n共 {len(error.problems)} 处问题", file=sys.stderr)
    return 1


def _check(chosen: argparse.Namespace) -> int:
    try:
        catalog = load(ROOT, on=chosen.on)
    except DataError as error:
        return _tell(error, chosen.json)
    if chosen.reviews:
        return _reviews(catalog, chosen.json)
    print("[]" if chosen.json else f"没有问题：{len(catalog.entities)} 件资料，{len(catalog.pages)} 个手写页面")
    return 0


def _reviews(catalog: Catalog, as_json: bool) -> int:
    """Files whose citations nobody has compared a second time, or that changed since."""
    stale = [
        {"file": catalog.sources[key].file, "state": "复核后改过" if catalog.sources[key].file in catalog.reviews else "未复核"}
        for key in catalog.entities
        if any(use.citation for use in catalog.uses(key)) and catalog.review(key) is None
    ]
    if as_json:
        print(json.dumps(stale, ensure_ascii=False, indent=1))
    else:
        for row in stale:
            print(f"{row['file']}：{row['state']}")
        print(f"已复核 {sum(catalog.review(key) is not None for key in catalog.entities)} 件，待复核 {len(stale)} 件")
    return 0


def _new(chosen: argparse.Namespace) -> int:
    if chosen.kind not in KINDS:
        meant = messages.nearest(chosen.kind, KINDS)
        raise Usage(f"没有 {chosen.kind} 这个类别" + (f"；是否想写 {meant}？" if meant else "") + f"可用：{'、'.join(KINDS)}")
    if not ID.fullmatch(chosen.id):
        raise Usage(f"编号“{chosen.id}”写法不对：只用小写英文字母、数字，用 - 连接")
    if (chosen.kind in SHELVED) != (chosen.shelf is not None):
        raise Usage(f"{chosen.kind} {'要写 --shelf 书架' if chosen.kind in SHELVED else '不分书架，去掉 --shelf'}（{'、'.join(SHELVES)}）")
    folder = ROOT / "data" / chosen.kind
    file = (folder / chosen.shelf if chosen.shelf else folder) / f"{chosen.id}.yml"
    if other := next(folder.rglob(f"{chosen.id}.yml"), None):
        raise Usage(f"编号 {chosen.id} 已经用在 {other.as_posix()}")
    code = scaffold.next_code(load(ROOT), chosen.kind, chosen.shelf) if chosen.kind in scaffold.LETTERS else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(scaffold.skeleton(chosen.kind, code), "utf-8")
    print(f"已生成 {file.as_posix()}；填好后运行 fadu check")
    return 0


def _draft(chosen: argparse.Namespace) -> int:
    catalog, _ = read(ROOT)  # problems of the data don't stand in the way of a draft
    try:
        text, unread = docfile.read(chosen.file)
    except docfile.Unreadable as error:
        raise Usage(f"{chosen.file.as_posix()}：{error}") from None
    found = drafts.check(text, draftwords.facts(catalog))
    if chosen.json:
        print(json.dumps([one.as_json() for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            print(one)
        for note in unread:
            print(f"注意：{note}")
        print(f"共查出 {len(found)} 处" if found else "没有查出毛病；规则查不到的，还要人看")
    return 1 if found else 0


def _schema(chosen: argparse.Namespace) -> int:
    folder = ROOT / ".vscode"
    (folder / "schemas").mkdir(parents=True, exist_ok=True)
    for name, text in scaffold.schemas().items():
        (folder / "schemas" / name).write_text(text, "utf-8")
    (folder / "settings.json").write_text(scaffold.settings(), "utf-8")
    print("已更新 .vscode/schemas 和 .vscode/settings.json")
    return 0


def _bundle(chosen: argparse.Namespace) -> int:
    site = ROOT / "site"
    if not (site / "index.html").is_file():
        raise Usage("还没有生成网站，先运行 make site")
    version = json.loads((site / "catalog.json").read_text("utf-8"))["version"]
    print(f"已生成 {bundle.write(site, ROOT / 'dist', version).as_posix()}")
    return 0


def _pages(chosen: argparse.Namespace) -> int:
    from macros import plain  # charts and papers take a while to import; the other commands do without
    from macros.render import Views

    count = plain.write(Views(load(ROOT)), chosen.folder, ROOT / "docs")
    print(f"已写 {count} 页到 {chosen.folder.as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

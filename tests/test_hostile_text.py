"""Every sign in every text field comes out on the page as typed, and nothing injected ever runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from lxml import html
from playwright.sync_api import Page

HERE = Path(__file__).parent
SIGNS = "`*_{}[]()#+-.!|<>&:~^=\"'\\/"
HOSTILE = f"{SIGNS}<script>window.pwned=1</script><img src=x onerror=window.pwned=1>**粗**{{: onclick=window.pwned=1}}[链](javascript:window.pwned=1)|以上{{{{ 7*7 }}}}{{% raw %}}"
FIELDS = {"title", "does", "text", "applies", "symptom", "consequence", "definition", "purpose", "note", "summary", "stem", "explanation", "rule", "example",
          "ask", "story", "why", "gist", "result", "goal", "what", "when"}


def spoiled(value: object, name: str = "") -> object:
    if isinstance(value, dict):
        return {key: spoiled(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [spoiled(one, name) for one in value]
    return f"{value}{HOSTILE}" if name in FIELDS and isinstance(value, str) and value not in ("text",) else value


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with hostile signs behind every text, built by MkDocs."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(HERE / "small", root, dirs_exist_ok=True)
    (root / "macros").symlink_to(HERE.parent / "macros")
    (root / "node_modules").symlink_to(HERE.parent / "node_modules")
    config = yaml.safe_load((HERE.parent / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"首页": "index.md"}, {"说明": "guide.md"}]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    for path in (root / "data").rglob("*.yml"):
        if path.parent.name == "systems" or path.name in ("site.yml", "org.yml"):
            continue
        tree = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        path.write_text(yaml.dump(spoiled(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "-d", "site"], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return root / "site"


PAGES = ["procedures/hearing.html", "documents/notice.html", "laws/penalty.html", "failures/not-told.html", "triage/need-hearing.html", "terms.html",
         "questions.html", "registers/cases.html", "metrics/heard-rate.html", "checklists/before-notice.html", "paths/handler.html", "duties.html",
         "fields.html", "administration.html", "index.html", "roles/case-handler.html"]


@pytest.mark.parametrize("name", PAGES)
def test_signs_come_out_as_typed(hostile: Path, name: str) -> None:
    page = html.fromstring((hostile / name).read_text("utf-8"))
    text = page.text_content()
    assert HOSTILE in text
    assert not page.xpath("//img[@src='x'] | //strong[.='粗'] | //a[.='链']")
    for element in page.iter():
        assert not any(attribute.startswith("on") for attribute in element.attrib), html.tostring(element)
        assert not str(element.get("href", "")).startswith("javascript:")


def test_titles_come_out_as_typed(hostile: Path) -> None:
    page = html.fromstring((hostile / "procedures/hearing.html").read_text("utf-8"))
    assert page.find(".//h1").text_content() == f"小听证{HOSTILE}"
    assert page.find(".//title").text_content().startswith(f"小听证{HOSTILE}")


@pytest.mark.parametrize("name", PAGES)
def test_nothing_injected_runs(hostile: Path, name: str, page: Page) -> None:
    page.goto((hostile / name).as_uri())
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert page.requests == []

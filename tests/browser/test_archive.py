"""The offline archive as a reader gets it: unzipped to a path with spaces and Chinese, opened from disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros import bundle
from tests.support.web import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def unzipped(site_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("离线 副本")
    archive = bundle.write(site_dir, folder / "dist", "0.0.0")
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder / "解压 到这里")
    return folder / "解压 到这里" / "fadu-0.0.0"


def test_a_clerk_s_way_through_the_archive(unzipped: Path, page: Page) -> None:
    page.goto((unzipped / "index.html").as_uri())
    page.get_by_role("link", name="立案处罚").first.click()
    assert page.locator("h1").inner_text() == "行政处罚普通程序"
    assert page.locator(".fadu-chart svg").count() >= 1
    tick = page.locator(".fadu-checks .fadu-tick").first
    tick.check()
    page.reload()
    assert page.locator(".fadu-checks .fadu-tick").first.is_checked()
    found = page.evaluate("window.fadu.search('处罚法63条')")
    assert "laws/administrative-penalty.html#art-63" in found[0]["url"]
    page.goto((unzipped / "procedures" / "penalty-ordinary.html").as_uri())
    with page.expect_download() as download:
        page.locator("a.fadu-download").first.click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    page.emulate_media(color_scheme="dark")
    assert (page.requests, page.errors) == ([], [])


@pytest.mark.parametrize("name", ["index.html", "laws.html", "search.html", "questions.html", "duties.html", "terms.html", "parameters.html", "changes.html",
                                  "guide/use.html", "maintain/reference.html", "administration.html"])
def test_no_page_asks_for_anything_outside(unzipped: Path, page: Page, name: str) -> None:
    page.goto((unzipped / name).as_uri())
    page.wait_for_timeout(150)
    assert (page.requests, page.errors) == ([], [])


KINDS = ["index.html", "laws.html", "search.html", "questions.html", "duties.html", "terms.html", "parameters.html", "changes.html", "guide/use.html",
         "maintain/reference.html", "administration.html", "procedures/penalty-ordinary.html", "laws/administrative-penalty.html",
         "documents/penalty-prior-notice.html", "registers/penalty-case-register.html", "roles/case-handler.html", "paths/township-enforcement-officer.html",
         "triage/need-penalty-hearing.html", "failures/hearing-right-not-told.html", "coverage/administrative-penalty.html"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing(site_dir: Path, page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto((site_dir / name).as_uri())
    page.wait_for_timeout(150)
    page.add_script_tag(path=str(AXE))
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [(one["id"], [node["html"][:150] for node in one["nodes"][:3]]) for one in result["violations"]] == []

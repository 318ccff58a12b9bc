"""Search in the built site, in a real browser: over file:// and over http below a path."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

BOX = ".fadu-search-input"
HITS = "#fadu-hits [role=option]"
ROOT = Path(__file__).resolve().parents[2]


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/wiki/fadu"))


@pytest.fixture(scope="session")
def served(site_dir: Path) -> Iterator[str]:
    """Address of the site on a server of an office, below a path."""
    handler = functools.partial(Quiet, directory=str(site_dir))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/wiki/fadu/"
        server.shutdown()


@pytest.fixture(params=["file", "http"])
def root(request: pytest.FixtureRequest, site_dir: Path) -> str:
    return site_dir.as_uri() + "/" if request.param == "file" else request.getfixturevalue("served")


@pytest.fixture
def search(page: Page, site_dir: Path) -> Callable[[str], list[dict]]:
    page.goto((site_dir / "index.html").as_uri())
    return lambda text: page.evaluate("text => fadu.search(text)", text)


@pytest.fixture(scope="session")
def law_url(site_dir: Path) -> Callable[[str], str]:
    entities = json.loads((site_dir / "catalog.json").read_text("utf-8"))["entities"]
    return lambda short: next(one["url"] for one in entities if one.get("short") == short)


ARTICLES = [
    *((text, "行政处罚法", "art-63") for text in (
        "处罚法63条", "处罚法第63条", "处罚法第六十三条", "处罚法６３条", "处罚法 63条", "处罚法 第 63 条", "行政处罚法63", "处罚法六十三",
        "《行政处罚法》第六十三条", "中华人民共和国行政处罚法第六十三条", "处罚法的第63条", "行政处罚法63条听证",
    )),
    ("复议法二十条", "行政复议法", "art-20"),
    ("复议法第二十条", "行政复议法", "art-20"),
    ("行政复议法实施条例20条", "行政复议法实施条例", "art-20"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "short", "anchor"), ARTICLES)
def test_an_article_comes_first_and_of_the_right_law(search, law_url, text, short, anchor):
    assert search(text)[0]["url"] == f"{law_url(short)}#{anchor}"


def test_the_alias_of_a_law_is_that_law(search, law_url):
    assert search("处罚法")[0]["url"] == law_url("行政处罚法")
    assert search("复议法")[0]["url"] == law_url("行政复议法")


def test_a_clause_leads_to_its_article(search, law_url):
    hit = search("处罚法63条1款")[0]
    assert hit["url"].startswith(law_url("行政处罚法") + "#art-63")
    assert hit["section"] == "第六十三条第一款"


@pytest.mark.parametrize(("text", "title"), [
    ("性审查", "合法性审查"), ("政处罚", "行政处罚"), ("土地上房屋", "土地上房屋"), ("xzcf", "行政处罚"), ("XZCF", "行政处罚"), ("处罚听证告知", "听证"),
    ("行政处罚 期限", "行政处罚"), ("重大决策听证", "重大行政决策听证"), ("怎么组织听证", "听证"), ("行政处罚，普通程序", "行政处罚普通程序"), ("行政处罚　普通程序", "行政处罚普通程序"),
    ("红头文件", "规范性文件"),
])  # fmt: skip
def test_what_a_clerk_types_finds_its_page(search, text, title):
    found = [hit["title"] for hit in search(text)[:5]]
    assert any(title in one for one in found), found


def test_a_code_finds_its_page(search, site_dir):
    entities = json.loads((site_dir / "catalog.json").read_text("utf-8"))["entities"]
    coded = [one for one in entities if one["kind"] == "procedures" and one["code"] and one["depth"] == "full"][:5]
    assert coded
    for one in coded:
        assert search(one["code"])[0]["url"] == one["url"]
        assert search(one["code"].lower().replace("-", ""))[0]["url"] == one["url"]


def test_all_words_must_match(search):
    both, one = search("听证 送达"), search("听证")
    assert both
    assert len(both) <= len(one) or len(one) == 50
    assert not any(hit["near"] for hit in both)
    assert search("哦哦嗯嗯嗯") == []
    assert all(hit["near"] for hit in search("听证 哦哦嗯嗯嗯"))


def test_a_question_in_everyday_words_is_answered_and_said_to_be_near(page: Page, site_dir: Path):
    """No page holds 「想分几个月」; the one about paying a fine by instalments is found, and the box says that it is only near."""
    page.goto((site_dir / "index.html").as_uri())
    page.fill(".fadu-search-input", "没钱交罚款 想分几个月")
    expect(page.locator(".fadu-search-status")).to_contain_text("相近的")
    found = page.evaluate("fadu.search('没钱交罚款 想分几个月')")
    assert any("fine-deferral" in hit["url"] or "penalty-execution" in hit["url"] for hit in found[:5])
    page.fill(".fadu-search-input", "听证")
    expect(page.locator(".fadu-search-status")).not_to_contain_text("相近")


@pytest.mark.parametrize("text", ["", " ", "　", "！？", "。，", None, 0, {}, "a" * 5000, "()[]*+?\\", "</script>", "\ud800", "第条", "零条", "99999条", "第十条第十条第十条"])
def test_it_answers_whatever_it_is_given(search, page, text):
    found = page.evaluate("text => fadu.search(text)", text)
    assert isinstance(found, list)
    assert len(found) <= 50
    if not isinstance(text, str) or not text.strip(" 　！？。，"):
        assert found == []
    assert page.errors == []


def test_a_hit_has_what_is_shown_and_its_address_exists(search, site_dir):
    for hit in search("行政处罚") + search("期限") + search("处罚法63条"):
        assert {"title", "kind", "url", "section", "line", "kindLabel", "shelf"} <= hit.keys()
        file, _, anchor = hit["url"].partition("#")
        html = (site_dir / file).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in html, hit["url"]


def test_data_that_cannot_be_read_is_no_error(page, served):
    page.route("**/search-*.js", lambda route: route.abort())
    page.goto(served + "index.html")
    assert page.evaluate("fadu.search('听证')") == []
    page.keyboard.press("/")
    page.keyboard.type("听证")
    expect(page.locator(".fadu-search-status").first).to_contain_text("没有读到")


def test_nothing_is_loaded_before_it_is_wanted(page, root):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(root + "index.html")
    page.wait_for_timeout(200)
    assert not [url for url in asked if "search-" in url]
    page.focus(BOX)
    page.wait_for_function("window.faduData && 'names' in window.faduData")
    assert not [url for url in asked if "search-text" in url]


def test_by_keyboard(page, root):
    page.goto(root + "index.html")
    for key in "/fs":
        page.keyboard.press(key)
        expect(page.locator(BOX)).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator(BOX)).not_to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("行政处罚")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.locator(".fadu-search-status")).to_contain_text(re.compile("找到|只列"))  # the text has come: the hits stay as they are
    box = page.locator(BOX)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(box).to_have_attribute("aria-activedescendant", "fadu-hit-0")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "fadu-hit-1")
    expect(page.locator("#fadu-hit-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", "fadu-hit-all")
    page.keyboard.press("ArrowDown")
    target = page.locator("#fadu-hit-0").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url == target)
    assert page.errors == []


def test_keys_typed_elsewhere_stay_there(page, root):
    page.goto(root + "search.html")
    page.fill("#fadu-search-field", "")
    page.locator("#fadu-search-field").press("s")
    expect(page.locator("#fadu-search-field")).to_have_value("s")


def test_hits_show_kind_shelf_and_the_marked_line(page, root):
    page.goto(root + "index.html")
    page.fill(BOX, "听证笔录")
    first = page.locator(HITS).first
    expect(first.locator("mark").first).to_be_visible()
    assert first.locator(".fadu-hit-meta").inner_text().strip()
    assert page.evaluate("getComputedStyle(document.querySelector('#fadu-hits mark')).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_search_has_an_address(page, root):
    page.goto(root + "search.html?q=" + "处罚法63条")
    expect(page.locator("#fadu-search-field")).to_have_value("处罚法63条")
    expect(page.locator(".fadu-hits-page a").first).to_have_attribute("href", re.compile("#art-63$"))
    page.fill("#fadu-search-field", "听证")
    page.wait_for_function("decodeURIComponent(location.hash) === '#q=听证'")
    page.reload()
    expect(page.locator("#fadu-search-field")).to_have_value("听证")
    expect(page.locator(".fadu-hits-page a").first).to_be_visible()
    kind = page.locator(".fadu-kind").nth(1)
    kind.click()
    expect(page.locator(".fadu-kind[aria-pressed=true]")).to_have_count(1)
    assert page.locator(".fadu-hits-page > li").count() == int(kind.inner_text().split()[-1])


def test_the_box_is_the_same_from_every_depth(page, root, site_dir):
    deep = next(path for path in sorted((site_dir / "procedures").glob("*.html")))
    page.goto(root + deep.relative_to(site_dir).as_posix())
    page.fill(BOX, "处罚法63条")
    page.locator(HITS).first.click()
    page.wait_for_url(lambda url: url.endswith("#art-63"))
    expect(page.locator("#art-63")).to_be_visible()
    assert page.errors == []
    assert [url for url in page.requests if not url.startswith(root)] == []


def test_on_a_phone(page, root):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(root + "index.html")
    page.click(".fadu-search-open")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("听证")
    expect(page.locator(HITS).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_an_open_search(page, site_dir, dark):
    page.emulate_media(color_scheme="dark" if dark else "light")
    page.goto((site_dir / "index.html").as_uri())
    page.fill(BOX, "听证")
    expect(page.locator(HITS).first).to_be_visible()
    page.add_script_tag(path=str(ROOT / "node_modules/axe-core/axe.min.js"))
    found = page.evaluate("axe.run().then(result => result.violations.map(one => [one.id, one.nodes[0].html]))")
    assert found == []

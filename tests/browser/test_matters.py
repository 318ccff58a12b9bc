"""Ticks, matters, pins, copying, the reader's clock and print, in the built site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).resolve().parents[2]
TICK = "#checklist ~ ul input.fadu-tick, ul.fadu-checks input.fadu-tick"


@pytest.fixture(scope="session")
def procedure(site_dir: Path) -> dict:
    """A full procedure with a gate, deadlines and papers."""
    entities = json.loads((site_dir / "catalog.json").read_text("utf-8"))["entities"]
    full = [one for one in entities if one["kind"] == "procedures" and one["depth"] == "full" and one["counts"]["checks"] > 5 and one["counts"]["deadlines"]]
    assert full
    return next((one for one in full if one["id"] == "penalty-ordinary"), full[0])


@pytest.fixture
def opened(page: Page, site_dir: Path, procedure: dict) -> Page:
    page.goto((site_dir / procedure["url"]).as_uri())
    return page


def checks(page: Page) -> list[str]:
    return page.evaluate("[...new Set(Array.from(document.querySelectorAll('.fadu-tick'), tick => tick.dataset.check))]")


def tick(page: Page, check: str) -> None:
    page.locator(f'[data-check="{check}"]').first.check()


def ticked(page: Page) -> set[str]:
    return set(page.evaluate("Array.from(document.querySelectorAll('.fadu-tick:checked'), tick => tick.dataset.check)"))


def create(page: Page, name: str) -> None:
    page.click(".fadu-matter-button")
    page.fill("dialog input[aria-label^=新的件]", name)
    page.click("dialog >> text=新建")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(page.locator(".fadu-matter-button [data-matter-name]")).to_have_text(name)


def choose(page: Page, name: str) -> None:
    page.click(".fadu-matter-button")
    page.locator(".fadu-matter-use", has_text=name).click()
    page.keyboard.press("Escape")


# --- ticks


def test_a_tick_stays_and_every_place_of_it_follows(opened):
    first = checks(opened)[0]
    tick(opened, first)
    places = opened.locator(f'[data-check="{first}"]')
    for place in places.all():
        expect(place).to_be_checked()
    opened.reload()
    assert ticked(opened) == {first}
    assert opened.errors == []


def test_every_tick_has_a_label(opened):
    nameless = opened.evaluate("Array.from(document.querySelectorAll('.fadu-tick')).filter(tick => !tick.ariaLabel && !(tick.labels.length && tick.labels[0].textContent.trim())).length")
    assert nameless == 0


def test_the_counter_and_what_is_missing_follow(opened, procedure):
    rows = checks(opened)
    count, missing = opened.locator(f'.fadu-count[data-for="{procedure["key"]}"]').first, opened.locator(f'.fadu-missing[data-for="{procedure["key"]}"]').first
    expect(count).to_contain_text(f"0 / {len(rows)}")
    assert missing.locator("li").count() == len(rows)
    tick(opened, rows[0])
    expect(count).to_contain_text(f"1 / {len(rows)}")
    expect(missing.locator("li")).to_have_count(len(rows) - 1)
    link = missing.locator("a").first
    anchor = link.get_attribute("href")
    assert opened.locator(anchor).count() == 1


def test_all_ticks_of_a_list_can_be_taken_back_after_a_question(opened):
    for check in checks(opened)[:3]:
        tick(opened, check)
    opened.locator(".fadu-clear").first.click()
    opened.click("dialog >> text=不要")
    assert len(ticked(opened)) == 3
    opened.locator(".fadu-clear").first.click()
    opened.click("dialog button:has-text('全部去掉')")
    opened.wait_for_function("!document.querySelector('.fadu-tick:checked')")


# --- matters


def test_two_matters_do_not_disturb_each_other(opened):
    one, two, three = checks(opened)[:3]
    tick(opened, one)
    create(opened, "临罚〔2026〕12号")
    opened.wait_for_function("!document.querySelector('.fadu-tick:checked')")
    tick(opened, two)
    tick(opened, three)
    choose(opened, "未命名件")
    opened.wait_for_function("document.querySelector('.fadu-matter-button').textContent.includes('未命名件')")
    opened.wait_for_timeout(100)
    assert ticked(opened) == {one}
    choose(opened, "临罚〔2026〕12号")
    opened.wait_for_timeout(100)
    assert ticked(opened) == {two, three}
    opened.reload()
    assert ticked(opened) == {two, three}


def test_two_tabs_of_one_matter_keep_in_step(opened):
    other = opened.context.new_page()
    other.goto(opened.url)
    first, second = checks(opened)[:2]
    tick(opened, first)
    expect(other.locator(f'[data-check="{first}"]').first).to_be_checked()
    tick(other, second)
    expect(opened.locator(f'[data-check="{second}"]').first).to_be_checked()
    assert ticked(opened) == ticked(other) == {first, second}


def test_another_tab_may_have_another_matter(opened):
    create(opened, "甲件")
    other = opened.context.new_page()
    other.goto(opened.url)
    expect(other.locator(".fadu-matter-button")).to_contain_text("甲件")
    create(other, "乙件")
    expect(opened.locator(".fadu-matter-button")).to_contain_text("甲件")
    first = checks(opened)[0]
    tick(opened, first)
    other.wait_for_timeout(150)
    assert ticked(other) == set()


def test_rename_close_reopen_delete(opened):
    create(opened, "旧名")
    tick(opened, checks(opened)[0])
    opened.click(".fadu-matter-button")
    row = opened.locator(".fadu-matter", has_text="旧名")
    row.locator("text=改名").first.click()
    row.locator("input").fill("<b>新名</b>")
    row.locator("input").press("Enter")
    row = opened.locator(".fadu-matter", has_text="<b>新名</b>")
    row.locator("text=办结").click()
    expect(opened.locator(".fadu-matter-button")).to_contain_text("未命名件")
    row.locator("text=重新打开").click()
    expect(row.locator("text=已办结")).to_have_count(0)
    row.locator("text=删除").click()
    opened.click("dialog button:has-text('删除')")
    expect(opened.locator(".fadu-matter")).to_have_count(1)
    kept = opened.evaluate("Object.keys(localStorage).filter(key => key.startsWith('fadu/')).map(key => key.split('/')[3])")
    assert not [one for one in kept if one.startswith("m")]
    assert opened.errors == []


def test_keys_are_named_as_agreed(opened, procedure):
    first = checks(opened)[0]
    tick(opened, first)
    kept = opened.evaluate("Object.entries(localStorage).filter(([key]) => key.startsWith('fadu/'))")
    found = {key: json.loads(value) for key, value in kept}
    key = next(key for key in found if key.endswith(f"/default/{procedure['key']}"))
    assert re.fullmatch(r"fadu/[a-z0-9-]+/[a-z0-9-]+/default/procedures/[a-z0-9-]+", key)
    assert found[key]["v"] == 1
    assert list(found[key]["ticks"]) == [first.split("#")[1]]


def exported(page: Page, name: str, folder: Path) -> Path:
    page.click(".fadu-matter-button")
    with page.expect_download() as download:
        page.locator(".fadu-matter", has_text=name).locator("text=导出").click()
    page.keyboard.press("Escape")
    path = folder / "件.json"
    download.value.save_as(path)
    return path


def test_out_to_a_file_and_into_another_machine(opened, browser, tmp_path):
    create(opened, "要带走的件")
    one, two = checks(opened)[:2]
    tick(opened, one)
    tick(opened, two)
    path = exported(opened, "要带走的件", tmp_path)
    assert json.loads(path.read_text("utf-8"))["format"] == "fadu-matter"
    context = browser.new_context(locale="zh-CN")
    try:
        other = context.new_page()
        other.goto(opened.url)
        other.click(".fadu-matter-button")
        other.set_input_files("dialog input[type=file]", path)
        expect(other.locator(".fadu-matter-button")).to_contain_text("要带走的件")
        other.wait_for_timeout(100)
        assert ticked(other) == {one, two}
    finally:
        context.close()


@pytest.mark.parametrize(("answer", "kept"), [("以文件为准", {0}), ("以本机为准，只补缺的", {0, 1}), ("另存为一件", {0}), ("不导入", {1})])
def test_what_differs_is_shown_before_a_file_is_taken_in(opened, tmp_path, answer, kept):
    create(opened, "两边都有")
    rows = checks(opened)
    tick(opened, rows[0])
    path = exported(opened, "两边都有", tmp_path)
    opened.locator(f'[data-check="{rows[0]}"]').first.uncheck()
    tick(opened, rows[1])
    opened.click(".fadu-matter-button")
    opened.set_input_files("dialog input[type=file]", path)
    expect(opened.locator("dialog tbody tr")).to_have_count(2)
    opened.click(f"dialog >> text={answer}")
    opened.wait_for_timeout(150)
    assert ticked(opened) == {rows[number] for number in kept}
    if answer == "另存为一件":
        expect(opened.locator(".fadu-matter-button")).to_contain_text("两边都有（导入）")


@pytest.mark.parametrize("content", ["", "不是 JSON", "[]", "{}", '{"format":"fadu-matter","v":1,"id":"../x","content":{}}', '{"format":"fadu-matter","v":9,"id":"a","content":{}}',
                                     '{"format":"fadu-matter","v":1,"id":"a","content":{"../../x":{}}}', '{"format":"fadu-matter","v":1,"id":"a","content":{"a/b":"x"}}'])  # fmt: skip
def test_a_file_that_is_no_matter_is_refused_in_words(opened, tmp_path, content):
    path = tmp_path / "x.json"
    path.write_text(content, encoding="utf-8")
    before = opened.evaluate("JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('fadu/')).sort())")
    opened.click(".fadu-matter-button")
    opened.set_input_files("dialog input[type=file]", path)
    expect(opened.locator("dialog [role=alert]")).to_be_visible()
    assert opened.evaluate("JSON.stringify(Object.entries(localStorage).filter(([key]) => key.startsWith('fadu/')).sort())") == before


def test_without_storage_it_works_and_says_so(page, site_dir, procedure):
    page.add_init_script(
        "const broken = {getItem: () => null, setItem() { throw new Error('no') }, removeItem() { throw new Error('no') }, key: () => null, length: 0};"
        "Object.defineProperty(window, 'localStorage', {get: () => broken});"
    )
    page.goto((site_dir / procedure["url"]).as_uri())
    first = checks(page)[0]
    tick(page, first)
    assert ticked(page) == {first}
    expect(page.locator(".fadu-matter-note").first).to_contain_text("关掉页面就没有了")
    assert page.errors == []


def test_the_notice_is_there(opened):
    expect(opened.locator(".fadu-matter-note").first).to_contain_text("不要录入涉密信息")


def test_the_dialog_by_keyboard_and_for_axe(opened):
    opened.locator(".fadu-matter-button").focus()
    opened.keyboard.press("Enter")
    expect(opened.locator("dialog h2")).to_be_focused()
    opened.add_script_tag(path=str(ROOT / "node_modules/axe-core/axe.min.js"))
    assert opened.evaluate("axe.run('dialog').then(result => result.violations.map(one => one.id))") == []
    opened.keyboard.press("Escape")
    expect(opened.locator("dialog[open]")).to_have_count(0)
    expect(opened.locator(".fadu-matter-button")).to_be_focused()


# --- pages used and pinned


def test_pins_and_recent_pages_stand_on_the_home_page(opened, site_dir, procedure):
    opened.click(".fadu-pin")
    expect(opened.locator(".fadu-pin")).to_have_attribute("aria-pressed", "true")
    opened.goto((site_dir / "index.html").as_uri())
    expect(opened.locator("#fadu-recent a", has_text=procedure["title"])).to_have_count(2)
    opened.locator("#fadu-recent a").first.click()
    expect(opened.locator("h1")).to_contain_text(procedure["title"])
    opened.click(".fadu-pin")
    opened.goto((site_dir / "index.html").as_uri())
    expect(opened.locator("#fadu-recent a", has_text=procedure["title"])).to_have_count(1)


# --- copying as text


def test_copied_text_has_numbers_boxes_and_full_citations(opened):
    first = checks(opened)[0]
    tick(opened, first)
    text = opened.evaluate("fadu.plain(document.querySelector('.fadu-page article'))")
    assert "☑ " in text
    assert "☐ " in text
    assert re.search(r"《中华人民共和国[^》]+》第[一二三四五六七八九十百]+条", text)
    assert "收藏" not in text
    assert "复制为文字" not in text
    assert not re.search(r"\n{3}|[ \t]\n", text)
    assert "<" not in text


def test_the_copy_button_fills_the_clipboard(opened):
    opened.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.locator(".fadu-copy").first.click()
    expect(opened.locator(".fadu-toast")).to_contain_text("已复制")
    assert "以公布的文本为准" in opened.evaluate("navigator.clipboard.readText()")


# --- the reader's clock


@pytest.fixture(scope="session")
def dated(site_dir: Path) -> tuple[str, str]:
    """(day for which the site was built, oldest check of the sample law page)."""
    html = (site_dir / "laws/administrative-penalty.html").read_text("utf-8")
    return re.search(r'data-as-of="([\d-]+)"', html)[1], re.search(r'data-checked="([\d-]+)"', html)[1]


def test_the_page_says_how_old_its_law_is(page, site_dir, dated):
    page.clock.set_fixed_time(f"{dated[0]}T09:00:00+08:00")
    page.goto((site_dir / "laws/administrative-penalty.html").as_uri())
    expect(page.locator(".fadu-clock")).to_contain_text(dated[1])
    assert not page.locator(".fadu-clock--bad").count()


def test_an_overdue_check_is_said(page, site_dir):
    page.clock.set_fixed_time("2030-01-01T09:00:00+08:00")
    page.goto((site_dir / "laws/administrative-penalty.html").as_uri())
    expect(page.locator(".fadu-clock--bad")).to_contain_text("超过 180 天没有核验")
    expect(page.locator(".fadu-status-today")).to_contain_text("今天（2030-01-01）")


def test_a_clock_before_the_site_is_pointed_out(page, site_dir, dated):
    page.clock.set_fixed_time("2020-01-01T09:00:00+08:00")
    page.goto((site_dir / "laws/administrative-penalty.html").as_uri())
    expect(page.locator(".fadu-clock--bad")).to_contain_text(f"早于本版的法规判断日 {dated[0]}")
    assert page.locator(".fadu-status-today").count() == 0


@pytest.mark.parametrize(("day", "data", "state", "word"), [
    ("2027-01-31", {"from": "2027-02-01"}, "future", "尚未施行"),
    ("2027-02-01", {"from": "2027-02-01"}, "current", "现行有效"),
    ("2027-02-01", {"from": "2021-07-15", "until": "2027-02-01"}, "current", "现行有效"),
    ("2027-02-02", {"from": "2021-07-15", "until": "2027-02-01"}, "repealed", "已废止"),
    ("2027-02-02", {"from": "2021-07-15", "until": "2027-02-01", "after": "amended"}, "amended", "已修改"),
    ("2027-02-02", {"from": "2021-07-15", "plan-until": "2026-12-31"}, "expired", "规划期届满"),
])  # fmt: skip
def test_status_follows_the_clock(page, site_dir, day, data, state, word):
    page.clock.set_fixed_time(f"{day}T00:30:00+08:00")
    url = (site_dir / "laws/administrative-penalty.html").as_uri()
    attributes = " ".join(f'data-{name}="{value}"' for name, value in data.items())
    html = re.sub(r'data-from="[^"]*" data-until="[^"]*" data-plan-until="[^"]*"', attributes, (site_dir / "laws/administrative-penalty.html").read_text("utf-8"), count=1)
    chip = f'<a class="fadu-cite" href="#" data-state="{"future" if state == "current" and "until" not in data else "current"}" {attributes}>某法</a>'
    page.route(url, lambda route: route.fulfill(body=html.replace("</article>", chip + "</article>"), content_type="text/html; charset=utf-8"))
    page.goto(url)
    expect(page.locator(".fadu-status-today").first).to_contain_text(word)
    expect(page.locator("a.fadu-cite").last).to_have_attribute("data-state", state)


# --- paper, phone, no scripts


def test_print_shows_the_paper_and_nothing_of_the_navigation(opened, procedure):
    opened.emulate_media(media="print")
    opened.evaluate("dispatchEvent(new Event('beforeprint'))")
    hidden = ".md-header, .md-tabs, .md-sidebar, .fadu-actions, .fadu-footer, .fadu-bar"
    assert not [one for one in opened.locator(hidden).all() if one.is_visible()]
    head = opened.locator(".fadu-print-head")
    for text in (procedure["code"], procedure["title"], "法规判断日", "打印日期"):
        expect(head).to_contain_text(text)
    content = opened.evaluate("getComputedStyle(document.querySelector('.fadu-page a.fadu-cite'), '::before').content")
    assert "《" in content
    assert opened.evaluate("document.querySelectorAll('.fadu-page details:not([open])').length") == 0
    opened.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_phone_has_a_bar_and_nothing_sticks_out(opened):
    opened.set_viewport_size({"width": 390, "height": 844})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 390
    button = opened.locator(".fadu-bar-button", has_text="期限")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(opened.locator(".fadu-card--open")).to_be_visible()
    opened.keyboard.press("Escape")
    expect(opened.locator(".fadu-card--open")).to_have_count(0)
    chart = opened.locator(".fadu-chart-open").first
    expect(chart).to_have_text("看流程图")
    chart.click()
    expect(opened.locator(".fadu-chart-box").first).to_be_visible()


def test_reading_needs_no_script(browser, site_dir, procedure):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1366, "height": 768})
    try:
        page = context.new_page()
        page.goto((site_dir / procedure["url"]).as_uri())
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".fadu-step").first).to_be_visible()
        expect(page.locator(".fadu-chart-box").first).to_be_visible()
        assert not [one for one in page.locator(".fadu-js").all() if one.is_visible()]
    finally:
        context.close()


def test_scripts_and_styles_hold_for_chrome_90(node):
    scripts = [f"macros/assets/js/{name}.js" for name in ("core", "search", "searchbox", "matter", "matterbox", "clock", "page")]
    checked = node("tools/check_browser.mjs", *scripts, "macros/assets/css/fadu.css", "macros/assets/css/print.css")
    assert (checked.stdout, checked.returncode) == ("", 0)

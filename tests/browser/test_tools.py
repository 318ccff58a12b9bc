"""算期限, 做判断, 练习, and what they keep, in the built site from file://."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from macros import calendars

ROOT = Path(__file__).resolve().parents[2]
AXE = str(ROOT / "node_modules/axe-core/axe.min.js")


def violations(page: Page) -> list:
    page.add_script_tag(path=AXE)
    return page.evaluate("axe.run('.fadu-page').then(result => result.violations.map(one => [one.id, one.nodes[0].html]))")


def small(page: Page, inside: str) -> list[str]:
    """Controls smaller than 24 px (a label makes a radio button larger)."""
    return page.evaluate("""inside => Array.from(document.querySelectorAll(inside + ' :is(a, button, input, select, summary)'))
        .filter(one => one.offsetParent && !/radio|checkbox/.test(one.type) && Math.min(one.getBoundingClientRect().height, one.getBoundingClientRect().width) < 24)
        .map(one => one.outerHTML)""", inside)


def opened(page: Page, site_dir: Path, name: str) -> Page:
    page.goto((site_dir / name).as_uri().replace("%3F", "?"))
    return page


def create(page: Page, name: str) -> None:
    page.click(".fadu-matter-button")
    page.fill("dialog input[aria-label^=新的件]", name)
    page.click("dialog >> text=新建")


# --- 算期限


@pytest.fixture
def calculator(page: Page, site_dir: Path) -> Page:
    page.goto((site_dir / "calculator.html").as_uri() + "?p=penalty-hearing")
    page.wait_for_selector(".fadu-tool-events")
    return page


def events(page: Page) -> list[str]:
    return page.evaluate("[...new Set(Array.from(document.querySelectorAll('[data-event]'), one => one.dataset.event))]")


def fill(page: Page, event: str, day: str) -> None:
    page.fill(f'[data-event="{event}"][data-part="date"]', day)


def fill_all(page: Page, day: str) -> None:
    for event in events(page):
        fill(page, event, day)
    page.wait_for_selector(".fadu-due-table tbody tr")


def test_a_procedure_page_leads_to_its_calculator(page, site_dir):
    opened(page, site_dir, "procedures/penalty-hearing.html")
    page.click("text=按件算")
    expect(page.locator("#fadu-procedure")).to_have_value("penalty-hearing")
    expect(page.locator(".fadu-tool-events")).to_be_visible()
    assert page.errors == []
    assert page.requests == []


def test_the_table_is_what_the_api_says(calculator):
    fill_all(calculator, "2026-09-28")
    kept = calculator.evaluate("fadu.matter.get('calculator', 'penalty-hearing').events")
    rows = calculator.evaluate("events => fadu.deadlines('penalty-hearing', events)", kept)
    expect(calculator.locator(".fadu-due-table tbody tr")).to_have_count(len(rows))
    shown = calculator.evaluate("Array.from(document.querySelectorAll('.fadu-due-table tbody tr'), row => row.dataset.date)")
    assert shown == [row["date"] or "" for row in rows]
    assert shown == sorted(shown, key=lambda day: day or "9")
    text = calculator.locator(".fadu-due-table").inner_text()
    for row in rows:
        for words in (row["text"], *row["steps"], *row["warnings"]):
            assert words in text
    assert "工作日" in text
    for link in calculator.locator(".fadu-due-table tbody td:nth-child(2) a").all():
        assert re.search(r"procedures/penalty-hearing\.html#part-", link.get_attribute("href"))
    assert calculator.errors == []
    assert calculator.requests == []


def test_backwards_from_a_session(calculator):
    """举行听证的七日前：2026-10-19 → 最迟 10-08."""
    before = calculator.evaluate("window.faduDeadlines.procedures['penalty-hearing'].deadlines.filter(one => one.rule.before && one.rule.n === 7 && one.rule.unit === 'workday')")
    assert before
    fill(calculator, before[0]["event"], "2026-10-19")
    row = calculator.locator(f'[data-row="{before[0]["step"]}.{before[0]["id"]}"]')
    expect(row).to_have_attribute("data-date", "2026-10-08")
    expect(row).to_contain_text("星期四")
    expect(row).to_contain_text("倒数")


def test_chain_of_latest_days_before_a_meeting(page, site_dir):
    """集体讨论 2026-12-18（五）：送请审查最迟 12-08，征求意见最迟 11-07；自己再用三个工作日，起草 11-04。"""
    page.goto((site_dir / "calculator.html").as_uri() + "?p=major-decision")
    page.select_option("#fadu-chain-to", "deliberate")
    page.fill("#fadu-chain-day", "2026-12-18")
    rows = page.locator(".fadu-chain-rows tbody")
    expect(rows.locator('[data-row="legality"]')).to_have_attribute("data-date", "2026-12-08")
    expect(rows.locator('[data-row="legality"]')).to_contain_text("第26条第2款")
    expect(rows.locator('[data-row="participate"]')).to_have_attribute("data-date", "2026-11-07")
    expect(rows.locator('[data-row="participate"]')).to_contain_text("是休息日，请在2026年11月6日")
    expect(rows.locator('[data-row="deliberate"]')).to_contain_text("定了的日子")
    page.click("text=各步自己要用几个工作日")
    page.fill('[data-own="draft"]', "3")
    expect(rows.locator('[data-row="draft"]')).to_have_attribute("data-date", "2026-11-04")
    assert page.locator('[data-off="participate"]').count() == 0  # nothing leads round it
    page.uncheck('[data-off="assess"]')
    expect(rows.locator('[data-row="assess"]')).to_have_count(0)
    with page.expect_download() as waiting:
        page.locator(".fadu-chain-rows button", has_text="日历").click()
    events_ = Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")
    days = {str(one["SUMMARY"]).split("：")[1].split("【")[0]: one.decoded("DTSTART") for one in events_}
    assert days["公众参与"] == date(2026, 11, 6)  # a Saturday: the workday before
    page.reload()
    expect(rows.locator('[data-row="draft"]')).to_have_attribute("data-date", "2026-11-04")
    expect(rows.locator('[data-row="assess"]')).to_have_count(0)
    assert page.errors == []
    assert page.requests == []
    assert violations(page) == []
    assert small(page, ".fadu-chain") == []


def test_one_rule_typed_by_the_reader(calculator):
    """五个工作日跨国庆：2026-09-28 → 10-10（六，上班）；改成自然日 → 10-03，休息日不顺延；写明顺延 → 10-08."""
    page = calculator
    page.click("#fadu-rule > summary")
    box = page.locator(".fadu-rule-result")
    page.fill("#fadu-rule-n", "5")
    page.fill("#fadu-rule-day", "2026-09-28")
    expect(box).to_be_empty()  # no unit, no date: the unit is never guessed
    page.select_option("#fadu-rule-unit", "workday")
    expect(box).to_contain_text("2026年10月10日")
    page.select_option("#fadu-rule-unit", "day")
    expect(box).to_contain_text("2026年10月3日 最迟这天")
    expect(box).to_contain_text("不顺延")
    page.select_option("#fadu-rule-rolls", "yes")
    expect(box).to_contain_text("2026年10月8日 最迟这天")
    page.fill("#fadu-rule-title", "答复")
    with page.expect_download() as waiting:
        box.locator("button").click()
    event, = Calendar.from_ical(waiting.value.path().read_bytes()).walk("VEVENT")
    assert (event.decoded("DTSTART"), "答复" in str(event["SUMMARY"])) == (date(2026, 10, 8), True)
    page.reload()
    page.click("#fadu-rule > summary")
    expect(box).to_contain_text("2026年10月8日 最迟这天：答复")
    page.emulate_media(media="print")
    expect(page.locator("#fadu-rule-n")).to_be_hidden()
    expect(box).to_contain_text("2026年9月28日起5日（自然日）")
    page.emulate_media(media="screen")
    page.evaluate("fadu.matter.create('没有用过的件')")
    page.emulate_media(media="print")
    expect(page.locator("#fadu-rule")).to_be_hidden()  # what was not used stays off the paper
    expect(page.locator(".fadu-chain")).to_be_hidden()
    page.emulate_media(media="screen")
    assert page.errors == []
    assert page.requests == []
    assert violations(page) == []
    assert small(page, "#fadu-rule") == []


def test_time_that_does_not_count_is_added(page, site_dir):
    page.goto((site_dir / "calculator.html").as_uri())
    page.wait_for_selector("#fadu-procedure optgroup", state="attached")
    name, row, event = page.evaluate("""Object.entries(window.faduDeadlines.procedures).flatMap(([name, one]) => one.deadlines.filter(row => row.rule.excludes && row.rule.unit === 'workday' && row.rule.n).map(row => [name, row.step + '.' + row.id, row.event]))[0]""")
    page.select_option("#fadu-procedure", name)
    fill(page, event, "2026-11-02")
    found = page.locator(f'.fadu-due-table [data-row="{row}"]')
    expect(found).to_contain_text("不计入")
    before = found.get_attribute("data-date")
    page.fill(f'[data-part="excluded"][data-number="{row}"]', "2")
    expect(found).to_contain_text("不计入的2个工作日往后加")
    assert found.get_attribute("data-date") > before
    assert page.errors == []


def test_a_year_without_holidays_is_refused_in_words(calculator):
    fill_all(calculator, "2031-03-03")
    expect(calculator.locator(".fadu-due-table")).to_contain_text("没有2031年的放假安排")
    expect(calculator.locator(".fadu-due-table")).to_contain_text("没有算出")
    assert calculator.errors == []


def test_dates_belong_to_the_matter(calculator):
    event = events(calculator)[0]
    fill(calculator, event, "2026-09-28")
    create(calculator, "另一件")
    field = calculator.locator(f'[data-event="{event}"][data-part="date"]')
    expect(field).to_have_value("")
    fill(calculator, event, "2026-11-02")
    calculator.reload()
    expect(field).to_have_value("2026-11-02")
    calculator.evaluate("fadu.matter.choose('default')")
    expect(field).to_have_value("2026-09-28")
    calculator.locator(".fadu-tool-inputs button").first.click()
    expect(field).to_have_value("")
    assert calculator.evaluate("fadu.matter.get('calculator', 'penalty-hearing')") is None


def test_another_procedure_keeps_its_address(calculator):
    calculator.fill("#fadu-procedure-filter", "政府信息公开")
    other = calculator.evaluate("Array.from(document.querySelectorAll('#fadu-procedure optgroup option'), one => one.value).find(one => one !== 'penalty-hearing')")
    calculator.select_option("#fadu-procedure", other)
    calculator.wait_for_selector(".fadu-tool-events")
    calculator.reload()
    expect(calculator.locator("#fadu-procedure")).to_have_value(other)


def test_nonsense_in_the_address_is_told(page, site_dir):
    page.goto((site_dir / "calculator.html").as_uri() + "?p=__proto__")
    expect(page.locator(".fadu-warning")).to_contain_text("没有要算的期限")
    assert page.errors == []


def test_a_local_number_can_be_filled_in(page, site_dir):
    page.goto((site_dir / "calculator.html").as_uri())
    page.wait_for_selector("#fadu-procedure optgroup", state="attached")
    found = page.evaluate("""Object.entries(window.faduDeadlines.procedures).flatMap(([name, one]) => one.deadlines.filter(row => row.rule.n === null && row.rule.unit === 'day' && !row.rule.before).map(row => [name, row.step + '.' + row.id, row.event]))[0]""")
    name, row, event = found
    page.select_option("#fadu-procedure", name)
    fill(page, event, "2026-09-01")
    expect(page.locator(f'[data-row="{row}"]')).to_contain_text("待填")
    page.fill(f'[data-part="amounts"][data-number="{row}"]', "10")
    expect(page.locator(f'[data-row="{row}"]')).to_have_attribute("data-date", re.compile(r"2026-09-1\d"))


def test_the_calendar_file(calculator, tmp_path):
    fill_all(calculator, "2026-09-28")
    with calculator.expect_download() as download:
        calculator.click("text=存成日历")
    path = tmp_path / "a.ics"
    download.value.save_as(path)
    raw = path.read_bytes()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    found = Calendar.from_ical(raw).walk("VEVENT")
    rows = calculator.evaluate("Array.from(document.querySelectorAll('.fadu-due-table tbody tr'), row => row.dataset.date).filter(Boolean)")
    assert sorted(str(one.decoded("dtstart")) for one in found) == sorted(rows)
    assert len({str(one["uid"]) for one in found}) == len(found)
    with calculator.expect_download() as again:
        calculator.click("text=存成日历")
    again.value.save_as(tmp_path / "b.ics")
    assert (tmp_path / "b.ics").read_bytes() == raw


def test_the_browser_writes_the_calendar_that_python_writes(calculator):
    rows = [
        ("calculator/default/a/b/c", "短", date(2026, 10, 10), "", 0),
        ("calculator/m1/a/b#d", "很长的标题，" * 12 + "a,b;c\\d", date(2026, 9, 30), "第一行\n第二行；有,有;有\\" + "字" * 60 + "\\" * 40, 1),
        ("calculator/m1/a/b/e", "plain ascii " * 10, date(2026, 12, 31), "🀄" * 30, 2),
    ]
    mine = calculator.evaluate("rows => fadu.deadlines.ics(rows)", [{"key": key, "title": title, "day": str(day), "note": note, "alarm": alarm} for key, title, day, note, alarm in rows])
    theirs = calendars.ics([calendars.Entry(key, title, day, note, "", alarm) for key, title, day, note, alarm in rows])
    assert mine.encode() == theirs


def test_what_is_copied_and_printed(calculator):
    fill_all(calculator, "2026-09-28")
    text = calculator.evaluate("fadu.plain(document.querySelector('.fadu-due-result'))")
    assert "2026年9月28日（星期一）" in text
    assert "\t" in text
    calculator.emulate_media(media="print")
    assert not calculator.locator(".fadu-tool-form").is_visible()
    assert calculator.locator(".fadu-due-events").is_visible()
    assert calculator.locator(".fadu-due-table").is_visible()


@pytest.mark.parametrize("dark", [False, True])
def test_calculator_for_axe_targets_and_phone(calculator, dark):
    fill_all(calculator, "2026-09-28")
    if dark:
        calculator.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")
        calculator.wait_for_timeout(400)
    assert violations(calculator) == []
    assert small(calculator, "#fadu-calculator") == []
    calculator.set_viewport_size({"width": 390, "height": 844})
    assert calculator.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize(("name", "text"), [("calculator.html", "没有脚本也能查"), ("triage/illegal-building-route.html", "在哪里建的"), ("questions.html", "答案和解析")])
def test_reads_without_scripts(browser, site_dir, name, text):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto((site_dir / name).as_uri())
        expect(page.locator("article")).to_contain_text(text)
        assert not [one for one in page.locator(".fadu-js").all() if one.is_visible()]
    finally:
        context.close()


# --- 做判断


@pytest.fixture
def triage(page: Page, site_dir: Path) -> Page:
    opened(page, site_dir, "triage/illegal-building-route.html")
    page.wait_for_selector(".fadu-wizard-ask")
    return page


def say(page: Page, text: str) -> None:
    page.locator(".fadu-wizard-ways button", has_text=text).click()


def test_step_by_step_to_an_outcome(triage):
    expect(triage.locator(".fadu-wizard-ask")).to_contain_text("土地管理法第77条")
    say(triage, "否")
    expect(triage.locator(".fadu-wizard-question")).to_be_focused()
    say(triage, "乡、村庄规划区内")
    result = triage.locator(".fadu-wizard-result")
    expect(result).to_contain_text("归乡、镇人民政府")
    expect(result).to_be_focused()
    expect(result.locator("a.fadu-cite").first).to_be_visible()
    assert result.locator("a:not(.fadu-cite)").first.get_attribute("href") == "../procedures/rural-illegal-building.html"
    triage.reload()
    expect(result).to_contain_text("归乡、镇人民政府")
    triage.click("text=退回上一问")
    expect(triage.locator(".fadu-wizard-question")).to_have_text("在哪里建的？")
    triage.click("text=从头判断")
    expect(triage.locator(".fadu-wizard-path")).to_have_count(0)
    assert triage.evaluate("fadu.matter.get('triage', 'illegal-building-route')") is None
    assert triage.errors == []
    assert triage.requests == []


def test_the_result_is_copied_as_text(triage):
    triage.evaluate("fadu.copy = text => { window.copied = text; }")
    say(triage, "否")
    say(triage, "城市、镇规划区内")
    triage.click("text=复制结论")
    copied = triage.evaluate("window.copied")
    assert "结论：" in copied
    assert "《中华人民共和国城乡规划法》第六十四条" in copied
    assert "1. " in copied
    assert "下一步：" in copied


def test_the_table_opens_where_an_address_points_into_it(page, site_dir):
    page.goto((site_dir / "triage/illegal-building-route.html").as_uri() + "#part-place")
    expect(page.locator("#part-place")).to_be_visible()


def test_answers_of_two_matters(triage):
    say(triage, "否")
    create(triage, "乙件")
    expect(triage.locator(".fadu-wizard-question")).to_contain_text("主要问题是占地")


def test_the_api_is_on_every_page(page, site_dir):
    opened(page, site_dir, "index.html")
    assert page.evaluate("fadu.triage('illegal-building-route', {land: 'no', place: 'village'}).then(one => one.outcome)") == "rural"
    assert page.evaluate("fadu.triage('illegal-building-route', {land: 'no'}).then(one => one.question)") == "place"
    assert page.evaluate("fadu.triage('no-such').then(one => one.error)")
    assert page.evaluate("fadu.deadlines('no-such', {a: '2026-01-01'})") == []
    assert page.evaluate("fadu.deadlines('penalty-hearing', {}).then(rows => rows.length)") == 0
    assert page.errors == []
    assert page.requests == []


def test_wizard_for_axe_and_targets(triage):
    assert violations(triage) == []
    say(triage, "否")
    say(triage, "城市、镇规划区内")
    assert violations(triage) == []
    assert small(triage, ".fadu-wizard") == []


# --- 练习


@pytest.fixture
def quiz(page: Page, site_dir: Path) -> Page:
    opened(page, site_dir, "questions.html")
    page.wait_for_selector("#quiz-seed")
    return page


def answer(page: Page, good: bool) -> str:
    """Answers the question shown; returns its id."""
    one = page.evaluate("""() => { const now = JSON.parse(localStorage.getItem(fadu.store.prefix + '-/quiz/session')); const id = now.ids.find(name => !(name in now.answers));
        const part = document.getElementById(id); return {id, use: part.dataset.use, key: part.dataset.key.split(' '), options: Array.from(part.querySelectorAll('[data-option]'), row => row.dataset.option)}; }""")
    if one["use"] == "order":
        if good:
            for at, name in enumerate(one["key"]):
                row = page.locator(f'.fadu-quiz-order li[data-name="{name}"]')
                for _ in range(len(one["key"])):
                    if page.evaluate("name => Array.from(document.querySelectorAll('.fadu-quiz-order li'), row => row.dataset.name).indexOf(name)", name) <= at:
                        break
                    row.locator("button").first.press("Enter")
    else:
        names = one["key"] if good else [next(name for name in one["options"] if name not in one["key"])]
        for name in names:
            page.check(f'.fadu-quiz-option input[value="{name}"]')
    page.click("text=判分")
    expect(page.locator(".fadu-quiz-result .fadu-chip").first).to_have_text("答对了" if good else "答错了")
    return one["id"]


def start(page: Page, count: int, seed: str = "7") -> None:
    page.fill("#quiz-seed", seed)
    page.fill("#quiz-count", str(count))
    page.click("text=开始练习")


def onward(page: Page) -> None:
    page.locator(".fadu-quiz-box + .fadu-actions button").first.click()


def ids(page: Page) -> list[str]:
    return page.evaluate("JSON.parse(localStorage.getItem(fadu.store.prefix + '-/quiz/session')).ids")


def test_marks_reasons_and_the_score(quiz):
    start(quiz, 3)
    answer(quiz, good=True)
    onward(quiz)
    wrong = answer(quiz, good=False)
    if quiz.evaluate("id => document.getElementById(id).dataset.use", wrong) != "order":
        expect(quiz.locator(".fadu-quiz-why")).to_contain_text("为什么错")
    expect(quiz.locator(".fadu-quiz-result")).to_contain_text("解析")
    onward(quiz)
    answer(quiz, good=True)
    onward(quiz)
    expect(quiz.locator(".fadu-quiz h2")).to_have_text("得分：2 / 3（67%）")
    assert quiz.errors == []
    assert quiz.requests == []


def test_a_number_gives_the_same_questions(quiz):
    start(quiz, 12, "314")
    first = ids(quiz)
    quiz.click("text=先停下")
    start(quiz, 12, "315")
    assert ids(quiz) != first
    quiz.click("text=先停下")
    start(quiz, 12, "314")
    assert ids(quiz) == first
    assert len(set(first)) == 12


def test_only_what_was_chosen(quiz):
    quiz.select_option("#quiz-shelf", "administration")
    quiz.select_option("#quiz-level", "2")
    start(quiz, 30)
    found = quiz.evaluate("ids => ids.map(id => document.getElementById(id).dataset).map(one => [one.shelfOf, one.difficulty])", ids(quiz))
    assert {tuple(one) for one in found} == {("administration", "2")}
    quiz.click("text=先停下")
    quiz.select_option("#quiz-shelf", "")
    quiz.select_option("#quiz-level", "")
    quiz.select_option("#quiz-post", "township-enforcement-officer")
    start(quiz, 30)
    assert quiz.evaluate("ids => ids.every(id => document.getElementById(id).dataset.posts.split(' ').includes('township-enforcement-officer'))", ids(quiz))


def test_a_learning_path_leads_to_its_questions(page, site_dir):
    opened(page, site_dir, "paths/township-enforcement-officer.html")
    page.click("text=练这个岗位的题")
    page.wait_for_selector("#quiz-post")  # expect() would describe the whole bank while it waits
    expect(page.locator("#quiz-post")).to_have_value("township-enforcement-officer")


def test_the_wrong_answer_book_forgets_after_two_right_answers(quiz):
    start(quiz, 1)
    wrong = answer(quiz, good=False)
    onward(quiz)
    quiz.reload()
    for left in (1, 0):
        quiz.click("text=练错题本（1）")
        assert ids(quiz) == [wrong]
        answer(quiz, good=True)
        onward(quiz)
        quiz.click("text=回到题库")
        assert len(quiz.evaluate("Object.keys(fadu.store.get('-/quiz/book').wrong)")) == left
    expect(quiz.locator("text=练错题本")).to_have_count(0)


def test_a_practice_goes_on_after_closing(quiz):
    start(quiz, 4)
    answer(quiz, good=True)
    quiz.reload()
    quiz.click("text=接着上次的做（1 / 4）")
    expect(quiz.locator(".fadu-quiz")).to_contain_text("第 2 / 4 题")


def test_order_is_put_by_keyboard(quiz):
    quiz.evaluate("""() => { const id = document.querySelector('.fadu-question[data-use=order]').id;
        localStorage.setItem(fadu.store.prefix + '-/quiz/session', JSON.stringify({v: 1, ids: [id], seed: '1', title: '', answers: {}})); }""")
    quiz.reload()
    quiz.click("text=接着上次的做")
    shown = quiz.evaluate("Array.from(document.querySelectorAll('.fadu-quiz-order li'), row => row.dataset.name)")
    key = quiz.evaluate("document.querySelector('.fadu-question[data-use=order]').dataset.key.split(' ')")
    assert shown != key
    assert sorted(shown) == sorted(key)
    assert violations(quiz) == []
    answer(quiz, good=True)


def test_a_paper_with_its_key_on_another_page(quiz, tmp_path):
    quiz.fill("#quiz-count", "9")
    quiz.click("text=出一份试卷")
    expect(quiz.locator(".fadu-exam-question")).to_have_count(9)
    expect(quiz.locator(".fadu-exam-key > p strong")).to_have_count(9)
    quiz.emulate_media(media="print")
    assert quiz.evaluate("getComputedStyle(document.querySelector('.fadu-exam-key')).breakBefore") == "page"
    assert not quiz.locator(".fadu-questions").is_visible()
    assert not quiz.locator(".fadu-exam ~ .fadu-actions").count()
    quiz.emulate_media(media="screen")
    quiz.click("text=返回")
    expect(quiz.locator(".fadu-questions")).to_be_visible()


def test_quiz_for_axe_targets_and_phone(quiz):
    assert violations(quiz) == []
    start(quiz, 2)
    answer(quiz, good=False)
    assert violations(quiz) == []
    assert small(quiz, "#fadu-quiz") == []
    quiz.set_viewport_size({"width": 390, "height": 844})
    assert quiz.evaluate("document.documentElement.scrollWidth") <= 390


# --- what is kept goes out and comes in


def filled(page: Page, site_dir: Path) -> None:
    page.goto((site_dir / "calculator.html").as_uri() + "?p=penalty-hearing")
    page.wait_for_selector(".fadu-tool-events")
    create(page, "要带走的件")
    fill(page, events(page)[0], "2026-09-28")
    page.evaluate("fadu.matter.set('triage', 'illegal-building-route', {title: '违法建设', answers: {land: 'no', place: 'village'}})")
    page.evaluate("fadu.store.set('-/quiz/book', {wrong: {'some-question': {times: 1, right: 0, at: '2026-11-01T00:00:00Z'}}})")


def exported(page: Page, selector: str, path: Path) -> Path:
    page.click(".fadu-matter-button")
    with page.expect_download() as download:
        page.locator(selector).click()
    download.value.save_as(path)
    page.keyboard.press("Escape")
    return path


def test_dates_and_answers_go_with_the_matter(page, site_dir, browser, tmp_path):
    filled(page, site_dir)
    path = exported(page, ".fadu-matter--current >> text=导出", tmp_path / "a.json")
    content = json.loads(path.read_text("utf-8"))["content"]
    assert content["calculator/penalty-hearing"]["events"]
    assert content["triage/illegal-building-route"]["answers"]["place"] == "village"
    fill(page, events(page)[0], "2026-10-12")
    page.click(".fadu-matter-button")
    page.set_input_files("dialog input[type=file]", path)
    expect(page.locator("dialog tbody tr")).to_have_count(1)
    expect(page.locator("dialog tbody")).to_contain_text("算期限")
    expect(page.locator("dialog tbody")).to_contain_text("2026-10-12")
    page.click("dialog >> text=以文件为准")
    expect(page.locator("input[data-event]").first).to_have_value("2026-09-28")


def test_everything_at_once(page, site_dir, browser, tmp_path):
    filled(page, site_dir)
    path = exported(page, "dialog button:has-text('全部导出')", tmp_path / "all.json")
    read = json.loads(path.read_text("utf-8"))
    assert read["format"] == "fadu-all"
    assert {one["name"] for one in read["matters"]} == {"未命名件", "要带走的件"}
    assert read["reader"]["quiz/book"]["wrong"]
    context = browser.new_context(locale="zh-CN")
    try:
        other = context.new_page()
        other.goto(page.url)
        other.click(".fadu-matter-button")
        other.set_input_files("dialog input[type=file]", path)
        expect(other.locator("dialog[open]")).to_have_count(0)
        names = other.evaluate("fadu.matter.list().map(one => one.name)")
        assert "要带走的件" in names
        assert other.evaluate("fadu.store.get('-/quiz/book').wrong['some-question'].times") == 1
    finally:
        context.close()


def test_a_reminder_where_much_was_not_exported(page, site_dir, tmp_path):
    page.clock.set_fixed_time("2026-11-01T09:00:00+08:00")
    opened(page, site_dir, "procedures/penalty-hearing.html")
    page.evaluate("Array.from({length: 25}, (_, at) => fadu.matter.fill('field-' + at, 'x'))")
    page.reload()
    expect(page.locator(".fadu-remind")).to_have_count(0)
    page.clock.set_fixed_time("2026-11-16T09:00:00+08:00")
    page.reload()
    expect(page.locator(".fadu-remind")).to_contain_text("25 项记录，15 天没有导出")
    assert violations(page) == []
    page.click("text=七天后再说")
    page.reload()
    expect(page.locator(".fadu-remind")).to_have_count(0)
    page.clock.set_fixed_time("2026-11-24T09:00:00+08:00")
    page.reload()
    with page.expect_download():
        page.locator(".fadu-remind >> text=导出").last.click()
    page.reload()
    expect(page.locator(".fadu-remind")).to_have_count(0)


def test_tool_scripts_hold_for_chrome_90(node):
    scripts = [f"macros/assets/js/{name}.js" for name in ("deadlines", "calculator", "triage", "quiz", "matter", "matterbox")]
    checked = node("tools/check_browser.mjs", *scripts, "macros/assets/css/tools.css")
    assert (checked.stdout, checked.returncode) == ("", 0)

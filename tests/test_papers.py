"""Papers as XML, as pages printed by LibreOffice, and as filled in a browser."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from macros import papers
from macros.catalog import Catalog
from macros.models import Key
from macros.papers import content, titles
from tests.support.papers import FIELDS, LAYOUTS, page, world

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 56.6929  # twentieths of a point
EVIL = "</w:t><w:p>&amp;{#x}{/y}\u0007 <script>alert(1)</script>"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return world(tmp_path_factory.mktemp("papers"))


def key(layout: str) -> Key:
    return Key("documents", LAYOUTS[layout])


def parts(found: bytes) -> dict[str, etree._Element]:
    with zipfile.ZipFile(io.BytesIO(found)) as archive:
        assert archive.testzip() is None
        return {name: etree.fromstring(archive.read(name)) for name in archive.namelist()}


def pages_of(found: bytes) -> list[etree._Element]:
    return [tree for name, tree in parts(found).items() if re.fullmatch(r"word/(document|header\d|footer\d)\.xml", name)]


def words(tree: etree._Element) -> str:
    return "".join(node.text or "" for node in tree.iter(f"{W}t"))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("make", [papers.blank, papers.template])
def test_named_styles_only(small: Catalog, layout: str, make) -> None:
    made = make(small, key(layout))
    known = {style.get(f"{W}styleId"): style for style in parts(made)["word/styles.xml"].iter(f"{W}style")}
    for tree in pages_of(made):
        for look in tree.iter(f"{W}pPr"):
            # The place of the imprint at the foot of the page is the one thing a style can't say to LibreOffice.
            assert {child.tag for child in look} <= {f"{W}pStyle", f"{W}framePr"}
        for look in tree.iter(f"{W}rPr"):
            assert {child.tag for child in look} == {f"{W}rStyle"}
        for tag in ("pStyle", "rStyle", "tblStyle"):
            assert all(node.get(f"{W}val") in known for node in tree.iter(f"{W}{tag}"))
        assert all(node.find(f"{W}pPr/{W}pStyle") is not None for node in tree.iter(f"{W}p"))


def test_every_layout_of_the_model_has_a_family() -> None:
    from typing import get_args

    from macros.models.paper import Layout

    assert set(get_args(Layout)) == set(papers.FAMILY)


def test_page_of_the_standard(small: Catalog) -> None:
    body = parts(papers.blank(small, key("通知")))["word/document.xml"]
    section = body.find(f".//{W}sectPr")
    margins = section.find(f"{W}pgMar")
    wanted = {"top": 37, "bottom": 35, "left": 28, "right": 26}
    assert {name: round(int(margins.get(f"{W}{name}")) / MM) for name in wanted} == wanted
    grid = section.find(f"{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "579")
    size = section.find(f"{W}pgSz")
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")


def test_fonts_sizes_and_their_substitutes(small: Catalog) -> None:
    found = parts(papers.blank(small, key("文件")))
    looks = {style.get(f"{W}styleId"): style for style in found["word/styles.xml"].iter(f"{W}style")}

    def look(name: str) -> tuple[str, str]:
        font = looks[name].find(f"{W}rPr/{W}rFonts")
        size = looks[name].find(f"{W}rPr/{W}sz")
        return font.get(f"{W}eastAsia") if font is not None else "", size.get(f"{W}val") if size is not None else ""

    assert look("PaperTitle") == ("方正小标宋简体", "44")
    assert look("Base") == ("仿宋_GB2312", "32")
    assert [look(f"Heading-{level}")[0] for level in (1, 2, 3, 4)] == ["黑体", "楷体_GB2312", "仿宋_GB2312", "仿宋_GB2312"]
    assert look("PageOdd") == ("宋体", "28")
    others = {font.get(f"{W}name"): font.find(f"{W}altName").get(f"{W}val") for font in found["word/fontTable.xml"].iter(f"{W}font")}
    assert others["仿宋_GB2312"].startswith("仿宋,")
    assert "宋体" in others["方正小标宋简体"]


def test_page_numbers_odd_right_even_left(small: Catalog) -> None:
    found = parts(papers.blank(small, key("报告")))
    assert found["word/settings.xml"].find(f"{W}evenAndOddHeaders") is not None
    for name, style in (("footer1", "PageOdd"), ("footer2", "PageEven")):
        tree = found[f"word/{name}.xml"]
        assert tree.find(f".//{W}pStyle").get(f"{W}val") == style
        assert words(tree) == "— 1 —"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_blank_holds_no_notes_no_tags_no_xx(small: Catalog, layout: str) -> None:
    made = papers.blank(small, key(layout))
    assert made == papers.blank(small, key(layout)), "not the same bytes twice"
    text = "".join(words(tree) for tree in pages_of(made))
    assert "起草提示" not in text
    assert "{" not in text
    assert not re.search(r"[Xx×]{2}", text)
    assert "《中华人民共和国行政处罚法》第六十三条第一款" in text
    assert "【情形1：涉及秘密】" in text
    assert "【有财物，才写下面这一段；没有就删去】" in text
    assert "（当事人姓名、名称）" in text
    assert docx.Document(io.BytesIO(made)).core_properties.created.isoformat().startswith("2026-11-21")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_tags_of_the_template_stand_in_one_run(small: Catalog, layout: str) -> None:
    made = papers.template(small, key(layout))
    assert made == papers.template(small, key(layout))
    tags: list[str] = []
    for tree in pages_of(made):
        for node in tree.iter(f"{W}t"):
            text = node.text or ""
            assert text.count("{") == text.count("}")
            tags += re.findall(r"\{([^{}]*)\}", text)
    opened = [tag[1:] for tag in tags if tag.startswith("#")]
    assert sorted(opened) == sorted(tag[1:] for tag in tags if tag.startswith("/"))
    plain = {tag.partition("/")[0] for tag in tags if not tag.startswith(("#", "/"))}
    slots = {"", ".", "row-number", "name", "count", "day", "paper-date", "print-date", "print-office", "signer", "issue-number"}
    assert plain - slots <= set(FIELDS)


def test_layouts_differ(small: Catalog) -> None:
    """One layout for all papers is a failure."""
    seen = {}
    for family, layouts in papers.FAMILIES.items():
        body = parts(papers.blank(small, key(layouts[0])))["word/document.xml"]
        seen[family] = tuple(node.get(f"{W}val") for node in body.iter(f"{W}pStyle"))
    assert len(set(seen.values())) >= 8
    assert "RedHead" in seen["official"]
    assert "Question" in seen["record"]
    assert "SlipTitle" in seen["order"]


def test_a_long_title_breaks_where_a_sense_ends() -> None:
    assert titles.title_lines("关于征集法治政府建设年度报告素材和数据的通知") == ("关于征集法治政府建设", "年度报告素材和数据的通知")
    assert all(len(line) <= 20 for line in titles.title_lines("关于" + "认真做好有关事项" * 6 + "的通知"))


def test_a_choice_keeps_its_name_when_clauses_are_added(small: Catalog) -> None:
    paper = content.paper(small, key("通知"))
    group = next(block for block in paper.blocks if block.options)
    assert group.options[0].tag == content.tag(f"{group.group}|涉及秘密")


def test_printed_28_characters_22_lines(small: Catalog, soffice, tmp_path: Path) -> None:
    (tmp_path / "long.docx").write_bytes(papers.blank(small, Key("documents", "long-notice")))
    pdf = soffice(tmp_path / "long.docx", tmp_path)
    text = subprocess.run([shutil.which("pdftotext"), "-layout", "-f", "2", "-l", "2", pdf, "-"], capture_output=True, text=True, check=True).stdout
    lines = [len(line.strip()) for line in text.splitlines() if "法" in line]
    assert lines == [28] * 22


@pytest.mark.parametrize(("layout", "most", "wanted"), [
    ("请示", 3, ["（行政机关名称）文件", "签发人", "印发"]), ("函", 3, ["（行政机关名称）", "附件：1．第一件"]),
    ("决定书", 4, ["送达回执", "（印章）", "第1页共"]), ("笔录", 3, ["被询问人：", "询问人："]), ("审批表", 3, ["审批意见", "签名："]),
])
def test_printed_pages(small: Catalog, soffice, tmp_path: Path, layout: str, most: int, wanted: list[str]) -> None:
    (tmp_path / "paper.docx").write_bytes(papers.blank(small, key(layout)))
    pdf = soffice(tmp_path / "paper.docx", tmp_path)
    text = re.sub(r"\s", "", subprocess.run([shutil.which("pdftotext"), pdf, "-"], capture_output=True, text=True, check=True).stdout.replace("\f", "※"))
    assert text.count("※") <= most
    assert not text.endswith("※※"), "an empty last page"
    for part in wanted:
        assert part in text


# --- in the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture
def form(small: Catalog, tmp_path: Path, page):
    made = paper_page(small, key("通知书"), tmp_path)
    page.goto(made.as_uri())
    page.wait_for_selector("html[data-fadu-paper=ready]")
    return page


paper_page = page


@pytest.fixture
def page(browser):  # the fixture of tests/support/web.py; the name is taken above
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", accept_downloads=True)
    opened = context.new_page()
    opened.requests, opened.errors = [], []
    opened.on("request", lambda asked: asked.url.startswith(("file:", "data:", "blob:")) or opened.requests.append(asked.url))
    opened.on("console", lambda said: said.type == "error" and opened.errors.append(said.text))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    context.close()


def answered(form) -> None:
    form.fill("#f-reference-number", "某执罚告〔2026〕8号")
    form.fill("#f-agency-name", "某县某局")
    form.fill("#f-party-name", EVIL)
    form.fill("#f-facts", "第一段。\n第二段。")
    form.fill("#f-told-date", "2026-11-21")
    form.select_option("#f-secret-kind", "商业秘密")
    form.fill("#f-fine-amount", "1,000")
    form.check("fieldset[data-group] input[type=radio] >> nth=0")
    form.fill("#f-items tbody tr:nth-child(1) input >> nth=0", "账本")
    form.fill("#f-items tbody tr:nth-child(1) input >> nth=1", "2")
    form.click("text=加一行")
    form.fill("#f-items tbody tr:nth-child(2) input >> nth=0", "收据")
    form.fill("#f-items tbody tr:nth-child(2) input >> nth=1", "3")


def test_what_is_missing_is_named_and_never_printed_as_xx(form) -> None:
    form.click(".fadu-fill")
    listed = form.inner_text("#form-missing")
    for label in ("涉及秘密／其他：还没有选情形", "本机关名称：没有填", "当事人姓名（名称）：没有填", "事实：没有填", "清单：没有填"):
        assert label in listed
    with form.expect_download() as download:
        form.click("text=照样下载")
    text = "\n".join(node.text for node in docx.Document(download.value.path()).paragraphs)
    assert "＿＿＿＿" in text
    assert not re.search(r"[Xx]{2}|undefined|\{", text)
    assert form.errors == []


def test_filled_paper(form) -> None:
    answered(form)
    with form.expect_download() as download:
        form.click(".fadu-fill")
    assert download.value.suggested_filename == "测试用的通知书.docx"
    made = docx.Document(download.value.path())
    lines = [node.text for node in made.paragraphs]
    text = "\n".join(lines)
    assert "某执罚告〔2026〕8号" in lines
    assert "</w:t><w:p>&amp;{#x}{/y} <script>alert(1)</script>：" in lines, "typed text comes out as typed"
    assert "本机关于2026年11月21日告知。" in text
    assert lines[lines.index("经查：第一段。") + 1] == "第二段。"
    assert "因涉及商业秘密，不公开举行。" in text
    assert "某县某局" in text  # asked once, printed where the layout signs
    assert "（行政机关名称）" not in text
    assert "公开举行。＿" not in text
    assert "本段只在有财物时写。" not in text
    assert "起草提示" not in text
    assert "罚款1,000元（写作：$和｛花括号｝）。" in text
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows][1:] == [["1", "账本", "2", ""], ["2", "收据", "3", ""]]
    assert form.errors == []
    assert form.requests == []


def test_preview_follows_and_typed_markup_stays_text(form) -> None:
    answered(form)
    form.wait_for_function("document.querySelector('#paper').textContent.includes('2026年11月21日')")
    assert form.evaluate("document.querySelectorAll('#paper script').length") == 0
    assert form.is_hidden("#paper [data-when] >> text=公开举行。（只在第二种情形用）")
    assert "账本" in form.inner_text("#paper [data-table-value=items]")


def test_answers_belong_to_the_matter_and_numbers_to_the_paper(small: Catalog, form, tmp_path: Path) -> None:
    answered(form)
    other = paper_page(small, key("告知书"), tmp_path)
    form.goto(other.as_uri())
    form.wait_for_selector("html[data-fadu-paper=ready]")
    assert form.input_value("#f-facts") == "第一段。\n第二段。"
    assert form.input_value("#f-items tbody tr:nth-child(2) input >> nth=0") == "收据"
    assert form.input_value("#f-reference-number") == ""
    form.evaluate("window.fadu.matter.create('另一件')")
    form.wait_for_function("document.querySelector('#f-facts').value === ''")


def test_numbers_are_checked(form) -> None:
    answered(form)
    form.fill("#f-fine-amount", "一千")
    form.click(".fadu-fill")
    assert "“一千”不是数字" in form.inner_text("#form-missing")


def test_bundle_in_file_order_with_index_and_what_is_missing(small: Catalog, form) -> None:
    assert papers.papers_of(small, Key("procedures", "whole")) == [key("通知书"), key("决定书"), key("回证"), key("公告")]
    answered(form)
    form.evaluate("window.fadu.matter.tick('procedures/whole#first.evidence-1', true)")
    form.click("[data-bundle=whole] summary")
    form.wait_for_selector("[data-bundle=whole] li")
    assert form.locator("[data-bundle=whole] input:checked").count() == 1
    form.check(f"[data-bundle=whole] input[value={LAYOUTS['决定书']}]")
    with form.expect_download() as download:
        form.click("[data-bundle=whole] button")
    assert download.value.suggested_filename == "未命名件-整套程序.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["00 卷内目录.docx", "00 缺件清单.txt", "01 测试用的通知书.docx", "02 测试用的决定书.docx"]
        index = docx.Document(io.BytesIO(archive.read("00 卷内目录.docx")))
        lines = archive.read("00 缺件清单.txt").decode("utf-8-sig").splitlines()
        decision = docx.Document(io.BytesIO(archive.read("02 测试用的决定书.docx")))
    assert [[cell.text for cell in row.cells] for row in index.tables[0].rows][1:] == [
        ["1", "测试用的通知书", "某执罚告〔2026〕8号", "", "", ""], ["2", "测试用的决定书", "", "", "", "未填完"], ["3", "现场照片", "", "", "", ""]]
    assert "《测试用的决定书》还有 2 处：" in lines
    assert "  · 执法录像（告知）" in lines
    assert "  · 现场照片（告知）" not in lines
    assert "  · 测试用的公告" in lines
    assert "经查：第一段。" in [node.text for node in decision.paragraphs], "one answer fills the other paper"
    assert form.errors == []

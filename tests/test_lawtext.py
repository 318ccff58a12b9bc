"""The grammar of official texts, on invented ones; and the round trip on real statutes, where a folder of them is given."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from macros import catalog, imports, lawgrammar, lawtext, loader
from macros.lawtext import LawText, Row

ROOT = Path(__file__).resolve().parents[1]
MINI = """小镇花木条例

（2019年3月1日小镇会议通过　根据2021年5月6日小镇会议
《关于修改〈小镇花木条例〉的决定》第一次修正　根据2024年7月8日《关于修改〈小镇花木条例〉的决定》修订）

目　　录

第一编　总规
　第一章　一般规定……1
　第二章　浇水
　　第一节　早晨
附　则

第一编　总规

第一章　一般规定

第一条　为了花木好看，定这个条例。
第二条【定义】　下列用语的含义：
花，指开花的。
木，指不开花的。

第二章　浇水
第一节　早晨

第三条　早晨浇水，分别情形：
（一）晴天：
1．大盆一壶；
2．小盆半壶；
（二）雨天不浇。
第三条第一项的壶，由镇里发。

第三条之一　冬天不浇。
第五 条晚上不浇。
附　则

第六条　本条例自2019年4月1日起施行。
附件：
1．壶的式样
第一条　壶是圆的。
"""


def text(source: str, numbering: str = "") -> LawText:
    return LawText("mini", "2024", "小镇花木条例", "mini.txt", "", lawgrammar.parse(source, numbering))


def kept(source: str) -> str:
    """The characters of a source, without blanks and Markdown's marks."""
    source = re.sub(r"<!--.*?-->", "", source, flags=re.S)
    return lawtext.bare(re.sub(r"(?m)^\s*#+", "", source))


def test_no_character_is_lost():
    assert lawtext.bare("".join(row.text for row in text(MINI).rows)) == kept(MINI)


def test_articles_and_their_shapes():
    found = text(MINI)
    assert list(found.articles) == ["1", "2", "3", "3-1", "5", "6"]
    assert found.shapes == {"1": (0,), "2": (0,), "3": ((2, 0), 0), "3-1": (0,), "5": (0,), "6": (0,)}
    assert found.words(("3", "1", "1")) == "（一）晴天：\n1．大盆一壶；\n2．小盆半壶；"
    assert found.words(("3", "1", "1", "2")) == "2．小盆半壶；"
    assert found.quoted(("3", "1", "2")).splitlines() == ["第三条　早晨浇水，分别情形：", "（二）雨天不浇。"]
    assert found.words(("3", "2")) == "第三条第一项的壶，由镇里发。"
    assert found.words(("9",)) == found.words(()) == ""


def test_what_stands_around_the_articles():
    found = text(MINI)
    assert found.of_kind("title") == ["小镇花木条例"]
    assert len(found.of_kind("header")) == 2
    assert [lawtext.bare(line) for line in found.of_kind("contents")] == ["目录", "第一编总规", "第一章一般规定……1", "第二章浇水", "第一节早晨", "附则"]
    assert found.headings == {"1": ["第一编　总规", "第一章　一般规定"], "3": ["第二章　浇水", "第一节　早晨"], "6": ["附　则"]}
    assert found.of_kind("annex") == ["附件：", "1．壶的式样", "第一条　壶是圆的。"]
    assert list(found.gaps()) == ["第三条之后是第五条"]


def test_what_cannot_be_placed_is_kept_and_named():
    found = text("规定\n第一条　甲。\n第二条　乙。\n第一条　又来一次。\n跟在后面的话。\n第三条　丙。")
    assert found.of_kind("unplaced") == ["第一条　又来一次。", "跟在后面的话。"]
    assert list(found.articles) == ["1", "2", "3"]


def test_a_decision_quotes_articles_and_has_none():
    found = text("关于修改《小镇花木条例》的决定\n（2024年7月8日通过）\n一、将第三条修改为：\n“第三条　早晨浇水。\n“第四条　晚上不浇。”\n二、删去第五条。\n（一）有关条号作相应调整。\n", "outline")
    assert list(found.articles) == ["一", "二", "（一）"]
    assert found.words(("一",)).count("\n") == 2


def test_outlines_whose_items_restart():
    found = text("意见\n一、甲\n（一）子。\n（二）丑。\n二、乙\n（一）寅。\n说明的话。")
    assert list(found.articles) == ["一", "一（一）", "一（二）", "二", "二（一）"]
    assert found.words(("二（一）",)) == "（一）寅。\n说明的话。"


def test_clauses_of_a_standard():
    found = text("公文格式样例\n1 范围\n本标准管格式。\n7.2 版头\n7.2.1 份号\n用阿拉伯数字。\n", "clause")
    assert list(found.articles) == ["1", "7.2", "7.2.1"]


def test_a_reference_at_the_start_of_a_line_is_no_article():
    found = text("规定\n第一条　甲。\n第二条规定的事，另说。\n第二条　乙。")
    assert list(found.articles) == ["1", "2"]
    assert found.shapes["1"] == (0, 0)


@pytest.mark.parametrize("source", ["", "\u200b\n \n", "没有题目也没有条的一行字。", "第一条", "目录\n第一条　甲", "（\n（\n（", "##\n#\n第一条　甲", "附件\n附件\n"])
def test_odd_texts_lose_nothing(source):
    assert lawtext.bare("".join(row.text for row in lawgrammar.parse(source))) == kept(source)


def test_rows_survive_the_file(tmp_path):
    from macros import texts

    found = text(MINI)
    texts.write(tmp_path, found, old=True)
    held, problems = texts.read(tmp_path)
    assert problems == []
    assert list(held.values()) == [found]
    assert all(isinstance(row, Row) for row in next(iter(held.values())).rows)


def test_real_statutes_go_round(tmp_path):
    folder = os.environ.get("FADU_STATUTES")
    if not folder:
        pytest.skip("环境变量 FADU_STATUTES 没有设：往返测试要一个法律全文的文件夹（.docx、.txt、.md，文件名是简称），全文不进版本库")
    found, _ = catalog.build(loader.read(ROOT / "data"), {})
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix in (".md", ".txt"))
    outcomes = {outcome.file: outcome for outcome in imports.run(found, paths, tmp_path)}
    wrong = [str(outcome) for outcome in outcomes.values() if not outcome.good or outcome.articles != outcome.recorded]
    assert wrong == []
    for path in paths:
        source = path.read_text("utf-8")
        assert lawtext.bare("".join(row.text for row in lawgrammar.parse(source))) == kept(source), path.name
    compared = sum(bool(outcome.recorded) for outcome in outcomes.values())
    assert compared >= 60, f"只有 {compared} 件可以与登记的条款比对"
    assert len(list(tmp_path.glob("*.json"))) == len(outcomes)

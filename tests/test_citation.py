"""The citation grammar: stored form, forms people type, written-out citations in running text."""

from __future__ import annotations

import pytest

from macros import citation


@pytest.mark.parametrize("value", [0, 1, 9, 10, 11, 19, 20, 21, 63, 99, 100, 101, 110, 115, 120, 200, 1001, 1024, 1100, 1260])
def test_numbers_round_trip(value: int) -> None:
    assert citation.number(citation.chinese(value)) == value


@pytest.mark.parametrize(("text", "value"), [("六十三", 63), ("63", 63), ("６３", 63), ("一百零一", 101), ("一千二百六十", 1260), ("两", 2), ("甲", None), ("", None)])
def test_numbers_are_read(text: str, value: int | None) -> None:
    assert citation.number(text) == value


@pytest.mark.parametrize("text", ["行政处罚法", "行政处罚法:63", "行政处罚法:63.1.2", "行政处罚法:63.1.2.1", "刑法:120-1", "行政处罚法:14~18",
                                  "行政复议法实施条例@2007:31", "国办发〔2018〕118号:（十一）", "国发〔2008〕17号:二（三）", "GB/T9704:7.2.1"])
def test_stored_form_round_trips(text: str) -> None:
    assert str(citation.parse(text)) == text
    assert citation.canonical(text) == text


@pytest.mark.parametrize("text", ["", "行政处罚法 63", "行政处罚法: 63", "行政处罚法：63", "行政处罚法:", "《行政处罚法》:63", "行政处罚法@21:63"])
def test_other_forms_are_not_stored(text: str) -> None:
    assert citation.parse(text) is None


@pytest.mark.parametrize(("typed", "meant"), [
    ("《行政处罚法》第六十三条第一款第二项", "行政处罚法:63.1.2"),
    ("《行政处罚法》第63条", "行政处罚法:63"),
    ("《行政处罚法》第六十三条第（二）项", "行政处罚法:63.1.2"),
    ("《刑法》第一百二十条之一", "刑法:120-1"),
    ("行政处罚法：63.1", "行政处罚法:63.1"),
    ("行政处罚法:６３", "行政处罚法:63"),
    ("行政处罚法第六十三条第一款", "行政处罚法:63.1"),
    ("处罚法63", "处罚法63"),
])
def test_what_people_type_is_read(typed: str, meant: str) -> None:
    assert citation.canonical(typed) == meant


@pytest.mark.parametrize(("text", "found"), [
    ("依照《甲法》第三条办", ["甲法:3"]),
    ("《甲法》第三条、第五条和第七条第二款", ["甲法:3", "甲法:5", "甲法:7.2"]),
    ("《甲法》第三条第一款第（二）项、第（三）项", ["甲法:3.1.2", "甲法:3.1.3"]),
    ("《甲法》第三条第一款、第三款", ["甲法:3.1", "甲法:3.3"]),
    ("《甲法》第十四条至第十八条", ["甲法:14~18"]),
    ("《甲法》第14条、第15条，《乙法》第2条", ["甲法:14", "甲法:15", "乙法:2"]),
    ("《甲法》（2021年修订）第六十三条", ["甲法:63"]),
    ("填写《现场笔录》", ["现场笔录"]),
    ("没有引用", []),
])
def test_written_citations(text: str, found: list[str]) -> None:
    assert [str(cited) for _, cited in citation.written(text)] == found


def test_spans_cover_what_is_written() -> None:
    text = "按《甲法》第三条、第五条办"
    assert [text[begin:end] for (begin, end), _ in citation.written(text)] == ["《甲法》第三条", "第五条"]


@pytest.mark.parametrize(("text", "numbering", "parts"), [
    ("63.1.2", "article", ("63", "1", "2")), ("120-1.1", "article", ("120-1", "1")), ("63.0", "article", None), ("063", "article", None),
    ("六十三", "article", None), ("（十一）", "outline", ("（十一）",)), ("二（三）", "outline", ("二（三）",)), ("十一", "outline", ("十一",)),
    ("2.3", "outline", None), ("7.2.1", "clause", ("7.2.1",)), ("A.1", "clause", ("A.1",)), ("63", "none", None),
])
def test_locators_follow_the_numbering(text: str, numbering: str, parts: tuple[str, ...] | None) -> None:
    assert citation.locator(text, numbering) == parts

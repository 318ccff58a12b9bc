"""The map between two versions: guessed, corrected by hand."""

from __future__ import annotations

from macros import compare, lawgrammar
from macros.lawtext import LawText


def text(version: str, *articles: str) -> LawText:
    numbered = (f"第{number}条　{words}" for number, words in zip("一二三四五六七", articles, strict=False))
    return LawText("mini", version, "样例", "", "", lawgrammar.parse("样例\n" + "\n".join(numbered)))


WATER, LIGHT, POTS, WINTER = "早晨浇水，每盆一壶，雨天不浇，由镇里的人轮流负责。", "花木应当放在有光的窗台，避免正午直晒。", "花盆由镇里统一购买，每年更换一次，破损的随时更换。", "冬天搬进屋里，门窗关好，温度不低于十度。"


def told(pairs: list[compare.Pair]) -> list[tuple[str, str, str]]:
    return [("、".join(pair.old), pair.new, pair.how) for pair in pairs]


def test_moved_changed_added_and_gone():
    old, new = text("1", WATER, LIGHT, POTS), text("2", LIGHT, WATER.replace("一壶", "两壶"), WINTER)
    assert told(compare.pairs(old, new)) == [("2", "1", "未改"), ("1", "2", "改动"), ("", "3", "新增"), ("3", "", "删去")]


def test_merged_articles_name_both():
    old, new = text("1", WATER, LIGHT, POTS), text("2", WATER + LIGHT, POTS)
    assert told(compare.pairs(old, new)) == [("1、2", "1", "改动"), ("3", "2", "未改")]


def test_the_hand_goes_before():
    old, new = text("1", WATER, LIGHT), text("2", LIGHT, WATER)
    pairs = compare.pairs(old, new, {"1": "1", "2": "无"})
    assert told(pairs) == [("1", "1", "改动"), ("", "2", "新增"), ("2", "", "删去")]
    assert [pair.by_hand for pair in pairs] == [True, False, True]


def test_one_article_becomes_two():
    assert told(compare.pairs(text("1", WATER), text("2", "早晨浇水，每盆一壶。", POTS), {"1": "1、2"})) == [("1", "1", "改动"), ("1", "2", "改动")]


def test_segments_cut_where_the_words_differ():
    old, new = text("1", WATER), text("2", WATER.replace("一壶", "两壶"))
    left, right = compare.segments(old, new, compare.pairs(old, new)[0])
    assert ("old", "一") in left
    assert ("new", "两") in right
    assert "".join(words for _, words in left) == old.words(("1",))

"""The search data files, as values; what the browser makes of them is in tests/browser/test_search.py."""

import json

import pytest

from macros.searchdata import LawName, Record, build, initials

LAW = Record(
    "laws/penalty.html", "中华人民共和国行政处罚法", "laws", "依据", aliases=("行政处罚法", "处罚法"),
    headings=tuple((f"art-{n}", f"第{n}条") for n in (1, 2, 3, 7)), blocks=(("art-3", "要旨"), ("art-3-1", "第一款的要旨")),
)
PAGE = Record(
    "procedures/hearing.html", "行政处罚听证", "procedures", "程序", "administration", "依法行政", "ZF-08", ("听证会",),
    (("steps", "步骤"), ("step-tell", "告知听证权")), (("", "拟作出的处罚属于六类"), ("step-tell", "送达  告知书\n"), ("step-tell", "签字")), 3,
)
OTHER = Record("documents/notice.html", "听证通知书", "documents", "文书", "administration", "依法行政", blocks=(("", "签字"), ("", "")))


def read(files: dict[str, bytes], name: str) -> dict:
    text = files[f"search-{name}.js"].decode()
    start = f"(window.faduData=window.faduData||{{}}).{name}="
    assert text.startswith(start)
    assert text.endswith(";\n")
    return json.loads(text.removeprefix(start).removesuffix(";\n"))


def test_names_hold_titles_aliases_codes_headings_and_initials():
    names = read(build([PAGE, OTHER]), "names")
    assert names["folders"] == ["procedures", "documents"]
    assert names["kinds"] == [["procedures", "程序"], ["documents", "文书"]]
    first, second = names["pages"]
    assert first == [
        "行政处罚听证", 0, "hearing.html", 0, 0, "ZF-08", "听证会", "xzcftz\ntzh", "steps\t步骤\nstep-tell\t告知听证权", 3,
    ]
    assert second[:4] == ["听证通知书", 1, "notice.html", 1]
    assert len(second) == 8, "empty ends are left off"


def test_laws_point_to_their_page_and_know_their_articles():
    names = read(build([PAGE, LAW], [LawName("行政处罚法", LAW.title, ("处罚法",), LAW.url)]), "names")
    assert names["laws"] == [[1, "行政处罚法", LAW.title, "处罚法", "1-3,7"]]
    assert len(names["pages"][1]) == 8, "articles are no headings of their own"


def test_a_law_without_a_page_is_left_out():
    assert read(build([PAGE], [LawName("甲法", "甲法", (), "laws/none.html")]), "names")["laws"] == []


def test_text_keeps_order_and_anchors_and_shares_what_stands_twice():
    text = read(build([PAGE, OTHER]), "text")
    assert text["anchors"] == ["", "step-tell"]
    assert text["lines"].split("\n") == ["拟作出的处罚属于六类", "送达 告知书", "签字"]
    assert text["own"] == [[0, 1, 1, 1], []]
    assert text["shared"] == [[0, 1, 1, 0]]


def test_a_heading_of_many_pages_is_text():
    pages = [Record(f"p/{n}.html", f"题{n}", "procedures", "程序", headings=(("steps", "步骤"), ("x", f"自己的{n}"))) for n in range(20)]
    names, text = read(build(pages), "names"), read(build(pages), "text")
    assert names["pages"][3][8] == "x\t自己的3"
    assert text["lines"] == "步骤"
    assert len(text["shared"][0]) == 40


def test_synonyms_are_sorted_and_empty_ones_left_out():
    names = read(build([PAGE], (), {"乙": ("丙", "丁"), "甲": (), "红头文件": ("行政规范性文件",)}), "names")
    assert names["synonyms"] == [["乙", "丙", "丁"], ["红头文件", "行政规范性文件"]]


@pytest.mark.parametrize(("text", "meant"), [("行政处罚", "xzcf"), ("银行 ABC-12", "yhabc12"), ("（重大）决策", "zdjc"), ("", "")])
def test_initials(text, meant):
    assert initials(text) == meant


def test_the_same_records_give_the_same_bytes():
    laws = [LawName("行政处罚法", LAW.title, ("处罚法",), LAW.url)]
    assert build([PAGE, LAW], laws, {"甲": ("乙",)}) == build(iter([PAGE, LAW]), iter(laws), {"甲": ("乙",)})


@pytest.mark.parametrize("text", ["</script><script>alert(1)", 'a"b\\c', "a\u2028b\u2029c", "${x}`y`", "a\tb\nc"])
def test_no_text_breaks_the_script(text):
    files = build([Record("a.html", text, "docs", "页面", aliases=(text,), blocks=(("", text),))])
    for name in ("names", "text"):
        raw = files[f"search-{name}.js"].decode()
        assert "\u2028" not in raw
        assert "\u2029" not in raw
        read(files, name)
    assert "\n" not in read(files, "names")["pages"][0][0]


def test_nothing_is_something():
    files = build([])
    assert read(files, "names")["pages"] == []
    assert read(files, "text")["lines"] == ""



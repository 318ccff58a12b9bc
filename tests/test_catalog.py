"""The catalogue: resolution of citations and pointers, and the same table read backwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import citation, impact, routes, wording
from macros.catalog import Catalog
from macros.load import load
from macros.models import Key
from macros.models.law import Law


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load(Path(__file__).parent / "small", cache=False)


def targets(catalog: Catalog, text: str) -> list[str]:
    found = citation.parse(text)
    assert found
    return [str(key) for key in catalog.targets(found)]


def test_aliases_numbers_and_titles_name_a_law(catalog: Catalog) -> None:
    for name in ("行政处罚法", "处罚法", "中华人民共和国行政处罚法"):
        assert targets(catalog, f"{name}:63.1.2") == ["laws/penalty#63.1.2"]
    assert targets(catalog, "国务院令第836号:1") == ["laws/reconsideration-regulation#1"]


def test_ranges_are_spread_over_the_articles_that_exist(catalog: Catalog) -> None:
    assert targets(catalog, "行政处罚法:45~64") == [f"laws/penalty#{number}" for number in ("45", "58", "63", "64")]


def test_old_versions_have_targets_of_their_own(catalog: Catalog) -> None:
    assert targets(catalog, "行政复议法实施条例@2007:31") == ["laws/reconsideration-regulation#@2007.31"]
    assert targets(catalog, "行政复议法实施条例@2026:1") == ["laws/reconsideration-regulation#1"]


def test_backlinks_come_from_every_kind_and_from_prose(catalog: Catalog) -> None:
    kinds = {use.source.kind for use in catalog.used_by_any(Key("laws", "penalty"))}
    assert {"procedures", "documents", "questions", "triage", "checklists", "failures", "parameters", "docs"} <= kinds


def test_backlinks_keep_the_relation_and_the_place(catalog: Catalog) -> None:
    uses = catalog.used_by(Key("procedures", "hearing", ("tell", "kinds")))
    assert {(str(use.source), use.relation) for use in uses} == {("failures/not-told", "prevented_by"), ("coverage/penalty", "by")}
    assert all(use.place.line > 1 for use in uses)


def test_sources_know_their_part(catalog: Catalog) -> None:
    sources = {str(use.source) for use in catalog.used_by(Key("laws", "penalty", ("64", "1", "1")))}
    assert "procedures/hearing#tell.term" in sources


@pytest.mark.parametrize(("text", "full", "chip"), [
    ("行政处罚法:63.1.2", "《中华人民共和国行政处罚法》第六十三条第一款第二项", "行政处罚法第63条第1款第(2)项"),
    ("行政处罚法:64.1.7", "《中华人民共和国行政处罚法》第六十四条第七项", "行政处罚法第64条第(7)项"),
    ("行政处罚法:44.1", "《中华人民共和国行政处罚法》第四十四条", "行政处罚法第44条"),
    ("行政复议法实施条例@2007:31", "《中华人民共和国行政复议法实施条例》（2007年版本）第三十一条", "行政复议法实施条例（2007）第31条"),
])
def test_articles_are_printed_in_the_official_form(catalog: Catalog, text: str, full: str, chip: str) -> None:
    found = citation.parse(text)
    assert found
    key = catalog.targets(found)[0]
    law = catalog[key]
    assert isinstance(law, Law)
    assert (wording.article(law, key.part), wording.chip(law, key.part)) == (full, chip)
    assert wording.cited(catalog, found) == full


def test_a_range_is_printed_as_a_range(catalog: Catalog) -> None:
    found = citation.parse("行政处罚法:44~63")
    assert found
    assert wording.cited(catalog, found) == "《中华人民共和国行政处罚法》第四十四条至第六十三条"


def test_status_is_derived_from_dates(catalog: Catalog) -> None:
    status = {key.id: law.status(catalog.as_of) for key, law in catalog.all("laws")}  # type: ignore[attr-defined]
    assert status == {"penalty": "现行有效", "reconsideration-regulation": "现行有效", "petition-2005": "已废止", "three-systems": "现行有效",
                      "future-code": "尚未施行"}


def test_addresses_do_not_know_the_shelf(catalog: Catalog) -> None:
    assert routes.url(catalog, Key("procedures", "hearing", ("tell",))) == "procedures/hearing.html#step-tell"
    assert routes.url(catalog, Key("terms", "hearing")) == "terms.html#hearing"
    assert routes.url(catalog, Key("laws", "penalty", ("63", "1"))) == "laws/penalty.html#art-63-1"


def test_impact_goes_down_to_items_and_up_to_the_whole(catalog: Catalog) -> None:
    article = {str(row.key) for row in impact.of(catalog, "行政处罚法:63")}
    assert {"procedures/hearing#tell", "parameters/hearing-amount", "questions/term", "docs/guide.md"} - article == {"questions/term"}
    assert {str(row.key) for row in impact.of(catalog, "行政处罚法")} >= article | {"questions/term"}
    with pytest.raises(impact.Unknown, match="行政处罚法"):
        impact.of(catalog, "行政处法:63")


def test_day_of_judgement_can_be_moved() -> None:
    from datetime import date

    from macros.problems import DataError

    root = Path(__file__).parent / "small"
    assert load(root, on=date(2026, 12, 1), cache=False)
    with pytest.raises(DataError, match="尚未施行"):
        load(root, on=date(2021, 1, 1), cache=False)

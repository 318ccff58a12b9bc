"""Views of laws: status, versions, gists, who relies on each article; changes and coverage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup

from macros import citation, compare, routes, wording, worklists
from macros.catalog import Use
from macros.models import Key
from macros.models.law import Coverage, Law

if TYPE_CHECKING:
    from macros.render import View, Views


def views(base: Views) -> dict[str, View]:
    catalog = base.catalog

    def law(law_id: str) -> str:
        key = Key("laws", law_id)
        found = catalog[key]
        assert isinstance(found, Law)
        status = found.status(catalog.as_of)
        before = [other for other, one in catalog.all("laws") if one.successor and one.successor.key == key]  # type: ignore[attr-defined]
        changes = [other for other, one in catalog.all("changes") if one.law.key == key]  # type: ignore[attr-defined]
        return base.render("law", key=key, law=found, status=status, state=wording.STATE[status], before=before, changes=changes,
                           whole=by_whole(key), counts=len({use.source for use in catalog.used_by_any(key)}))

    def by_whole(key: Key) -> list[Use]:
        return distinct(use for use in catalog.used_by(key) if use.source.kind != "changes")

    def articles(law_id: str) -> str:
        key = Key("laws", law_id)
        found = catalog[key]
        assert isinstance(found, Law)
        relied: dict[str, list[Use]] = {}
        old: dict[tuple[str, ...], list[Use]] = {}
        for use in catalog.used_by_any(key):
            part = use.target.part
            if part and part[0].startswith("@"):
                old.setdefault(part, []).append(use)
            elif part:
                relied.setdefault(part[0], []).append(use)
        covered = {number for _, one in catalog.all("coverage") if one.law.key == key for number in one.articles}  # type: ignore[attr-defined]
        text = catalog.text(key)
        numbers = list(text.articles) if text else [number for number in (found.articles or sorted(relied, key=_order)) if number in relied or number in covered or (number in found.articles and found.articles[number].gist)]
        rows = [(number, found.articles.get(number), distinct(relied.get(number, ())), anchors(key, number, relied.get(number, ()))) for number in numbers]
        if text:
            rows += [(number, None, distinct(uses), anchors(key, number, uses)) for number, uses in relied.items() if number not in text.articles]
        return base.render("articles", key=key, law=found, rows=rows, old={part: distinct(uses) for part, uses in old.items()}, places=places, text=text)

    def anchors(key: Key, number: str, uses: Iterable[Use]) -> list[str]:
        """Ids of the 款 of an article, and of every 项 that is cited."""
        article = catalog[key].articles.get(number)  # type: ignore[attr-defined]
        parts = {(number, str(at)) for at in range(1, len(article.shape) + 1)} if article else set()
        if text := catalog.text(key):
            parts |= {row.part for row in text.articles.get(number, ()) if 1 < len(row.part) < 4}
        parts |= {use.target.part for use in uses if len(use.target.part) > 1}
        return [routes.anchor(Key("laws", "", part)) for part in sorted(parts, key=lambda part: [int(one) if one.isdigit() else 0 for one in part[1:]])]

    def places(use: Use) -> str:
        """The 款 and 项 that a use names: 第1款第(2)项; empty for the whole article."""
        law = catalog[use.target]
        part = use.target.part
        if len(part) < 2 or law.numbering != "article":  # type: ignore[attr-defined]
            return ""
        return wording.locator(law, part, arabic=True).partition("条")[2]  # type: ignore[arg-type]

    def cite(*texts: str) -> Markup:
        return base.markup.cites(found for found in map(citation.parse, texts) if found)

    def link(thing: str, text: str | None = None) -> Markup:
        head, _, part = thing.partition("#")
        kind, _, name = head.partition("/")
        return base.markup.link(Key(kind, name, tuple(part.split(".")) if part else ()), text)

    def coverage(coverage_id: str) -> str:
        found = catalog[Key("coverage", coverage_id)]
        assert isinstance(found, Coverage)
        law = catalog[found.law.key]
        counts = {"by": 0, "none": 0, "open": 0}
        for row in found.articles.values():
            counts["by" if row.by else "none" if row.none else "open"] += 1
        return base.render("coverage", coverage=found, law=law, law_key=found.law.key, counts=counts)

    def compared(law_id: str) -> str:
        """Old beside new: of two imported texts, else the map of articles that a change gives."""
        key = Key("laws", law_id)
        hand = compare.by_hand(catalog, key)
        for before, after in compare.versions(catalog, key):
            pairs = compare.pairs(before, after, hand)
            rows = [(pair, worklists.told(catalog[key], catalog[key], pair), *compare.segments(before, after, pair)) for pair in pairs]  # type: ignore[arg-type]
            counts = {how: sum(pair.how == how for pair in pairs) for how in compare.HOW}
            return base.render("compared", law=catalog[key], before=before, after=after, rows=rows, counts=counts, hand={})
        return base.render("compared", law=catalog[key], rows=(), hand=hand) if hand else ""

    def change(change_id: str) -> str:
        key = Key("changes", change_id)
        return base.render("change", key=key, change=catalog[key], law=catalog[catalog[key].law.key])  # type: ignore[attr-defined]

    return {"law": law, "articles": articles, "cite": cite, "link": link, "coverage": coverage, "change": change, "compared": compared}


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("-")) if number.replace("-", "").isdigit() else (10**6,)


def distinct(uses: object) -> list[Use]:
    """One use per place that relies, in order of kind."""
    seen: dict[tuple[Key, Key], Use] = {}
    for use in uses:  # type: ignore[attr-defined]
        seen.setdefault((use.source, use.target), use)
    return sorted(seen.values(), key=lambda use: (use.source.kind, use.source.id, use.source.part))

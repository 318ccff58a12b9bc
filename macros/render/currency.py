"""Views of what is in force: the texts to fetch, instruments not verified, changes by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros.models import Key
from macros.models.law import Change, Law

if TYPE_CHECKING:
    from macros.render import View, Views

FIRST = 40


def views(base: Views) -> dict[str, View]:
    """Not macros of their own: ``index(name)`` calls them."""
    catalog = base.catalog

    def cited(key: Key) -> int:
        """How many things rely on an instrument or a part of it."""
        return len({use.source for use in catalog.used_by_any(key) if use.citation})

    def fetch() -> str:
        """The texts to import first: in force, not held yet, cited most."""
        rows = [(cited(key), key, law) for key, law in catalog.all("laws")
                if isinstance(law, Law) and key not in catalog.texts and law.status(catalog.as_of) not in ("已废止", "规划期届满")]
        rows.sort(key=lambda row: (-row[0], str(row[2].short)))
        held = sum(not key.part for key in catalog.texts)
        return base.render("fetch", rows=[row for row in rows[:FIRST] if row[0]], held=held, total=len(catalog.keys("laws")))

    def unverified() -> str:
        """Instruments whose text was not compared: cited as a whole only."""
        rows = [(cited(key), key, law) for key, law in catalog.all("laws") if isinstance(law, Law) and law.confidence != "高"]
        rows.sort(key=lambda row: ("中低".index(row[2].confidence), -row[0], str(row[2].short)))
        return base.render("unverified", rows=rows)

    def changes() -> str:
        """By date, the latest first; the table above filters by topic and post."""
        keys = sorted(catalog.keys("changes"), key=lambda key: (str(catalog[key].effective), key.id), reverse=True)  # type: ignore[attr-defined]
        found = [(key, change) for key in keys if isinstance(change := catalog[key], Change)]
        topics = sorted({str(topic) for _, change in found for topic in change.topics})
        roles = sorted({role.key for _, change in found for role in change.roles})
        return base.render("changes", rows=found, topics=topics, roles=roles, change=base["change"])

    return {"fetch": fetch, "unverified": unverified, "changes": changes}

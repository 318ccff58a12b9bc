"""Views that list: home, shelves, one index per kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from macros import draftwords, scaffold, wording
from macros.models import SHELVES, Key
from macros.models.law import RANKS
from macros.render import currency

if TYPE_CHECKING:
    from macros.render import View, Views

SHELF_KINDS = ("procedures", "checklists", "documents", "registers", "metrics", "triage", "failures")
CYCLES = {"month": "每月", "quarter": "每季度", "half-year": "每半年", "year": "每年", "two-years": "每两年", "five-years": "每五年"}


def views(base: Views) -> dict[str, View]:
    catalog, current = base.catalog, currency.views(base)

    def rows(kind: str, shelf: str) -> list[Key]:
        return list(catalog.on_shelf(kind, shelf))

    def counted(shelf: str) -> int:
        return sum(len(rows(kind, shelf)) for kind in SHELF_KINDS)

    def home() -> str:
        tasks = [pointer.key for pointer in catalog.site.tasks] or [key for key, one in catalog.all("procedures") if one.task][:12]  # type: ignore[attr-defined]
        featured = {shelf: [pointer.key for pointer in catalog.site.featured.get(shelf, ())] or rows("procedures", shelf)[:5] for shelf in SHELVES}
        return base.render("home", shelves=catalog.keys("systems"), tasks=tasks, featured=featured, counted=counted,
                           posts=catalog.keys("paths"), duties=catalog.keys("duties"))

    def shelf(shelf_id: str) -> str:
        return base.render("shelf", system=catalog[Key("systems", shelf_id)], shelf_id=shelf_id,
                           groups=[(kind, rows(kind, shelf_id)) for kind in SHELF_KINDS])

    def index(name: str) -> str:
        if name == "search":
            return base.render("search")
        if name == "calculator":
            timed = {key for key, one in catalog.all("procedures") if any(row.after or row.before for step in one.steps for row in step.deadlines)}  # type: ignore[attr-defined]
            return base.render("calculator", groups=[(system, [key for key in rows("procedures", system.id) if key in timed]) for system in catalog.keys("systems")])
        if name == "draft":
            return base.render("draft", rules=draftwords.RULES, explained=draftwords.EXPLAINED)
        if name == "report":
            return base.render("reports", keys=[key for key, document in catalog.all("documents") if document.report])  # type: ignore[attr-defined]
        if name == "former":
            return base.render("former", roles=[(key, role) for key, role in catalog.all("roles") if role.former])  # type: ignore[attr-defined]
        if name == "reference":
            return base.render("reference", kinds=scaffold.reference())
        if name == "laws":
            return base.render("laws", ranks=RANKS, laws=list(catalog.all("laws")))
        if name == "tasks":
            return base.render("tasks", shelves=catalog.keys("systems"), rows=rows)
        if name == "duties":
            ordered = sorted(catalog.keys("duties"), key=lambda key: (catalog[key].due.by or "99", str(catalog[key].title)))  # type: ignore[attr-defined]
            return base.render("duties", keys=ordered, cycles=CYCLES)
        if name in current:
            return str(current[name]())
        if name in ("terms", "parameters", "fields"):
            ordered = sorted(catalog.keys(name), key=lambda key: str(catalog[key].title))
            return "".join(str(base[name[:-1]](key.id)) for key in ordered) or '<p class="fadu-empty">还没有收录。</p>'
        if name == "questions":
            return base.render("questions", groups=[(system, rows("questions", system.id)) for system in catalog.keys("systems")], question=base["question"], posts=catalog.keys("paths"))
        return base.render("index", kind=name, groups=grouped(name), note=note)

    def grouped(kind: str) -> list[tuple[Key | None, list[Key]]]:
        """Rows of a kind by home shelf; kinds without shelf make one group."""
        keys = list(catalog.keys(kind))
        groups: list[tuple[Key | None, list[Key]]] = [
            (system, [key for key in keys if catalog.shelf(key) == system.id]) for system in catalog.keys("systems")
        ]
        groups.append((None, [key for key in keys if not catalog.shelf(key)]))
        return [(system, found) for system, found in groups if found]

    def note(key: Key) -> str:
        """One line beside a row of an index."""
        entity = catalog[key]
        for name in ("summary", "applies", "purpose", "symptom", "when"):
            if text := getattr(entity, name, None):
                return str(text)
        return ""

    def listing(kind: str, shelf_id: str = "") -> str:
        keys = rows(kind, shelf_id) if shelf_id else list(catalog.keys(kind))
        return base.render("index", kind=kind, groups=[(None, keys)], note=note)

    base.environment.globals.update(note=note, DEPTH=wording.DEPTH)
    return {"home": home, "shelf": shelf, "index": index, "listing": listing, "tasks": lambda: index("tasks")}

"""Views of a procedure: summary, steps, checklist, deadlines, papers, township variant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from macros import flowchart, wording
from macros.catalog import Use
from macros.models import Key
from macros.models.procedure import Deadline, Procedure, Step

if TYPE_CHECKING:
    from macros.render import View, Views

AMOUNT = "\ue002"  # stands for the number while the words are put together


def views(base: Views) -> dict[str, View]:
    catalog = base.catalog

    def get(procedure_id: str) -> tuple[Key, Procedure]:
        key = Key("procedures", procedure_id)
        return key, catalog[key]  # type: ignore[return-value]

    def show(template: str, procedure_id: str, **more: Any) -> str:
        key, procedure = get(procedure_id)
        return base.render(template, key=key, procedure=procedure, **more)

    def procedure(procedure_id: str) -> str:
        key, found = get(procedure_id)
        cites = [cited for step in found.steps for cited in step.cites] or list(found.cites)
        return show("procedure", procedure_id, first=found.steps[0] if found.steps else None,
                    authority=wording.authority(catalog, cites), timed=[(one, row) for one in found.steps for row in one.deadlines],
                    documents=list(dict.fromkeys(pointer.key for one in found.steps for pointer in one.documents)),
                    problems=list(dict.fromkeys(failure for group in prevented(key).values() for failure in group)))

    def steps(procedure_id: str) -> str:
        key, found = get(procedure_id)
        return show("steps", procedure_id, numbers=numbers(found), failures=prevented(key), authority=authority)

    def step(step_path: str) -> str:
        procedure_id, _, step_id = step_path.partition("#")
        key, found = get(procedure_id)
        one = found.step(step_id)
        return base.render("step", key=key, procedure=found, step=one, no=numbers(found)[step_id], numbers=numbers(found),
                           failures=prevented(key), authority=authority)

    def authority(row: Any) -> tuple[str, str]:
        return wording.authority(catalog, row.cites, row.authority)

    def prevented(key: Key) -> dict[tuple[str, ...], list[Key]]:
        """Part of the procedure → failures that it prevents."""
        found: dict[tuple[str, ...], list[Key]] = {}
        for use in catalog.used_by_any(key):
            if use.relation == "prevented_by":
                rows = found.setdefault(use.target.part[:1], [])
                if use.source.whole not in rows:
                    rows.append(use.source.whole)
        return found

    def checklist(procedure_id: str) -> str:
        return show("checklist", procedure_id)

    def deadlines(procedure_id: str) -> str:
        _, found = get(procedure_id)
        rows = [(one, row) for one in found.steps for row in one.deadlines]
        return show("deadlines", procedure_id, rows=rows, numbers=numbers(found), words=words)

    def words(found: Procedure, row: Deadline, linked: bool = True) -> Markup:
        """A deadline in words; an amount that a province sets is a chip, or plain text inside a link."""
        amount = base.markup.amount(row.n) if linked or not isinstance(row.n, str) else "（待填）"
        text = wording.deadline(row, {name: str(text) for name, text in found.events.items()}, AMOUNT)
        return Markup(escape(text).replace(AMOUNT, escape(amount)))

    def papers(procedure_id: str) -> str:
        _, found = get(procedure_id)
        rows: dict[Key, list[str]] = {}
        for one in found.steps:
            for pointer in one.documents:
                rows.setdefault(pointer.key, []).append(one.id)
        for variant in found.variants.values():
            for changed in (*variant.steps.values(), *variant.add):
                for pointer in changed.documents:
                    rows.setdefault(pointer.key, [])
        return show("papers", procedure_id, rows=rows, numbers=numbers(found))

    def failures(procedure_id: str) -> str:
        key, found = get(procedure_id)
        rows = {failure: None for group in prevented(key).values() for failure in group}
        return show("failures", procedure_id, rows=[(failure, catalog[failure]) for failure in rows])

    def township(procedure_id: str) -> str:
        _, found = get(procedure_id)
        return show("township", procedure_id, variant=found.variants.get("township"), numbers=numbers(found))

    def registers(procedure_id: str) -> str:
        key, _ = get(procedure_id)
        rows = [use.source.whole for use in catalog.used_by_any(key) if use.relation == "for" and use.source.kind in ("registers", "checklists")]
        metrics = [use.source.whole for row in rows for use in catalog.used_by_any(row) if use.source.kind == "metrics"]
        return show("registers", procedure_id, rows=list(dict.fromkeys(rows)), metrics=list(dict.fromkeys(metrics)))

    def chart(procedure_id: str) -> str:
        key, found = get(procedure_id)
        figure = flowchart.draw(catalog, key, base.markup.href)
        return show("flowchart", procedure_id, figure=figure, numbers=numbers(found))

    def related(thing: str) -> str:
        kind, _, entity = thing.partition("/")
        key = Key(kind, entity)
        parameters = list(dict.fromkeys(use.target for use in catalog.uses(key) if use.target.kind == "parameters"))
        return base.render("related", key=key, entity=catalog[key], parameters=parameters, callers=callers(key))

    def callers(key: Key) -> list[Use]:
        """Who takes this in or points to it, one line each."""
        seen: dict[tuple[Key, str], Use] = {}
        for use in catalog.used_by_any(key):
            if use.relation in ("runs", "to", "see", "pages") and use.source.whole != key and use.source.kind not in ("changes", "site"):
                seen.setdefault((use.source.whole, use.relation), use)
        return list(seen.values())

    def history(thing: str) -> str:
        kind, _, entity = thing.partition("/")
        return base.render("history", entity=catalog[Key(kind, entity)])

    base.environment.globals.update(words=words, step_class=step_class)
    return {"procedure": procedure, "steps": steps, "step": step, "checklist": checklist, "deadlines": deadlines, "papers": papers,
            "failures": failures, "township": township, "registers": registers, "flowchart": chart, "related": related, "history": history}


def numbers(procedure: Procedure) -> dict[str, int]:
    return {step.id: at for at, step in enumerate(procedure.steps, 1)}


def step_class(step: Step) -> str:
    return "fadu-step fadu-step-gated" if step.gate else "fadu-step"

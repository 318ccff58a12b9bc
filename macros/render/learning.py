"""Views for learning and judging: triage, checklists, failures, roles, paths, questions, terms."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from macros.models import Key
from macros.models.practice import Triage

if TYPE_CHECKING:
    from macros.render import View, Views


def views(base: Views) -> dict[str, View]:
    catalog = base.catalog

    def plain(kind: str, template: str) -> View:
        def view(entity_id: str) -> str:
            key = Key(kind, entity_id)
            return base.render(template, key=key, entity=catalog[key])

        return view

    def triage(triage_id: str) -> str:
        key = Key("triage", triage_id)
        found = catalog[key]
        assert isinstance(found, Triage)
        return base.render("triage", key=key, triage=found, numbers={name: at for at, name in enumerate(found.nodes, 1)})

    def role(role_id: str) -> str:
        key = Key("roles", role_id)
        acts: dict[Key, list[Key]] = {}
        for use in catalog.used_by(key):
            if use.source.kind == "procedures" and use.source.part:
                acts.setdefault(use.source.whole, []).append(use.source)
        papers = [use.source for use in catalog.used_by(key) if use.source.kind == "documents" and use.relation == "issuer"]
        books = [use.source for use in catalog.used_by(key) if use.source.kind == "registers" and use.relation == "keeper"]
        duties = [use.source for use in catalog.used_by(key) if use.source.kind == "duties"]
        paths = [use.source for use in catalog.used_by(key) if use.source.kind == "paths"]
        return base.render("role", key=key, role=catalog[key], acts=acts, papers=papers, books=books, duties=duties, paths=paths)

    def question(question_id: str) -> str:
        key = Key("questions", question_id)
        return base.render("question", key=key, question=catalog[key], right=right, posts=posts().get(key, ()), shelf=catalog.shelf(key))

    @functools.cache
    def posts() -> dict[Key, tuple[str, ...]]:
        """Question → learning paths that hold it, or that are for a post it names."""
        found: dict[Key, list[str]] = {}
        for path_key, path in catalog.all("paths"):
            roles = {pointer.key for pointer in path.for_}  # type: ignore[attr-defined]
            held = {pointer.key for module in path.modules for pointer in module.questions}  # type: ignore[attr-defined]
            held |= {key for key, one in catalog.all("questions") if roles & {pointer.key for pointer in one.roles}}  # type: ignore[attr-defined]
            for key in held:
                found.setdefault(key, []).append(path_key.id)
        return {key: tuple(names) for key, names in found.items()}

    def right(question: object) -> str:
        keys = [name for name, option in question.options.items() if option.key]  # type: ignore[attr-defined]
        return " → ".join(keys) if question.use == "order" else "、".join(keys)  # type: ignore[attr-defined]

    return {
        "triage": triage, "role": role, "question": question, "card": plain("checklists", "card"), "failure": plain("failures", "failure"),
        "path": plain("paths", "path"), "term": plain("terms", "term"), "parameter": plain("parameters", "parameter"),
        "duty": plain("duties", "duty"), "field": plain("fields", "field"),
    }



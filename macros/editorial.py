"""What review refuses and a rule can tell: text that only repeats what stands beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from macros.catalog import Catalog
from macros.models import Key
from macros.models.paper import Clause, Document
from macros.models.procedure import Procedure
from macros.problems import Problem

EMPTY_NOTE = re.compile(r"(?:按|根据|依据)?实际(?:情况)?填写|如实填写|据实填写")
ALIKE = 0.9
SHORTEST = 4  # papers of fewer clauses may well be alike


def run(catalog: Catalog) -> Iterator[Problem]:
    """All findings of the rules below."""
    for key, procedure in catalog.all("procedures"):
        assert isinstance(procedure, Procedure)
        yield from _steps(catalog, key, procedure)
    bodies = {}
    for key, document in catalog.all("documents"):
        assert isinstance(document, Document)
        yield from _notes(catalog, key, document)
        bodies[key] = [text for clause in document.clauses for text in _texts(clause)]
    yield from _alike(catalog, bodies)


def _steps(catalog: Catalog, key: Key, procedure: Procedure) -> Iterator[Problem]:
    for at, step in enumerate(procedure.steps):
        papers = {str(catalog[pointer.key].title) for pointer in step.documents}
        for row, check in enumerate(step.checks):
            if check.text.rstrip("。") == step.title:
                yield Problem(catalog.place(key, ("steps", at, "checks", row, "text")), "检查项只重复了步骤名", "问会错在哪里")
        for row, evidence in enumerate(step.evidence):
            if re.sub(r"(?:原件|复印件)?[。；]?$", "", evidence) in papers:
                yield Problem(catalog.place(key, ("steps", at, "evidence", row)), "“留什么”只重复了文书名", "写法官会要看的：日期、签字、与什么一致")


def _notes(catalog: Catalog, key: Key, document: Document) -> Iterator[Problem]:
    for at, clause in enumerate(document.clauses):
        for note in (clause.note, *(row.note for row in clause.alternatives), *(row.note for row in clause.rows)):
            if note and EMPTY_NOTE.search(note):
                yield Problem(catalog.place(key, ("clauses", at)), f"起草提示“{note}”等于没说", "写为什么这样写，写错了会怎样")


def _texts(clause: Clause) -> Iterator[str]:
    if clause.text:
        yield str(clause.text)
    yield from (str(row.text) for row in clause.alternatives)
    yield from (f"{row.title}{row.text or ''}" for row in clause.rows)


def _alike(catalog: Catalog, bodies: dict[Key, list[str]]) -> Iterator[Problem]:
    """Papers that share nearly all their clauses: they should be one paper with alternatives."""
    users: dict[str, list[Key]] = {}
    for key, body in bodies.items():
        if len(body) >= SHORTEST:
            for text in dict.fromkeys(body):
                users.setdefault(text, []).append(key)
    shared = Counter((one, other) for keys in users.values() for at, one in enumerate(keys) for other in keys[at + 1:])
    for (one, other), count in shared.items():
        if count >= ALIKE * max(len(bodies[one]), len(bodies[other])):
            yield Problem(catalog.place(other, ("clauses",)), f"和“{catalog[one].title}”几乎一样", "合成一份，不同处写成 alternatives")

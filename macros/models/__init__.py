"""What a procedure, a law, a document … is: one declaration per kind.

``KINDS`` maps the folder under ``data/`` to its model. Kinds in ``SHELVED`` lie in a sub-folder
per shelf.
"""

from __future__ import annotations

from macros.models.base import SHELVES, Entity, Key, Model, Pointer, Shelved, Text
from macros.models.law import Change, Coverage, Law
from macros.models.learning import Path, Question, Term
from macros.models.paper import Datum, Document
from macros.models.practice import Checklist, Failure, Triage
from macros.models.procedure import Procedure
from macros.models.register import Metric, Register
from macros.models.setting import Duty, Org, Parameter, Role, Site, System

KINDS: dict[str, type[Entity]] = {
    model.kind: model
    for model in (
        System, Law, Procedure, Checklist, Document, Datum, Register, Metric, Failure, Triage,
        Parameter, Role, Duty, Question, Path, Term, Change, Coverage,
    )
}
SHELVED = frozenset(kind for kind, model in KINDS.items() if issubclass(model, Shelved))
SINGLES: dict[str, type[Model]] = {"site": Site, "org": Org}

__all__ = ["KINDS", "SHELVED", "SHELVES", "SINGLES", "Entity", "Key", "Model", "Pointer", "Text"]

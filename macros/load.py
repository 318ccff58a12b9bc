"""``load(root)``: the only place that sequences reading, resolving and checking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros import catalog, checks, currency, editorial, loader, prose, reviews, texts
from macros.catalog import Catalog
from macros.problems import DataError, Problem
from macros.yaml_source import Cache

CACHE = Path(".cache/fadu")


def load(root: Path, *, on: date | None = None, cache: bool = True) -> Catalog:
    """The catalogue of a project, or ``DataError`` with everything that is wrong.

    ``on`` is the day for which the status of laws is judged; default is the data's own ``as_of``.
    """
    found, problems = read(root, cache=cache)
    resolved = not problems
    if found.site:
        day = on or found.as_of
        problems += checks.run(found, day, resolved=resolved)
        if resolved:
            problems += [*currency.run(found, day), *editorial.run(found)]
    if problems:
        raise DataError(problems)
    for source in found.sources.values():
        source.forget()
    return found


def read(root: Path, *, cache: bool = True) -> tuple[Catalog, list[Problem]]:
    """The catalogue as far as it can be read, and what is wrong with it; no rule has judged it."""
    store = Cache(root / CACHE / "yaml.pickle") if cache else None
    reading = loader.read(root / "data", store)
    if store:
        store.save()
    pages, problems = prose.read(root / "docs")
    read_again, misread = reviews.read(root / "data" / "reviews.tsv")
    imported, unread = texts.read(texts.folder(root))
    found, unresolved = catalog.build(reading, pages, read_again, imported)
    return found, [*reading.problems, *problems, *misread, *unread, *unresolved]

"""``load(root)``: the only place that sequences reading, resolving and checking."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros import catalog, checks, loader, prose, reviews
from macros.catalog import Catalog
from macros.problems import DataError
from macros.yaml_source import Cache

CACHE = Path(".cache/fadu")


def load(root: Path, *, on: date | None = None, cache: bool = True) -> Catalog:
    """The catalogue of a project, or ``DataError`` with everything that is wrong.

    ``on`` is the day for which the status of laws is judged; default is the data's own ``as_of``.
    """
    store = Cache(root / CACHE / "yaml.pickle") if cache else None
    reading = loader.read(root / "data", store)
    if store:
        store.save()
    pages, problems = prose.read(root / "docs")
    read_again, misread = reviews.read(root / "data" / "reviews.tsv")
    found, unresolved = catalog.build(reading, pages, read_again)
    problems = [*reading.problems, *problems, *misread, *unresolved]
    if not problems:
        problems = list(checks.run(found, on or found.as_of))
    if problems:
        raise DataError(problems)
    return found

"""Costly bytes kept between builds, under everything that they depend on.

A name is a digest of the data used and of the code that makes the bytes, so an entry never goes
stale: what changed simply has another name. Deleting the folder loses nothing but time.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable, Iterable
from importlib import resources
from pathlib import Path

from macros.catalog import Catalog
from macros.models import Key

FOLDER = Path(".cache/fadu")
CODE = (".py", ".j2", ".html", ".css", ".js")


@functools.cache
def code(root: Path) -> str:
    """Digest of our own code, templates and theme, of the configuration and of the versions installed."""
    digest = hashlib.sha256()
    package = Path(str(resources.files("macros")))
    for path in sorted(path for path in package.rglob("*") if path.suffix in CODE):
        digest.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    for name in ("mkdocs.yml", "requirements.txt", "package-lock.json"):
        if (file := root / name).is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def fingerprint(catalog: Catalog, key: Key, *more: str) -> str:
    """Digest of a thing, of all that it names and of all that names it, one step further for tables and indicators."""
    things = {key, Key("site", "site"), Key("org", "org")}
    things.update(use.target.whole for use in catalog.uses(key))
    users = {use.source.whole for use in catalog.used_by_any(key)}
    for user in users:
        if user.kind in ("registers", "checklists"):
            things.update(use.source.whole for use in catalog.used_by_any(user))
    return digest(catalog, things | users, more)


def digest(catalog: Catalog, things: Iterable[Key], more: Iterable[str] = ()) -> str:
    """Digest of files, and of second readings of them."""
    found = hashlib.sha256()
    for text in catalog.texts.values():  # any page may show words of any of them
        found.update(f"{text.law} {text.version} {text.digest}\n".encode())
    for thing in sorted(things):
        if source := catalog.sources.get(thing):
            found.update(f"{thing} {source.file} {source.digest} {catalog.reviews.get(source.file)}\n".encode())
        elif page := catalog.pages.get(thing):
            found.update(f"{thing} {page.title}\n".encode())
    for text in more:
        found.update(text.encode() + b"\0")
    return found.hexdigest()


class Store:
    """One folder of kept bytes; ``sweep`` drops what this build did not ask for."""

    def __init__(self, root: Path, name: str) -> None:
        self.folder = root / FOLDER / name
        self._asked: set[str] = set()

    def get(self, name: str) -> bytes | None:
        self._asked.add(name)
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def put(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f"{name}.{os.getpid()}.new"  # two builds may run at once
        aside.write_bytes(content)
        aside.replace(self.folder / name)

    def made(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The kept bytes, made and kept if they aren't there."""
        content = self.get(name)
        if content is None:
            content = make()
            self.put(name, content)
        return content

    def sweep(self) -> None:
        if self.folder.is_dir():
            for path in self.folder.iterdir():
                if path.name not in self._asked:
                    path.unlink(missing_ok=True)

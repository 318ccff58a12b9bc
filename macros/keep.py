"""Costly bytes kept between builds, under everything that they depend on.

A key is a digest of the data used and of the code that makes the bytes, so an entry never goes
stale: what changed simply has another key. Deleting the folder loses nothing but time.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from macros.catalog import Catalog
from macros.models import Key

FOLDER = Path(".cache/fadu/files")


@functools.cache
def code() -> str:
    """Digest of our own code and templates."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("macros")))
    for path in sorted(path for path in root.rglob("*") if path.suffix in (".py", ".j2")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def fingerprint(catalog: Catalog, key: Key, *more: str) -> str:
    """Digest of a thing, of everything it names, and of what names it where ``more`` says so."""
    digest = hashlib.sha256(code().encode())
    things = {key, Key("site", "site"), Key("org", "org"), *(use.target.whole for use in catalog.uses(key))}
    for thing in sorted(things):
        if source := catalog.sources.get(thing):
            digest.update(f"{thing} {source.digest}\n".encode())
    for text in more:
        digest.update(text.encode())
    return digest.hexdigest()


def bytes_of(root: Path, name: str, make: Callable[[], bytes]) -> bytes:
    """The kept bytes under ``name``, made and kept if they aren't there."""
    file = root / FOLDER / name[:2] / name[2:]
    try:
        return file.read_bytes()
    except OSError:
        content = make()
    file.parent.mkdir(parents=True, exist_ok=True)
    aside = file.with_suffix(".new")
    aside.write_bytes(content)
    aside.replace(file)
    return content

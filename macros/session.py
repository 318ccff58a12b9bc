"""One build: the catalogue, its views, and the fragments that wait for their page.

A macro's result never meets Markdown: the macro leaves a slot, and the host fills the slot when
Markdown has done. One session lives at a time; ``start`` replaces it.
"""

from __future__ import annotations

import re
from pathlib import Path

from macros import render
from macros.catalog import Catalog
from macros.load import load

OPEN, CLOSE = "\ue000", "\ue001"
_SLOT = re.compile(rf"<p>{OPEN}(\d+){CLOSE}</p>|{OPEN}(\d+){CLOSE}")


class Session:
    """A catalogue with its views; ``call`` leaves slots, ``fill`` fills them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalog: Catalog = load(root)
        self.views = render.Views(self.catalog)
        self._slots: list[str] = []

    def call(self, name: str, *arguments: str, **options: str) -> str:
        """Render a macro now, leave a slot for it in the Markdown."""
        html = str(self.views[name](*arguments, **options))
        self._slots.append(html)
        slot = f"{OPEN}{len(self._slots) - 1}{CLOSE}"
        return slot if name in render.INLINE else f"\n\n{slot}\n\n"

    def reset(self) -> None:
        """A new page: its slots count from 0, so that equal pages have equal Markdown."""
        self._slots.clear()

    def fill(self, html: str, way: str) -> str:
        """Fragments into their slots; ``way`` leads from the page to the site's root."""
        filled = _SLOT.sub(lambda found: self._slots[int(found[1] or found[2])], html)
        return filled.replace(f'="{render.ROOT}', f'="{way}')


_current: list[Session] = []


def start(root: Path) -> Session:
    _current[:] = [Session(root)]
    return _current[0]


def current() -> Session:
    return _current[0]

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


Call = tuple[str, tuple[str, ...], tuple[tuple[str, str], ...]]


class Session:
    """A catalogue with its views. ``call`` notes a call and leaves a slot; ``fill`` renders into it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.catalog: Catalog = load(root)
        self.views = render.Views(self.catalog)
        self._calls: list[Call] = []

    def call(self, name: str, *arguments: str, **options: str) -> str:
        """A slot for a macro's result. Nothing is rendered yet: fragments live only while their page is written."""
        self._calls.append((name, arguments, tuple(options.items())))
        slot = f"{OPEN}{len(self._calls) - 1}{CLOSE}"
        return slot if name in render.INLINE else f"\n\n{slot}\n\n"

    def taken(self) -> list[Call]:
        """The calls of the page that is being read; the next page starts anew."""
        calls, self._calls = self._calls, []
        return calls

    def fill(self, html: str, calls: list[Call], way: str) -> str:
        """Fragments into their slots; ``way`` leads from the page to the site's root."""
        def fragment(found: re.Match[str]) -> str:
            name, arguments, options = calls[int(found[1] or found[2])]
            return str(self.views[name](*arguments, **dict(options)))

        filled = _SLOT.sub(fragment, html).replace(f'="{render.ROOT}', f'="{way}')
        return filled.replace("<table>", '<table class="fadu-grid">')  # tables without class are wrapped by the theme's script


_current: list[Session] = []


def start(root: Path) -> Session:
    _current[:] = [Session(root)]
    return _current[0]


def current() -> Session:
    return _current[0]

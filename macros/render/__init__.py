"""Catalogue → HTML fragments: one function per macro, used alike by generated and hand-written pages.

A view picks what a template shows; it reads no file, looks up nothing by string that the
catalogue did not hand out, and invents no path.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jinja2
from markupsafe import Markup

from macros import routes, wording
from macros.catalog import Catalog
from macros.models import Key
from macros.render.markup import ROOT, Markup_, heading

View = Callable[..., str]
INLINE = frozenset({"cite", "link"})  # macros that stand inside a paragraph


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("macros", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.do"],
    )


class Views:
    """All macros, bound to a catalogue. ``views["procedure"]("penalty-ordinary")`` is HTML."""

    def __init__(self, catalog: Catalog) -> None:
        from macros.render import laws, learning, listings, papers, procedures, registers

        self.catalog = catalog
        self.markup = Markup_(catalog)
        self.environment = _environment().overlay()
        self.environment.filters.update(
            text=self.markup.text, cites=self.markup.cites, link=self.markup.link, links=self.markup.links,
            href=self.markup.href, amount=self.markup.amount, day=wording.day,
        )
        self.environment.globals.update(catalog=catalog, wording=wording, routes=routes, root=ROOT, Key=Key, markup=self.markup)
        self.environment.globals["reviewed"] = lambda key: self.render("reviewed", review=catalog.review(key))
        self._views: dict[str, View] = {}
        for module in (procedures, papers, laws, registers, learning, listings):
            self._views.update(module.views(self))

    def __getitem__(self, name: str) -> View:
        return self._views[name]

    def __iter__(self) -> Any:
        return iter(self._views)

    def render(self, template: str, **context: Any) -> Markup:
        return Markup(self.environment.get_template(f"{template}.html.j2").render(**context))


__all__ = ["INLINE", "ROOT", "Views", "heading"]

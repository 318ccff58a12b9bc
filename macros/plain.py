"""Every page as plain Markdown with its macros expanded, for other engines and for diffs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import jinja2

from macros import pages
from macros.prose import MACROS
from macros.render import ROOT, Views


def write(views: Views, target: Path, docs: Path) -> int:
    """Write all pages below ``target``; returns how many."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
    environment.globals.update({name: _expanded(views, name) for name in MACROS})
    bodies = {page.path.removesuffix(".html") + ".md": f"---\ntitle: {page.title}\n---\n{page.body}" for page in pages.generated(views.catalog)}
    bodies |= {key.id: page.body for key, page in views.catalog.pages.items()}
    for name, body in sorted(bodies.items()):
        way = "../" * (len(PurePosixPath(name).parts) - 1) or "./"
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        text = environment.from_string(body).render().replace(f'="{ROOT}', f'="{way}')
        file.write_text(text.rstrip() + "\n", "utf-8")
    return len(bodies)


def _expanded(views: Views, name: str):
    return lambda *arguments, **options: str(views[name](*arguments, **options))

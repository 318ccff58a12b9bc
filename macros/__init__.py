"""法度: a knowledge base generated from data files. This module binds the views to mkdocs-macros."""

from __future__ import annotations

from typing import Any


def define_env(env: Any) -> None:
    """Called by mkdocs-macros: every view becomes a macro of the same name."""
    from macros import session
    from macros.prose import MACROS

    for name in MACROS:
        def call(*arguments: str, _name: str = name, **options: str) -> str:
            return session.current().call(_name, *arguments, **options)

        env.macro(call, name)

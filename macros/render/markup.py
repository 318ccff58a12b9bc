"""Text from data → safe HTML: escaping, citation chips, parameters, links.

Markdown never sees data. Addresses are written from the site's root as ``@@/…``; the host puts
the way to the root in their place, so a fragment is the same wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import markdown
from markupsafe import Markup, escape

from macros import citation, routes, wording
from macros.catalog import Catalog
from macros.citation import Citation
from macros.models import Key, Pointer
from macros.models.base import PLACEHOLDER
from macros.models.base import Markdown as MarkdownText
from macros.models.law import Law
from macros.models.setting import Parameter

ROOT = "@@/"
HOVER = 300  # signs of an imported text in the title of a citation


class Markup_:
    """Filters for the templates, bound to one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._chips: dict[tuple[Key, str, str], Markup] = {}
        self._markdown = markdown.Markdown(extensions=["tables", "sane_lists"], output_format="html")
        self._markdown.preprocessors.deregister("html_block")
        self._markdown.inlinePatterns.deregister("html")

    # -- addresses and links

    def href(self, key: Key | Pointer) -> str:
        return ROOT + routes.url(self.catalog, key.key if isinstance(key, Pointer) else key)

    def link(self, key: Key | Pointer, text: str | None = None) -> Markup:
        key = key.key if isinstance(key, Pointer) else key
        return Markup('<a href="{}">{}</a>').format(self.href(key), text or wording.label(self.catalog, key))

    def links(self, keys: Iterable[Key | Pointer], between: str = "、") -> Markup:
        return Markup(between).join(self.link(key) for key in keys)

    # -- citations

    def cites(self, cites: Iterable[Citation]) -> Markup:
        """The chips of one rule, in their order."""
        chips = [self.cite(found) for found in cites]
        return Markup('<span class="fadu-cites">{}</span>').format(Markup(" ").join(chips)) if chips else Markup("")

    def cite(self, found: Citation) -> Markup:
        targets = self.catalog.targets(found)
        text = ""
        if found.end:
            law = self.catalog[targets[0]]
            text = f"{wording.chip(law, targets[0].part)}至{wording.locator(law, targets[-1].part, arabic=True)}"  # type: ignore[arg-type]
        chip = self.article(targets[0], text, wording.cited(self.catalog, found))
        reason = found.historical or found.future
        return chip + Markup('<span class="fadu-note fadu-cite-reason">（{}）</span>').format(reason) if reason else chip

    def article(self, key: Key, text: str = "", full: str = "") -> Markup:
        """A chip for an article: state, dates and the official long form travel with it."""
        known = self._chips.get((key, text, full))
        if known is not None:
            return known
        law = self.catalog[key]
        assert isinstance(law, Law)
        state, word = self.state(law, key)
        version = law.version(key.part[0][1:]) if key.part and key.part[0].startswith("@") else law.current
        begin = version.effective if version and version.effective != "unknown" else ""
        until = (version.until if version else None) or ""
        full = full or wording.article(law, key.part)
        words = "" if text else self.catalog.words(key)
        said = Markup(' data-full="{}"').format(full) if words else ""
        title = f"{full}\n{words[:HOVER - 1] + '…' if len(words) > HOVER else words}" if words else full
        dated = Markup(' data-from="{}" data-until="{}"').format(begin, until) if until or state != "current" else ""
        if law.plan_until and not until:
            dated = Markup(' data-from="{}" data-plan-until="{}"').format(begin, law.plan_until)
        chip = Markup('<a class="fadu-cite" href="{}" title="{}"{} data-state="{}"{}>{}{}</a>').format(
            self.href(key), title, said, state, dated, text or wording.chip(law, key.part),
            Markup('<span class="fadu-cite-state">{}</span>').format(word) if word else "")
        self._chips[(key, text, full)] = chip
        return chip

    def state(self, law: Law, key: Key) -> tuple[str, str]:
        """(state, word) of a citation on ``as_of``; the word is empty when there is nothing to warn of."""
        if key.part and key.part[0].startswith("@"):
            return "amended", "旧版"
        status = law.status(self.catalog.as_of)
        state = wording.STATE[status]
        if state != "current":
            return state, {"future": "未施行", "repealed": "已废止", "expired": "期满", "unknown": "施行日待核"}[state]
        return ("current", "") if law.confidence == "高" else ("unchecked", "未核原文")

    # -- running text

    def text(self, value: object) -> Markup:
        """Plain text: parameters, fields and written citations become chips, the rest is as typed."""
        if value is None:
            return Markup("")
        if isinstance(value, MarkdownText):
            self._markdown.reset()
            return Markup(self._markdown.convert(str(value)))
        source = str(value)
        out, at = [], 0
        marks = [(found.span(), self._placeholder(found)) for found in PLACEHOLDER.finditer(source)]
        if "《" in source:
            marks += [(span, self._written(cited, source[span[0]:span[1]])) for span, cited in citation.written(source)]
        for (begin, end), html in sorted(marks, key=lambda mark: mark[0]):
            if begin < at or html is None:
                continue
            out += [escape(source[at:begin]), html]
            at = end
        out.append(escape(source[at:]))
        return Markup("").join(out).replace("\n", Markup("<br>"))

    def _written(self, cited: Citation, text: str) -> Markup | None:
        if self.catalog.law(cited.instrument) is None:
            return None
        targets = self.catalog.targets(cited)
        return self.article(targets[0], text) if targets else None

    def _placeholder(self, found: re.Match[str]) -> Markup:
        if found["dollar"]:
            return Markup("$")
        if found["cite"] is not None:
            cited = citation.parse(found["cite"])
            return self.cite(cited) if cited else escape(found[0])
        key = Key("parameters", found["id"])
        if key in self.catalog:
            return self.parameter(key)
        return Markup('<span class="fadu-blank">（{}）</span>').format(self.catalog[Key("fields", found["id"])].title)

    def parameter(self, key: Key) -> Markup:
        entity = self.catalog[key]
        assert isinstance(entity, Parameter)
        who = "、".join(wording.SET_BY[name] for name in entity.set_by)
        return Markup('<a class="fadu-param" data-set="no" href="{}" title="{}">待填：{}</a>').format(self.href(key), entity.title, who)

    def amount(self, value: object) -> object:
        """A number, or the chip of the parameter that stands for it."""
        if isinstance(value, str) and value.startswith("$"):
            return self.parameter(Key("parameters", value[1:]))
        return value


def heading(text: str) -> str:
    """Text as a Markdown heading that comes out as typed: every sign becomes an entity."""
    return re.sub(r"[!-/:-@\[-`{-~]", lambda found: f"&#{ord(found[0])};", text)

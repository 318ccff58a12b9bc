"""Every address and anchor of the built site, since ``--strict`` sees none of our HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

from macros.problems import Place, Problem

_ATTRIBUTE = re.compile(r'\s(id|name|href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.I)
ALLOWED = ("data:", "mailto:")


def check(site: Path) -> Iterator[Problem]:
    """A problem for each link that leads nowhere and each address outside the site."""
    ids: dict[str, set[str]] = {}
    links: list[tuple[str, str]] = []
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix()
        here = ids.setdefault(page, set())
        seen: set[str] = set()
        for name, value in _ATTRIBUTE.findall(path.read_text("utf-8")):
            if name in ("id", "name"):
                here.add(unescape(value))
            elif value not in seen:
                seen.add(value)
                links.append((page, unescape(value)))
    for page, link in links:
        if problem := _wrong(site, page, link, ids):
            yield Problem(Place(f"site/{page}"), problem, "改资料或模板里的这个地址")


def _wrong(site: Path, page: str, link: str, ids: dict[str, set[str]]) -> str:
    if link.startswith(ALLOWED) or not link:
        return ""
    if _ELSEWHERE.match(link):
        return "" if page == "404.html" else f"链接到站外：{link}"
    where, _, anchor = link.partition("#")
    where = unquote(where.partition("?")[0])
    if where.startswith("/"):
        return "" if page == "404.html" else f"绝对地址在离线时打不开：{link}"
    target = normpath(f"{page.rpartition('/')[0]}/{where}".lstrip("/")) if where else page
    if target.startswith(".."):
        return f"链接到站外：{link}"
    if target in (".", ""):
        target = "index.html"
    if target not in ids and not (site / target).is_file():
        return f"链接打不开：{link}"
    if anchor and target in ids and unquote(anchor) not in ids[target]:
        return f"链接的位置不存在：{link}"
    return ""

"""The citation grammar: one parser, no knowledge of any law.

Stored form: ``INSTRUMENT[@YEAR][:LOCATOR][~LOCATOR]``, as ``行政处罚法:63.1.2``. Whether an
article exists is the catalogue's business; how it is printed is ``wording``'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FULLWIDTH = str.maketrans("０１２３４５６７８９：．～＠", "0123456789:.~@")
NUMBERINGS = ("article", "outline", "clause", "none")

STORED = re.compile(
    r"(?P<instrument>[^:：@~\s《》]+?)(?:@(?P<year>\d{4}))?"
    r"(?::(?P<start>[^:@~\s]+?)(?:~(?P<end>[^:@~\s]+))?)?"
)
ARTICLE = re.compile(r"(?P<article>[1-9]\d*(?:-[1-9]\d*)?)(?:\.(?P<paragraph>[1-9]\d*)(?:\.(?P<item>[1-9]\d*)(?:\.(?P<point>[1-9]\d*))?)?)?")
OUTLINE = re.compile(r"[一二三四五六七八九十百]+(?:（[一二三四五六七八九十]+）)?|（[一二三四五六七八九十]+）")
CLAUSE = re.compile(r"[A-Z]?\d*(?:\.\d+)*")
_FORMS = {"article": ARTICLE, "outline": OUTLINE, "clause": CLAUSE}

_N = r"[零〇一二三四五六七八九十百千0-9０-９]+"
_ONE = rf"第(?:{_N})条(?:之{_N})?(?:第?{_N}款)?(?:第?[（(]?{_N}[）)]?项)?(?:第?{_N}目)?"
WRITTEN = re.compile(rf"《(?P<title>[^《》]+)》(?:（[^（）]*）)?(?P<first>{_ONE})?")
_PARTS = re.compile(
    rf"(?:第?(?P<article>{_N})条(?:之(?P<sub>{_N}))?)?(?:第?(?P<paragraph>{_N})款)?"
    rf"(?:第?[（(]?(?P<item>{_N})[）)]?项)?(?:第?(?P<point>{_N})目)?"
)
MORE = re.compile(
    rf"(?P<link>[、，和及至到~～—-]|以及|或者)(?P<part>第?{_N}条(?:之{_N})?(?:第?{_N}款)?(?:第?[（(]?{_N}[）)]?项)?(?:第?{_N}目)?"
    rf"|第?{_N}款(?:第?[（(]?{_N}[）)]?项)?|第?[（(]{_N}[）)]项?|第?{_N}项)"
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as written: nothing is looked up yet.

    ``historical`` and ``future`` hold the reason why an instrument that is not in force is cited.
    """

    instrument: str
    year: str = ""
    start: str = ""
    end: str = ""
    historical: str = ""
    future: str = ""

    def __str__(self) -> str:
        text = self.instrument
        if self.year:
            text += f"@{self.year}"
        if self.start:
            text += f":{self.start}"
        if self.end:
            text += f"~{self.end}"
        return text


def number(text: str) -> int | None:
    """``六十三``, ``63``, ``６３`` as 63; None when it is no number."""
    plain = text.translate(_FULLWIDTH)
    if plain.isdigit():
        return int(plain)
    total = part = 0
    for sign in plain:
        if sign in _DIGITS:
            part = _DIGITS[sign]
        elif sign in _UNITS:
            total += (part or 1) * _UNITS[sign]
            part = 0
        else:
            return None
    return total + part if plain else None


def chinese(value: int) -> str:
    """63 as ``六十三``; for article numbers up to 9999."""
    signs = "零一二三四五六七八九"
    if value < 20:
        return ("" if value < 10 else "十") + (signs[value % 10] if value % 10 or value == 0 else "")
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit:
            text += ("零" if gap else "") + signs[digit] + name
            gap = False
        elif text and value:
            gap = True
    return text


def parse(text: str) -> Citation | None:
    """The stored form, or None. ``行政处罚法:63.1.2`` and nothing else."""
    found = STORED.fullmatch(text)
    if not found:
        return None
    part = found.groupdict(default="")
    return Citation(part["instrument"], part["year"], part["start"], part["end"])


def read(text: str) -> Citation | None:
    """Any form a person types: stored, 《…》第…条, full-width signs, ``行政处罚法第63条``."""
    plain = text.strip().translate(_FULLWIDTH)
    if citation := parse(plain):
        bare = re.fullmatch(rf"(?P<title>.+?)(?P<first>{_ONE})", citation.instrument)
        if not bare or citation.start:
            return citation
        return Citation(bare["title"], start=_locator(bare["first"], ()) or "")
    found = next(written(text.strip()), None)
    return found[1] if found else None


def canonical(text: str) -> str:
    """What a writer meant, in stored form, for a hint; empty when it cannot be told."""
    citation = read(text)
    return str(citation) if citation else ""


def locator(text: str, numbering: str) -> tuple[str, ...] | None:
    """The parts of a locator under a numbering: ``63.1.2`` as ("63", "1", "2"); None if malformed."""
    form = _FORMS.get(numbering)
    found = form.fullmatch(text) if form and text else None
    if not found:
        return None
    if numbering == "article":
        return tuple(part for part in found.groups() if part)
    return (text,)


def _locator(text: str, before: tuple[str, ...]) -> str | None:
    """``第六十三条第一款`` as ``63.1``; parts left out are taken from the one before."""
    found = _PARTS.fullmatch(text) or re.fullmatch(rf"第?[（(](?P<item>{_N})[）)]项?", text)
    if not found:
        return None
    part = found.groupdict()
    paragraph, item, point = part.get("paragraph"), part.get("item"), part.get("point")
    if part.get("article"):
        article = str(number(part["article"]))
        if part.get("sub"):
            article += f"-{number(part['sub'])}"
        parts = [article]
    elif before:
        parts = [before[0]]
        if not paragraph and len(before) > 1:
            paragraph = before[1]
    else:
        return None
    if item and not paragraph:
        paragraph = "1"
    for value in (paragraph, item, point):
        if value is None:
            break
        parts.append(str(number(value)))
    return ".".join(parts)


def written(text: str) -> Iterator[tuple[tuple[int, int], Citation]]:
    """Every 《…》第…条 in running text with its span, lists and ranges spread.

    ``《甲法》第三条第一款第（二）项、第五条至第七条`` gives three citations.
    A title without article gives a citation of the whole instrument.
    """
    for found in WRITTEN.finditer(text):
        title, first = found["title"], found["first"]
        if not first:
            yield found.span(), Citation(title)
            continue
        start = _locator(first, ()) or ""
        span = found.span()
        pending = Citation(title, start=start)
        at, before = found.end(), tuple(start.split("."))
        while more := MORE.match(text, at):
            here = _locator(more["part"], before)
            if here is None:
                break
            if more["link"] in "至到~～—-":
                pending = Citation(title, start=pending.start, end=here)
                span = (span[0], more.end())
            else:
                yield span, pending
                span, pending = more.span("part"), Citation(title, start=here)
            at, before = more.end(), tuple(here.split("."))
        yield span, pending


UNBOUND = re.compile(rf"(?:该|本|上述|前述)(?:法|条例|规定|办法|细则|解释|意见|决定)第{_N}条|(?<![》法例定法则释见知])前款|同条第{_N}款")

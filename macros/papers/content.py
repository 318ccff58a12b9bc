"""A document as blocks that know no format: what the blank, the template and the page print alike.

Placeholders are resolved here, conditions get the short names under which a choice is kept.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from macros import citation, wording
from macros.catalog import Catalog
from macros.citation import Citation
from macros.models import Key
from macros.models.base import PLACEHOLDER, When
from macros.models.paper import Alternative, Cell, Clause, Datum, Document
from macros.papers.titles import title

DATE = "　　　　年　　月　　日"
BLANK = "＿＿＿＿"
# A number of its own on every paper; never shared by the papers of a matter.
OWN = frozenset({"reference-number"})
NUMBERS = ("reference-number", "decision-number", "notice-number")


@dataclass(frozen=True, slots=True)
class Piece:
    """Running text, a field or a citation."""

    text: str
    field: str = ""
    cited: Citation | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: its role (salute, body, number, copy, heading1 … heading4) and what stands in it."""

    role: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def lone(self) -> str:
        """The field of which the line consists."""
        return self.pieces[0].field if len(self.pieces) == 1 else ""


@dataclass(frozen=True, slots=True)
class Option:
    tag: str
    when: str
    lines: tuple[Line, ...]
    source: Alternative


@dataclass(frozen=True, slots=True)
class Row:
    line: Line
    source: Cell


@dataclass(frozen=True, slots=True)
class Block:
    """One clause. ``tag`` names its condition, ``when`` says it; both empty where it always stands.

    ``group`` names the choice between its options.
    """

    source: Clause
    tag: str
    when: str
    group: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...]
    rows: tuple[Row, ...]
    table: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A field as this document asks for it."""

    id: str
    label: str
    required: bool
    datum: Datum
    value: str  # of the adopting county; empty where it is to be typed


@dataclass(frozen=True, slots=True)
class Paper:
    key: Key
    document: Document
    title: str
    blocks: tuple[Block, ...]
    asked: tuple[Asked, ...]

    @property
    def number(self) -> str:
        """The field that is this paper's own number: 文号, or a decision's number that no clause mentions."""
        told = {piece.field for block in self.blocks for line in (*block.lines, *(one for option in block.options for one in option.lines))
                if line.role != "number" for piece in line.pieces} | {piece.field for block in self.blocks for row in block.rows for piece in row.line.pieces}
        names = {one.id for one in self.asked}
        return next((name for name in NUMBERS if name in names and (name in OWN or name not in told)), "")

    def field(self, name: str) -> Asked | None:
        return next((one for one in self.asked if one.id == name), None)


AGENCY = Key("fields", "agency-name")


def paper(catalog: Catalog, key: Key) -> Paper:
    document = catalog[key]
    assert isinstance(document, Document)
    reader = _Reader(catalog, document)
    blocks = tuple(reader.block(clause) for clause in document.clauses)
    if document.signature and document.signature.agency and AGENCY in catalog:
        reader._ask(AGENCY.id)  # the signature prints it, and the head of many layouts
    return Paper(key, document, title(document), blocks, tuple(reader.asked.values()))


def tag(text: str) -> str:
    """A name that stays when clauses are inserted and changes when the condition does."""
    return f"s{zlib.crc32(text.encode()):08x}"


def blank(datum: Datum, label: str = "") -> str:
    """What a field prints as long as nothing is known."""
    if datum.type == "date":
        return DATE
    if datum.type == "datetime":
        return f"{DATE}　　时　　分"
    if datum.type == "choice" and datum.options and sum(map(len, datum.options)) <= 24:
        return f"（{'／'.join(datum.options)}）"
    text = re.sub(r"（(?:元|件|份|人|次|日)）", "", label or datum.title)
    text = re.sub(r"（([^（）]*)）", r"、\1", text)
    return f"（{text}）"


def cell(datum: Datum) -> str:
    """The same in the cell of a form, whose label says already what is meant."""
    if datum.type in ("date", "datetime"):
        return blank(datum)
    if datum.type in ("choice", "choices") and datum.options and sum(map(len, datum.options)) <= 60:
        return "　".join(f"□{option}" for option in datum.options)
    return ""


class _Reader:
    def __init__(self, catalog: Catalog, document: Document) -> None:
        self.catalog, self.document = catalog, document
        self.asked: dict[str, Asked] = {}
        self.saluted = False
        for one in document.fields:
            self._ask(one.id.key.id, one.label_, one.required)

    def _ask(self, name: str, label: str | None = None, required: bool = True) -> Asked:
        if name not in self.asked:
            datum = self.catalog[Key("fields", name)]
            assert isinstance(datum, Datum)
            org = self.catalog.org.names.get(datum.org) if datum.org else None
            self.asked[name] = Asked(name, str(label or datum.title), required, datum, str(org.value) if org else "")
        return self.asked[name]

    def block(self, clause: Clause) -> Block:
        lines: list[Line] = []
        if clause.heading:
            lines += self.lines(clause.heading, f"heading{clause.level}")
        if clause.text:
            lines += self.lines(clause.text, self._role(clause.text))
        group = tag("|".join(self.when(one.when) for one in clause.alternatives))
        options = tuple(
            Option(tag(f"{group}|{self.when(one.when)}"), self.when(one.when), self.lines(one.text, "body"), one)
            for one in clause.alternatives)
        rows = tuple(Row(self.lines(row.text or "", "cell")[0], row) for row in clause.rows)
        if clause.table:
            self._ask(clause.table.key.id)
        when = self.when(clause.when)
        return Block(clause, tag(when) if when else "", when, group if options else "", tuple(lines), options, rows,
                     clause.table.key.id if clause.table else "")

    def _role(self, text: str) -> str:
        if text.startswith("$") and text[1:] in NUMBERS:
            return "number"  # printed where the layout has its place
        if text.startswith(("抄送：", "抄报：")):
            return "copy"
        if not self.saluted and text.endswith("：") and "。" not in text and len(text) < 80:
            self.saluted = True
            return "salute"
        return "body"

    def lines(self, text: str, role: str) -> tuple[Line, ...]:
        if self.document.layout == "笔录":
            text = re.sub(r"(?<=[。？：，！])(?=[问答]：)", "\n", text)
        return tuple(Line(role, self.pieces(row)) for row in text.split("\n"))

    def pieces(self, text: str) -> tuple[Piece, ...]:
        out: list[Piece] = []
        at = 0
        for found in PLACEHOLDER.finditer(text):
            out.append(Piece(text[at:found.start()]))
            at = found.end()
            out.append(self._piece(found))
        out.append(Piece(text[at:]))
        return _joined(out)

    def _piece(self, found: re.Match[str]) -> Piece:
        if found["dollar"]:
            return Piece("$")
        if found["cite"] is not None:
            cited = citation.parse(found["cite"])
            return Piece(wording.cited(self.catalog, cited), cited=cited) if cited else Piece(found[0])
        if Key("fields", found["id"]) not in self.catalog:
            return Piece(f"（{self.catalog[Key('parameters', found['id'])].title}）")
        asked = self._ask(found["id"])
        return Piece(asked.value or blank(asked.datum, asked.label), asked.id)

    def when(self, when: When | str | None) -> str:
        if isinstance(when, When):
            text = str(self.document.facts.get(when.fact, when.fact))
            return f"不属于：{text}" if when.negated else text
        return str(when or "")


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring text in one piece; blanks within brackets get other brackets."""
    out: list[Piece] = []
    depth = 0
    for piece in pieces:
        if piece.field and depth > 0 and piece.text.startswith("（"):
            piece = Piece(f"〔{piece.text[1:-1]}〕", piece.field)
        elif not piece.field:
            depth += piece.text.count("（") - piece.text.count("）")
        if not piece.field and not piece.cited and out and not out[-1].field and not out[-1].cited:
            out[-1] = Piece(out[-1].text + piece.text)
        elif piece.text or piece.field:
            out.append(piece)
    return tuple(out) or (Piece(""),)

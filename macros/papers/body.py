"""Blocks of a paper as WordprocessingML: as a blank to print, or as a template whose tags the browser fills.

A tag always stands in a run of its own, so that no program splits it.
"""

from __future__ import annotations

import re

from macros.papers import xml
from macros.papers.content import BLANK, DATE, Asked, Block, Line, Option, Paper, Row, blank, cell
from macros.papers.titles import title_lines
from macros.papers.xml import WIDTH, paragraph, run

RUN_IN = re.compile(r"（[一二三四五六七八九十]+）[^。！？$]{2,30}。")
STYLES = {"salute": "Salute", "body": "Body", "heading1": "Heading-1", "heading2": "Heading-2", "heading3": "Heading-3", "heading4": "Heading-4"}
CHOOSE = "【以下各段按情形选用，其余的连同灰底提示一起删去】"


class Body:
    """Writes one paper. ``tags``: a template; else a blank."""

    def __init__(self, paper: Paper, *, tags: bool, underline: bool = False, body: str = "Body") -> None:
        self.paper, self.tags, self.body = paper, tags, body
        self.blank_style = "BlankLine" if underline else "Blank"
        self.told = False
        self.width = LANDSCAPE if wide(paper) else WIDTH

    def title(self, style: str) -> str:
        return paragraph(style, "<w:r><w:br/></w:r>".join(run(plain(line)) for line in title_lines(self.paper.title)))

    # -- runs

    def field(self, asked: Asked, text: str) -> str:
        if self.tags:
            return run(f"{{{asked.id}}}")
        return run(text, self.blank_style)

    def slot(self, name: str, text: str, tag: str = "") -> str:
        """A place that the layout provides (number, date): the field if the paper asks for it."""
        if self.tags:
            return run(f"{{{tag or name}}}")
        asked = self.paper.field(name)
        return run(asked.value if asked and asked.value else text)

    def runs(self, line: Line, *, run_in: bool = False) -> list[str]:
        out = []
        for at, piece in enumerate(line.pieces):
            if piece.field:
                asked = self.paper.field(piece.field)
                assert asked
                last = at == len(line.pieces) - 1 or (at == len(line.pieces) - 2 and len(line.pieces[-1].text) <= 1)
                long = self.tags and asked.datum.type == "longtext" and last and line.role == "body"
                out.append(run(f"{{{asked.id}/first}}") if long else self.field(asked, piece.text))
            elif run_in and at == 0 and (found := RUN_IN.match(plain(piece.text))):
                out += [run(found[0], "RunIn"), *([run(plain(piece.text)[found.end():])] if piece.text[found.end():] else [])]
            else:
                out.append(run(plain(piece.text)))
        return out

    def line(self, line: Line) -> str:
        style = STYLES.get(line.role, "Body")
        if style == "Body" or (style == "Salute" and self.body != "Body"):
            style = self.body
        made = paragraph(style, *self.runs(line, run_in=style == "Body"))
        if self.tags and line.role == "body":
            # Further paragraphs of a long answer are paragraphs of their own, not line breaks.
            for piece in line.pieces:
                asked = piece.field and self.paper.field(piece.field)
                if asked and asked.datum.type == "longtext" and f"{{{asked.id}/first}}" in made:
                    made += "".join((paragraph(style, run(f"{{#{asked.id}/rest}}")), paragraph(style, run("{.}")), paragraph(style, run(f"{{/{asked.id}/rest}}"))))
        return made

    # -- blocks

    def block(self, block: Block) -> str:
        out = [self.line(line) for line in block.lines if line.role not in ("copy", "number")]
        inner = "".join(self.option(option, at) for at, option in enumerate(block.options, 1))
        if inner and not self.tags and not self.told:
            self.told = True
            inner = paragraph("Choose", run(CHOOSE, "Mark")) + inner
        out.append(inner)
        if block.rows:
            out.append(self.rows(block.rows))
        if block.table:
            out.append(self.table(block.table))
        made = "".join(out)
        if not block.when or not made:
            return made
        return self._when(block.tag, f"【{block.when}，才写下面这一段；没有就删去】", made)

    def option(self, option: Option, number: int) -> str:
        return self._when(option.tag, f"【情形{number}：{option.when}】", "".join(self.line(line) for line in option.lines))

    def _when(self, tag: str, mark: str, made: str) -> str:
        if self.tags:
            return paragraph("Thin", run(f"{{#{tag}}}")) + made + paragraph("Thin", run(f"{{/{tag}}}"))
        return paragraph("Choose", run(plain(mark), "Mark")) + made

    # -- tables

    def rows(self, rows: tuple[Row, ...]) -> str:
        """Label and answer; short ones two to a row."""
        label, width = 1700, self.width
        half = width // 2 - label
        widths = (label, half, label, width - 2 * label - half)
        made, at = [], 0
        while at < len(rows):
            first = rows[at]
            if self._short(first) and at + 1 < len(rows) and self._short(rows[at + 1]):
                pair = (first, rows[at + 1])
                cells = "".join((xml.cell(widths[0], self._label(pair[0])), xml.cell(widths[1], *self._answer(pair[0])),
                                 xml.cell(widths[2], self._label(pair[1])), xml.cell(widths[3], *self._answer(pair[1]))))
                made.append(xml.row(cells, height=680))
                at += 2
                continue
            signed = (paragraph("CellSign", run("签名：　　　　　　　　年　　月　　日")),) if first.source.sign else ()
            high = max(1, first.source.lines) * 560 + (500 if signed else 120)
            made.append(xml.row(xml.cell(widths[0], self._label(first)),
                                xml.cell(sum(widths[1:]), *self._answer(first), *signed, span=3,
                                         align="bottom" if signed and not first.line.text else "center"), height=high))
            at += 1
        return xml.table("Frame", widths, *made) + paragraph("Thin")

    def _short(self, row: Row) -> bool:
        asked = self.paper.field(row.line.lone)
        small = asked is not None and asked.datum.type not in ("longtext", "datetime") and len(cell(asked.datum)) <= 12
        return row.source.lines == 1 and not row.source.sign and len(row.source.title) <= 10 and (small or row.line.text == "")

    def _label(self, row: Row) -> str:
        return paragraph("CellLabel", run(plain(row.source.title)))

    def _answer(self, row: Row) -> tuple[str, ...]:
        asked = self.paper.field(row.line.lone)
        if asked and not self.tags:
            return (paragraph("CellText", run(asked.value or cell(asked.datum))),)
        return (paragraph("CellText", *self.runs(row.line)),)

    def table(self, name: str) -> str:
        asked = self.paper.field(name)
        assert asked
        columns = asked.datum.columns
        shares = [column.width or (6 if column.type in ("number", "money") else 8) for column in columns]
        numbered = not any(column.title in ("序号", "编号", "顺序号", "次序") for column in columns)
        if numbered:
            shares.insert(0, 4)
        widths = [self.width * share // sum(shares) for share in shares]
        titles = [*(["序号"] if numbered else []), *(column.title for column in columns)]
        head = xml.row(*(xml.cell(at, paragraph("CellLabel", run(plain(title)))) for at, title in zip(widths, titles, strict=True)), height=620, head=True)
        looks = [*(["CellLabel"] if numbered else []), *("CellNumber" if column.type in ("number", "money") else "CellText" for column in columns)]
        if self.tags:
            words = [*(["{row-number}"] if numbered else []), *(f"{{{column.id}}}" for column in columns)]
            runs = [[run(word)] for word in words]
            runs[0].insert(0, run(f"{{#{name}}}"))
            runs[-1].append(run(f"{{/{name}}}"))
            body = [xml.row(*(xml.cell(at, paragraph(look, *one)) for at, look, one in zip(widths, looks, runs, strict=True)), height=560)]
        else:
            count = {"清单": 12, "目录": 15, "表格": 8, "审批表": 5}.get(self.paper.document.layout, 3)
            body = [xml.row(*(xml.cell(at, paragraph(look, run(str(number) if numbered and not place else "")))
                              for place, (at, look) in enumerate(zip(widths, looks, strict=True))), height=620) for number in range(1, count + 1)]
        return xml.table("Frame", widths, head, *body) + paragraph("Thin")


LANDSCAPE = 16838 - 2098 - 1984


def wide(paper: Paper) -> bool:
    """Whether a table needs the page on its side (a letter or report keeps its page upright)."""
    if paper.document.layout not in ("清单", "目录", "表格"):
        return False
    widths = [sum(column.width or 8 for column in asked.datum.columns) for block in paper.blocks if block.table and (asked := paper.field(block.table))]
    return max(widths, default=0) > 44


def plain(text: str) -> str:
    """Braces would be taken for tags."""
    return text.replace("{", "｛").replace("}", "｝")


__all__ = ["BLANK", "DATE", "Body", "blank", "plain", "wide"]

"""The official layouts: what stands before and after the text, and on every page."""

from __future__ import annotations

from dataclasses import dataclass, field

from macros.catalog import Catalog
from macros.papers import xml
from macros.papers.body import DATE, Body, plain, wide
from macros.papers.content import Paper
from macros.papers.xml import CHARACTER, WIDTH, paragraph, run

FAMILIES = {
    "official": ("文件", "通知", "报告", "请示", "批复", "决定", "意见", "方案", "通告", "公告", "说明"),
    "letter": ("函",), "minutes": ("纪要",), "order": ("决定书", "通知书", "告知书", "意见书", "建议书"),
    "party": ("申请书", "承诺书"), "record": ("笔录",), "form": ("审批表", "表格"), "receipt": ("回证",),
    "list": ("清单", "目录"), "contract": ("合同",),
}
FAMILY = {layout: family for family, layouts in FAMILIES.items() for layout in layouts}
PUBLIC = ("通告", "公告")
UPWARD = ("报告", "请示")
PLAIN = ("方案", "说明")
REFERENCE = "（机关代字）〔　　　　〕　　号"


@dataclass(slots=True)
class Made:
    """A laid-out paper before it is packed."""

    body: str
    parts: dict[str, str] = field(default_factory=dict)
    section: str = ""
    head: int = 100


class Layout:
    """Lays out one paper; a method per family."""

    def __init__(self, catalog: Catalog, paper: Paper, *, tags: bool) -> None:
        self.catalog, self.paper, self.tags = catalog, paper, tags
        self.document = paper.document
        self.family = FAMILY[paper.document.layout]
        self.write = Body(paper, tags=tags, underline=self.family in ("order", "party", "record", "contract"),
                          body="Question" if self.family == "record" else "Body")
        if self.family in ("form", "receipt", "list"):
            self.write.body = "FormLine"

    def made(self) -> Made:
        return getattr(self, self.family)()

    # -- pieces

    def org(self, name: str, text: str) -> str:
        found = self.catalog.org.names.get(name)
        return str(found.value) if found else text

    def agency(self) -> str:
        return "{agency-name}" if self.tags else self.org("agency", "（行政机关名称）")

    def blocks(self) -> str:
        made = "".join(self.write.block(block) for block in self.paper.blocks)
        before, mark, after = made.rpartition('<w:pStyle w:val="Body"/>')
        return f'{before}<w:pStyle w:val="BodyLast"/>{after}' if mark and self.document.signature else made

    def asks_reference(self) -> bool:
        return bool(self.paper.number)

    def reference(self) -> str:
        return self.write.slot(self.paper.number, self.org("agency-short", "（机关代字）") + "〔　　　　〕　　号")

    def date(self) -> str:
        return run("{paper-date}") if self.tags else run(DATE)

    def annexes(self) -> str:
        names = self.document.attachments
        if not names:
            return ""
        rows = [f"附件：{'1．' if len(names) > 1 else ''}{names[0]}", *(f"　　　{at}．{name}" for at, name in enumerate(names[1:], 2))]
        return paragraph("Gap") + "".join(paragraph("Annex", run(plain(row))) for row in rows)

    def signature(self, *, seal_hint: bool = False) -> str:
        sign = self.document.signature
        if sign is None:
            return ""
        out = [paragraph("Gap"), paragraph("Gap")] if not sign.signers else [paragraph("Gap")]
        out += [paragraph("Signer", run(f"{plain(signer(name))}：　　　　　　　")) for name in sign.signers]
        if sign.agency:
            out.append(paragraph("SignName", run(self.agency())))
        if sign.seal and seal_hint:
            out.append(paragraph("SignName", run("（印　章）")))
        if sign.date:
            out.append(paragraph("SignDate", self.date()))
        return "".join(out)

    def footers(self, *, first: str = "") -> tuple[dict[str, str], list[tuple[str, str]]]:
        """Page number between dashes: odd pages right, even pages left, one character in."""
        number = (run("— "), xml.field("PAGE"), run(" —"))
        parts = {"footer1": paragraph("PageOdd", *number), "footer2": paragraph("PageEven", *number)}
        kinds = [("footer/default", "footer1"), ("footer/even", "footer2")]
        if first:
            parts["footer3"] = first
            kinds.append(("footer/first", "footer3"))
        return parts, kinds

    def counted(self, *above: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
        """第1页 共3页, the same on all pages."""
        number = paragraph("PageMiddle", run("第 "), xml.field("PAGE"), run(" 页　共 "), xml.field("NUMPAGES"), run(" 页"))
        return {"footer1": "".join(above) + number, "footer2": "".join(above) + number}, [("footer/default", "footer1"), ("footer/even", "footer2")]

    # -- GB/T 9704

    def official(self) -> Made:
        layout = self.document.layout
        red = layout == "文件" or (self.asks_reference() and layout not in PUBLIC + PLAIN)
        out = []
        if red:
            out.append(paragraph("RedHead", run(self.agency() + "文件")))
            if layout in UPWARD:
                out.append(paragraph("RedReferenceUp", self.reference(), run("\t签发人："), run("{signer}" if self.tags else "　　　　", "RunIn")))
            else:
                out.append(paragraph("RedReference", self.reference()))
        out.append(self.write.title("TitleAfterLine" if red else "PaperTitle"))
        if not red and self.asks_reference():
            out.append(paragraph("Reference", self.reference()))
        out += [self.blocks(), self.annexes(), self.signature()]
        if red:
            out.append(self.imprint())
        parts, kinds = self.footers()
        return Made("".join(out), parts, xml.section(kinds), self.head_size(2))

    def head_size(self, more: int) -> int:
        """Half points, so that the issuer stands on one line of 156 mm."""
        name = self.org("agency", "（行政机关名称）")
        return min(100, 2 * 442 // (len(name) + more))

    def imprint(self) -> str:
        """版记 at the foot of the last page; a frame, as programs disagree on tables that float."""
        rows = []
        for block in self.paper.blocks:
            for line in block.lines:
                if line.role == "copy":
                    runs = self.write.runs(line)
                    if self.tags and block.when:
                        runs = [run(f"{{#{block.tag}}}"), *runs, run(f"{{/{block.tag}}}")]
                    rows.append(paragraph("Imprint", *runs, frame=xml.FOOT))
        office, issued = (run("{print-office}"), run("{print-date}")) if self.tags else (run("（印发机关）"), run(DATE))
        rows.append(paragraph("Imprint", office, run("\t"), issued, run("印发"), frame=xml.FOOT))
        return "".join(rows) + paragraph("Thin")

    def letter(self) -> Made:
        out = []
        if self.asks_reference():
            out.append(paragraph("ReferenceRight", self.reference()))
        out += [self.write.title("TitleAfterLine"), self.blocks(), self.annexes(), self.signature()]
        parts, kinds = self.footers(first=paragraph("LetterFoot"))
        parts["header1"] = paragraph("LetterHead", run(self.agency()))
        kinds = [("header/first", "header1"), *kinds]
        # Head line 30 mm from the edge of the page, foot line 20 mm.
        return Made("".join(out), parts, xml.section(kinds, first=True, header=1701, footer=1134), min(80, self.head_size(0)))

    def minutes(self) -> Made:
        number = run("第{issue-number}期") if self.tags else run("（第　　期）")
        out = [paragraph("MinutesHead", run(plain(self.paper.title))), paragraph("Reference", number),
               paragraph("MinutesLine", run(self.agency()), run("\t"), self.date()), self.blocks(), self.annexes()]
        sign = self.document.signature
        if sign and sign.signers:
            out += [paragraph("Gap"), *(paragraph("Body", run(f"{plain(name)}：　　　　")) for name in sign.signers)]
        parts, kinds = self.footers()
        return Made("".join(out) + self.imprint(), parts, xml.section(kinds), 80)

    # -- enforcement papers

    def order(self) -> Made:
        sign = self.document.signature
        out = [paragraph("Agency", run(self.agency()))] if sign is None or sign.agency else []
        out.append(self.write.title("FormTitle"))
        if self.asks_reference():
            out.append(paragraph("Reference", self.reference()))
        out += [self.blocks(), self.annexes(), self.signature(seal_hint=True)]
        if self.document.copies:
            out.append(paragraph("Copies", run(plain(f"（{self.document.copies}）"))))
        if self.document.slip:
            out.append(self.slip())
        parts, kinds = self.counted()
        return Made("".join(out), parts, xml.section(kinds))

    def slip(self) -> str:
        """The return slip: signed by whoever gets the paper, cut off, put on file."""
        number = (self.reference() if self.asks_reference() else run(""),)
        rows = (
            ("文书名称", (run(plain(self.paper.title)),)), ("文　　号", number), ("受送达人", ()), ("送达地点", ()),
            ("送达方式", (run("□直接　□留置　□邮寄　□委托　□公告　□电子　□其他"),)),
            ("收件人签名（盖章）", (run("　　　　　　　　　　　　　　年　　月　　日　　时　　分"),)),
            ("送达人签名（二人）", (run("　　　　　　　　　　　　　　年　　月　　日"),)), ("备　　注", ()),
        )
        made = [xml.row(xml.cell(2100, paragraph("SlipLabel", run(label))), xml.cell(WIDTH - 2100, paragraph("SlipText", *runs)), height=600) for label, runs in rows]
        cut = "— — — — — — — — — — — — 沿此线裁下存卷 — — — — — — — — — — — —"
        return paragraph("Cut", run(cut)) + paragraph("SlipTitle", run("送 达 回 执")) + xml.table("Frame", (2100, WIDTH - 2100), *made) + paragraph("Thin")

    def party(self) -> Made:
        out = [self.write.title("FormTitle")]
        if self.asks_reference():
            out.append(paragraph("Reference", self.reference()))
        out += [self.blocks(), self.annexes(), self.signature()]
        parts, kinds = self.counted()
        return Made("".join(out), parts, xml.section(kinds))

    def record(self) -> Made:
        """Ruled lines, and a place for everybody's signature on every page."""
        out = [self.write.title("FormTitle")]
        if self.asks_reference():
            out.append(paragraph("Reference", self.reference()))
        out.append(self.blocks())
        sign = self.document.signature
        if not self.tags:
            out += [paragraph("Question") for _ in range(6)]
        names = list(sign.signers) if sign and sign.signers else ["被询问人", "询问人", "记录人"]
        slots = "　".join(f"{plain(name)}：　　　　　" for name in names)
        parts, kinds = self.counted(paragraph("RecordFoot", run(f"{slots}　　　年　　月　　日")))
        return Made("".join(out), parts, xml.section(kinds, footer=1000))

    # -- forms

    def form(self) -> Made:
        turned = wide(self.paper)
        out = [self.write.title("FormTitle")]
        if self.asks_reference():
            out.append(paragraph("FormLine", run("编号："), self.reference()))
        out.append(self.blocks())
        sign = self.document.signature
        if sign and (sign.signers or sign.agency or sign.date):
            words = [f"{plain(name)}：　　　　　" for name in sign.signers]
            if sign.agency:
                words.insert(0, f"{self.agency()}{'（盖章）' if sign.seal else ''}　　")
            out.append(paragraph("FormLine", run("　".join(words)), *([run("　　"), self.date()] if sign.date else [])))
        parts, kinds = self.counted()
        return Made("".join(out), parts, xml.section(kinds, landscape=turned, tight=True, footer=600))

    def receipt(self) -> Made:
        made = self.form()
        made.body = paragraph("Agency", run(self.agency())) + made.body
        return made

    def list(self) -> Made:
        return self.form()

    def contract(self) -> Made:
        out = [self.write.title("FormTitle")]
        if self.asks_reference():
            out.append(paragraph("Reference", run("合同编号："), self.reference()))
        out += [self.blocks(), self.annexes(), paragraph("Gap")]
        sign = self.document.signature
        sides = list(sign.signers) if sign and sign.signers else ["甲方", "乙方"]
        if len(sides) == 1:
            sides.insert(0, "委托方" if "受托" in sides[0] else self.agency())
        width = WIDTH // len(sides)
        lines = ("{}（盖章）：", "代表人（签名）：", "　　　　年　　月　　日")
        rows = [xml.row(*(xml.cell(width, paragraph("Side", run(text.replace("{}", side)))) for side in sides), height=760) for text in lines]
        out.append(xml.table("Bare", [width] * len(sides), *rows))
        out.append(paragraph("Thin"))
        parts, kinds = self.footers()
        return Made("".join(out), parts, xml.section(kinds))


def signer(name: str) -> str:
    return name if "签名" in name or name.endswith("）") else f"{name}（签名）"


__all__ = ["CHARACTER", "FAMILIES", "FAMILY", "Layout", "Made"]

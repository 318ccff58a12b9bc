"""Every look of a paper as a named style (GB/T 9704-2012), and the fonts with what stands in for them.

方正小标宋简体, 仿宋_GB2312 and 楷体_GB2312 may not be handed out and are missing on many machines;
``altName`` tells Word and WPS which font to take instead.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from macros.papers.xml import CHARACTER, HEAD, LINE, SPACES

TITLE, FANG, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
LATIN = "Times New Roman"
FONTS = {
    TITLE: ("小标宋,方正小标宋_GBK,宋体,SimSun", "script"), FANG: ("仿宋,FangSong,方正仿宋_GBK,华文仿宋", "modern"),
    KAI: ("楷体,KaiTi,方正楷体_GBK,华文楷体", "modern"), HEI: ("SimHei,方正黑体_GBK", "modern"), SONG: ("SimSun,方正书宋_GBK", "auto"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; sizes in half points, distances in twentieths of a point."""

    id: str
    name: str
    font: str = ""
    size: int = 0
    based: str = "Base"
    align: str = ""
    line: int = 0  # exact; 0 as its base
    first: int = 0  # characters of indent
    left: int = 0
    right: int = 0
    hanging: int = 0
    before: int = 0
    after: int = 0
    keep: bool = False
    together: bool = False
    red: bool = False
    bold: bool = False
    spacing: int = 0
    level: int = 0
    top: str = ""
    bottom: str = ""
    tabs: str = ""
    between: str = ""
    loose: bool = False  # of no line grid

    def xml(self) -> str:
        borders = "".join(f"<w:{side} {value}/>" for side, value in (("top", self.top), ("bottom", self.bottom), ("between", self.between)) if value)
        size = self.size or 32
        indent = ""
        if self.first or self.left or self.right or self.hanging:
            indent = f'<w:ind w:left="{self.left}" w:right="{self.right}"'
            if self.first:
                indent += f' w:firstLineChars="{self.first * 100}" w:firstLine="{self.first * (CHARACTER if size == 32 else size * 10)}"'
            if self.hanging:
                indent += f' w:hanging="{self.hanging}"'
            indent += "/>"
        space = ""
        if self.line or self.before or self.after:
            space = f'<w:spacing w:before="{self.before}" w:after="{self.after}"'
            space += (f' w:line="{self.line}" w:lineRule="exact"/>' if self.line > 0 else f' w:line="{-self.line}" w:lineRule="atLeast"/>') if self.line else "/>"
        look = "".join((
            "<w:keepNext/>" if self.keep else "", "<w:keepLines/>" if self.together else "",
            f"<w:pBdr>{borders}</w:pBdr>" if borders else "", f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "", '<w:snapToGrid w:val="0"/>' if self.loose else "", space, indent,
            f'<w:jc w:val="{self.align}"/>' if self.align else "", f'<w:outlineLvl w:val="{self.level - 1}"/>' if self.level else "",
        ))
        letters = "".join((
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{self.font}" w:cs="{LATIN}"/>' if self.font else "",
            "<w:b/><w:bCs/>" if self.bold else "", '<w:color w:val="E60012"/>' if self.red else "",
            f'<w:spacing w:val="{self.spacing}"/>' if self.spacing else "",
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>' if self.size else "",
        ))
        return (f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{self.id}"><w:name w:val="{self.name}"/><w:basedOn w:val="{self.based}"/>'
                f"<w:qFormat/><w:pPr>{look}</w:pPr><w:rPr>{letters}</w:rPr></w:style>")


def _line(kind: str, size: int, colour: str = "000000", space: int = 1) -> str:
    return f'w:val="{kind}" w:sz="{size}" w:space="{space}" w:color="{colour}"'


RED = "E60012"
# -5: a quarter of a point closer, so that 28 characters of 16 pt fill 156 mm (a docGrid of characters is counted differently by every program).
CLOSE = -5
STYLES = (
    Style("Base", "公文基础", FANG, 32, "Normal", line=LINE),
    Style("Body", "公文正文", align="both", first=2, spacing=CLOSE),
    Style("BodyLast", "公文正文（末段）", based="Body", keep=True),  # a signature never stands alone on a page
    Style("Salute", "主送机关", align="both", spacing=CLOSE, keep=True),
    Style("PaperTitle", "公文标题", TITLE, 44, align="center", line=680, before=LINE, after=LINE, keep=True, level=0),
    Style("TitleAfterLine", "公文标题（红线下）", based="PaperTitle", before=2 * LINE, after=LINE),
    Style("Heading-1", "公文一级标题", HEI, 32, "Body", keep=True, level=1),
    Style("Heading-2", "公文二级标题", KAI, 32, "Body", keep=True, level=2),
    Style("Heading-3", "公文三级标题", FANG, 32, "Body", keep=True, level=3),
    Style("Heading-4", "公文四级标题", FANG, 32, "Body", keep=True, level=4),
    Style("RedHead", "发文机关标志", TITLE, 100, align="center", line=1200, before=1984 - 300, after=2 * LINE - 300, red=True),
    Style("RedReference", "发文字号", align="center", spacing=CLOSE, bottom=_line("single", 12, RED, 11)),
    Style("RedReferenceUp", "发文字号（上行文）", align="left", left=CHARACTER, right=CHARACTER, bottom=_line("single", 12, RED, 11),
          tabs='<w:tab w:val="right" w:pos="8500"/>'),
    Style("Reference", "文书文号", align="center", spacing=CLOSE, after=LINE),
    Style("ReferenceRight", "函的文号", align="right", spacing=CLOSE, before=280),
    Style("LetterHead", "信函发文机关标志", TITLE, 80, align="center", line=900, left=-454, right=-340, red=True, bottom=_line("thickThinMediumGap", 24, RED, 11)),
    Style("LetterFoot", "信函末线", SONG, 28, line=240, left=-454, right=-340, top=_line("thinThickMediumGap", 24, RED, 1)),
    Style("MinutesHead", "纪要标志", TITLE, 80, align="center", line=1100, before=1000, after=LINE, red=True),
    Style("MinutesLine", "纪要编号行", align="left", left=CHARACTER, right=CHARACTER, bottom=_line("single", 12, RED, 8),
          tabs='<w:tab w:val="right" w:pos="8500"/>', after=LINE),
    Style("Annex", "附件说明", align="both", spacing=CLOSE, keep=True, left=6 * CHARACTER, hanging=4 * CHARACTER),
    # Name and date are centred on the same axis, 20 characters in: a date of 8 then ends 4 characters from the right.
    Style("SignName", "发文机关署名", align="center", left=12 * CHARACTER, keep=True, spacing=CLOSE),
    Style("SignDate", "成文日期", align="center", left=12 * CHARACTER, together=True, spacing=CLOSE),
    Style("Signer", "签名栏", align="left", left=12 * CHARACTER, keep=True, spacing=CLOSE),
    Style("Side", "合同签署", align="left", keep=True),
    Style("Gap", "空行", spacing=CLOSE, keep=True),
    Style("Agency", "文书机关名称", TITLE, 44, align="center", line=680, keep=True),
    Style("FormTitle", "文书标题", TITLE, 44, align="center", line=680, after=200, keep=True, level=0),
    Style("FormLine", "表外说明", FANG, 28, line=480, align="left", spacing=CLOSE),
    Style("CellLabel", "表格栏目", SONG, 24, line=-400, align="center", loose=True),
    Style("CellText", "表格内容", FANG, 24, line=-400, align="left", loose=True),
    Style("CellNumber", "表格数字", FANG, 24, line=-400, align="right", loose=True),
    Style("CellSign", "表格签名", FANG, 24, line=-400, align="right", right=120, loose=True),
    Style("Thin", "表间", size=2, line=20, loose=True),
    Style("Question", "笔录问答", FANG, 30, line=620, align="both", bottom=_line("single", 4, "7F7F7F"), between=_line("single", 4, "7F7F7F")),
    Style("SlipTitle", "回执标题", TITLE, 32, align="center", line=LINE, keep=True),
    Style("SlipLabel", "回执栏目", based="CellLabel", keep=True),
    Style("SlipText", "回执内容", based="CellText", keep=True),
    Style("Cut", "裁切线", SONG, 21, line=480, align="center", before=240, keep=True),
    Style("Copies", "文书份数", FANG, 28, line=480, align="left", before=240, top=_line("single", 6)),
    # 版记: thick first and last line (0.35 mm), thin between (0.25 mm).
    Style("Imprint", "版记", FANG, 28, line=520, align="left", left=280, right=280, tabs='<w:tab w:val="right" w:pos="8500"/>',
          top=_line("single", 8), bottom=_line("single", 8), between=_line("single", 6)),
    Style("PageOdd", "页码（单页）", SONG, 28, line=360, align="right", right=280),
    Style("PageEven", "页码（双页）", SONG, 28, line=360, align="left", left=280),
    Style("PageMiddle", "页码（居中）", SONG, 24, line=360, align="center"),
    Style("RecordFoot", "笔录页脚签名", FANG, 24, line=480, align="left"),
    Style("Choose", "选用提示", HEI, 24, line=480, align="left", keep=True),
)

_CHARACTERS = (
    ("RunIn", "段首标题", f'<w:rFonts w:eastAsia="{KAI}"/>'),
    ("Blank", "待填", ""),
    ("BlankLine", "待填（下划线）", '<w:u w:val="single"/>'),
    ("Mark", "选用标记", f'<w:rFonts w:eastAsia="{HEI}"/><w:shd w:val="clear" w:color="auto" w:fill="D9D9D9"/>'),
)
_TABLE = (
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
    '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def _table(name: str, title: str, borders: dict[str, int]) -> str:
    lines = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>' for side, size in borders.items())
    return (f'<w:style w:type="table" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/><w:basedOn w:val="TableNormal"/>'
            f"<w:tblPr><w:tblBorders>{lines}</w:tblBorders></w:tblPr></w:style>")


@functools.cache
def styles(head: int = 100) -> str:
    """styles.xml; ``head`` is the size of the red head, smaller for a long name."""
    normal = (f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FANG}" w:cs="{LATIN}"/>', '<w:sz w:val="32"/><w:szCs w:val="32"/>')
    shown = [style for style in STYLES if style.id not in ("RedHead", "LetterHead")]
    heads = [Style(**{name: getattr(style, name) for name in Style.__slots__} | {"size": min(head, style.size)})
             for style in STYLES if style.id in ("RedHead", "LetterHead")]
    characters = "".join(
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{name}"><w:name w:val="{title}"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
        for name, title, look in _CHARACTERS)
    frame = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
    return (
        f'{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>{"".join(normal)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr><w:rPr>{"".join(normal)}</w:rPr></w:style>'
        f'{"".join(style.xml() for style in (*shown, *heads))}{characters}{_TABLE}{_table("Frame", "表格框线", frame)}'
        f'{_table("Bare", "无框线", {})}</w:styles>')


@functools.cache
def fonts() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, (other, family) in FONTS.items())
    return f"{HEAD}<w:fonts {SPACES}>{rows}</w:fonts>"

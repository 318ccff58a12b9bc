"""WordprocessingML in the smallest pieces, and the zip that holds it, byte for byte the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# 22 lines of 28 characters: exact line pitch in twentieths of a point, and the width between the margins.
LINE, WIDTH, CHARACTER = 579, 8844, 316
MARGINS = {"top": 2098, "right": 1474, "bottom": 1984, "left": 1588}


def text(value: str) -> str:
    """Text as it may stand in XML: escaped, without control characters."""
    return escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", value))


def run(value: str, style: str = "") -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    parts = [f'<w:t xml:space="preserve">{text(part)}</w:t>' if part else "" for part in value.split("\t")]
    return f"<w:r>{look}{'<w:tab/>'.join(parts)}</w:r>"


def field(code: str) -> str:
    """PAGE, NUMPAGES."""
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f'{kinds[0]}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{kinds[1]}<w:r><w:t>1</w:t></w:r>{kinds[2]}'


# The foot of the last page (版记). In the paragraph, not in its style: LibreOffice reads it only there.
FOOT = f'<w:framePr w:w="{WIDTH}" w:wrap="notBeside" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center" w:yAlign="bottom"/>'


def paragraph(style: str, *runs: str, frame: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{frame}</w:pPr>{"".join(runs)}</w:p>'


def cell(width: int, *paragraphs: str, span: int = 1, align: str = "center") -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}<w:vAlign w:val="{align}"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def row(*cells: str, height: int = 0, head: bool = False) -> str:
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    repeat = "<w:tblHeader/>" if head else ""
    return f'<w:tr><w:trPr><w:cantSplit/>{tall}{repeat}</w:trPr>{"".join(cells)}</w:tr>'


def table(style: str, widths: Iterable[int], *rows: str, place: str = "") -> str:
    columns = tuple(widths)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    return (f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>{place}<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>')


def section(parts: Iterable[tuple[str, str]], *, landscape: bool = False, first: bool = False, tight: bool = False, header: int = 851, footer: int = 1400) -> str:
    """Page set-up; ``parts`` are (kind/type, relation id) of headers and footers."""
    wide, high = (16838, 11906) if landscape else (11906, 16838)
    # A page turned on its side is bound at what was its head.
    edge = {"top": 1588, "right": 1984, "bottom": 1474, "left": 2098} if landscape else MARGINS
    if tight:  # forms, which had better stay on one page
        edge = edge | {"top": 1418, "bottom": 1134}
    margins = " ".join(f'w:{name}="{value}"' for name, value in edge.items())
    references = "".join(
        f'<w:{kind.split("/")[0]}Reference w:type="{kind.split("/")[1]}" r:id="{name}"/>' for kind, name in parts)
    return (f'<w:sectPr>{references}<w:pgSz w:w="{wide}" w:h="{high}"{" w:orient=" + chr(34) + "landscape" + chr(34) if landscape else ""}/>'
            f'<w:pgMar {margins} w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
            f'{"<w:titlePg/>" if first else ""}<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>')


_SETTINGS = f"""{HEAD}<w:settings {SPACES}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>\
<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val="{LINE // 2}"/>\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>\
<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>\
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>\
<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>"""

_KINDS = {
    "document": "document.main", "styles": "styles", "settings": "settings", "fontTable": "fontTable", "header": "header", "footer": "footer",
}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def package(body: str, parts: Mapping[str, str], styles: str, fonts: str, title: str, day: date) -> bytes:
    """The .docx. ``parts`` maps ``header1``, ``footer2`` … to their content; their relation ids are the same names."""
    names = ["document", "styles", "settings", "fontTable", *parts]
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'wordprocessingml.{_KINDS[name.rstrip("0123456789")]}+xml"/>' for name in names)
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_OFFICE}{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in names[1:])
    stamp = f"{day.isoformat()}T00:00:00Z"
    core = (f'<cp:coreProperties xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{text(title)}</dc:title>'
            f'<dc:language>zh-CN</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
            f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>')
    files = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}<Override PartName="/docProps/core.xml" '
            'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}relationships"><Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/>'
            f'<Relationship Id="rId2" Type="{_PACKAGE}relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>'),
        "docProps/core.xml": core,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": styles,
        "word/settings.xml": _SETTINGS,
        "word/fontTable.xml": fonts,
    }
    for name, content in parts.items():
        tag = {"header": "hdr", "footer": "ftr"}[name.rstrip("0123456789")]
        files[f"word/{name}.xml"] = f"<w:{tag} {SPACES}>{content}</w:{tag}>"
    return zipped({name: (content if content.startswith("<?xml") else HEAD + content).encode() for name, content in files.items()}, day)


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip with fixed order, times and attributes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o644 << 16, 3
            archive.writestr(entry, content)
    return out.getvalue()

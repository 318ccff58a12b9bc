"""A file that a user has → its plain text, with what could not be read from it.

.docx, .txt and .md; nothing is dropped without a word: footnotes, text boxes, tracked changes and
automatic numbering, which plain reading doesn't see, are named.
"""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import BadZipFile

SUFFIXES = (".docx", ".txt", ".md")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNREAD = {"footnoteReference": "脚注", "endnoteReference": "尾注", "txbxContent": "文本框", "ins": "修订痕迹（插入的文字）", "altChunk": "嵌入的文档"}


class Unreadable(Exception):
    """Why a file cannot be read at all."""


def read(path: Path) -> tuple[str, list[str]]:
    """(text, what was not read)."""
    if path.suffix.lower() not in SUFFIXES:
        how = "用 WPS 或 Word 另存为 .docx" if path.suffix.lower() in (".doc", ".wps", ".pdf", ".ofd", ".rtf") else "只收 .docx、.txt、.md"
        raise Unreadable(f"不收 {path.suffix or '没有扩展名的'} 文件，{how}")
    try:
        text, notes = _docx(path) if path.suffix.lower() == ".docx" else (_plain(path.read_bytes()), [])
    except OSError:
        raise Unreadable("文件打不开") from None
    if not text.strip():
        raise Unreadable("文件里没有文字" + ("；可能是扫描图片" if path.suffix.lower() == ".docx" else ""))
    return text, notes


def _plain(content: bytes) -> str:
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("文字编码认不出来，另存为 UTF-8")


def _docx(path: Path) -> tuple[str, list[str]]:
    from docx import Document  # takes a while to import
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import LxmlError

    try:
        document = Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError, LxmlError):
        raise Unreadable("不是完好的 .docx 文件") from None
    rows: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            rows += ["\t".join(re.sub(r"\s+", " ", cell.text) for cell in _once(row.cells)) for row in block.rows]
        else:
            rows += block.text.splitlines() or [""]
    notes = [f"{what} {count} 处没有读" for tag, what in _UNREAD.items() if (count := sum(1 for _ in document.element.body.iter(_W + tag)))]
    numbered = sum(1 for properties in document.element.body.iter(_W + "numPr"))
    if numbered:
        notes.append(f"{numbered} 段用了自动编号，号码没有读到；先在 WPS 里转为文本")
    return "\n".join(rows), notes


def _once(cells: object) -> list:
    """The cells of a row; a merged one is handed out several times, and counts once."""
    return list({id(cell._tc): cell for cell in cells}.values())  # type: ignore[attr-defined]

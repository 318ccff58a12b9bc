"""All papers of a procedure in file order, with the evidence to be kept: what the browser packs into one zip."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from macros.catalog import Catalog
from macros.models import Key
from macros.models.paper import Document
from macros.models.procedure import Procedure
from macros.papers import styles, xml
from macros.papers.xml import WIDTH, paragraph, run


def bundles(catalog: Catalog) -> Iterator[tuple[str, bytes]]:
    """The files of all procedures, and the template of 卷内目录, by their place in the site."""
    index = json.dumps(base64.b64encode(_index(catalog)).decode())
    yield "assets/fadu/data/bundles/index.js", f"window.faduIndex={index};\n".encode()
    for key in catalog.keys("procedures"):
        if len(papers_of(catalog, key)) > 1:
            yield f"assets/fadu/data/bundles/of-{key.id}.js", bundle(catalog, key)


def bundle(catalog: Catalog, key: Key) -> bytes:
    """What the browser packs for one procedure."""
    papers: dict[Key, str] = {}
    evidence: list[dict[str, str]] = []
    _gather(catalog, key, papers, evidence, set())
    found = {
        "title": str(catalog[key].title), "evidence": evidence,
        "papers": [{"id": one.id, "title": str(catalog[one].title), "step": step} for one, step in papers.items()],
    }
    text = json.dumps(found, ensure_ascii=True, separators=(",", ":"))
    return f"(window.faduBundles=window.faduBundles||{{}})[{json.dumps(key.id)}]={text};\n".encode()


def papers_of(catalog: Catalog, key: Key) -> list[Key]:
    """Papers that can be filled, in the order of the steps; those of procedures taken in whole stand at their place."""
    papers: dict[Key, str] = {}
    _gather(catalog, key, papers, [], set())
    return list(papers)


def _gather(catalog: Catalog, key: Key, papers: dict[Key, str], evidence: list[dict[str, str]], seen: set[Key]) -> None:
    procedure = catalog[key]
    assert isinstance(procedure, Procedure)
    if key in seen:
        return
    seen.add(key)
    for step in procedure.steps:
        for pointer in step.documents:
            document = catalog[pointer.key]
            if isinstance(document, Document) and document.depth == "full":
                papers.setdefault(pointer.key, str(step.title))
        evidence += [{"tick": f"{key}#{step.id}.evidence-{at}", "text": str(text), "step": str(step.title)} for at, text in enumerate(step.evidence, 1)]
        if step.runs:
            _gather(catalog, step.runs.key, papers, evidence, seen)


def _index(catalog: Catalog) -> bytes:
    """卷内目录 as a template."""
    columns = (("序号", "{no}", 700), ("文件名称", "{name}", 3900), ("文号", "{number}", 1700), ("日期", "{day}", 1200), ("页次", "", 600), ("备注", "{note}", 744))
    widths = [width for *_, width in columns]
    runs = [[run(tag)] if tag else [] for _, tag, _ in columns]
    runs[0].insert(0, run("{#rows}"))
    runs[-1].append(run("{/rows}"))
    rows = (
        xml.row(*(xml.cell(width, paragraph("CellLabel", run(title))) for title, _, width in columns), height=620, head=True),
        xml.row(*(xml.cell(width, paragraph("CellText", *one)) for one, width in zip(runs, widths, strict=True)), height=560),
    )
    body = (paragraph("FormTitle", run("卷内目录")) + paragraph("FormLine", run("案卷：{matter}　　程序：{procedure}"))
            + xml.table("Frame", widths, *rows) + paragraph("Thin") + paragraph("FormLine", run("立卷人：　　　　　　检查人：　　　　　　立卷日期：{today}")))
    number = paragraph("PageMiddle", run("第 "), xml.field("PAGE"), run(" 页"))
    assert sum(widths) == WIDTH
    return xml.package(body + xml.section([("footer/default", "footer1"), ("footer/even", "footer1")]), {"footer1": number},
                       styles.styles(), styles.fonts(), "卷内目录", catalog.as_of)

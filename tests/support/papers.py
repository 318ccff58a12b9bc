"""A small world with one paper of every layout, and a page that fills one without building a site."""

from __future__ import annotations

from pathlib import Path

import yaml

from macros import catalog, loader, papers
from macros.catalog import Catalog
from macros.models import Key
from macros.papers import FAMILY
from macros.render import Views

ROOT = Path(__file__).resolve().parents[2]
LONG = "法" * 28 * 60
LAYOUTS = {layout: f"layout-{at:02d}" for at, layout in enumerate(FAMILY)}
FIELDS: dict[str, dict[str, object]] = {
    "reference-number": {"title": "文号", "type": "text"},
    "agency-name": {"title": "本机关名称", "type": "text", "org": "agency"},
    "party-name": {"title": "当事人姓名（名称）", "type": "text", "rule": "与证件一致", "help": "逐字核对", "example": "张某", "privacy": "personal"},
    "facts": {"title": "事实", "type": "longtext"},
    "told-date": {"title": "告知日期", "type": "date"},
    "secret-kind": {"title": "不公开的原因", "type": "choice", "options": ["国家秘密", "商业秘密", "个人隐私"]},
    "fine-amount": {"title": "罚款金额（元）", "type": "money"},
    "extra": {"title": "只在第二种情形用", "type": "text"},
    "items": {"title": "清单", "type": "table", "columns": [{"id": "name", "title": "名称", "width": 20}, {"id": "count", "title": "件数", "type": "number", "width": 6},
                                                      {"id": "day", "title": "日期", "type": "date", "required": False}]},
}
CLAUSES: list[dict[str, object]] = [
    {"text": "$reference-number"},
    {"text": "$party-name："},
    {"text": "你（单位）就本案要求听证，根据$cite(行政处罚法:63.1)的规定，本机关于$told-date告知。", "note": "这是起草提示"},
    {"heading": "一、事实"},
    {"text": "经查：$facts"},
    {"text": "（一）处理。罚款$fine-amount元（写作：$$和{花括号}）。", "cites": ["行政处罚法:9"]},
    {"alternatives": [{"when": {"fact": "secret"}, "text": "因涉及$secret-kind，不公开举行。", "note": "只有三种"}, {"when": "其他", "text": "公开举行。$extra"}]},
    {"text": "本段只在有财物时写。", "when": "有财物"},
    {"table": "items"},
    {"rows": [{"title": "姓名", "text": "$party-name"}, {"title": "罚款", "text": "$fine-amount"}, {"title": "事实", "text": "$facts", "lines": 3},
              {"title": "审批意见", "lines": 2, "sign": True}]},
    {"text": "抄送：$party-name。"},
]


def document(layout: str, **more: object) -> dict[str, object]:
    return {"title": f"测试用的{layout}", "layout": layout, "purpose": "测试", "issuer": "agency", "facts": {"secret": "涉及秘密"},
            "fields": [*(name for name in FIELDS if name not in ("extra", "agency-name")), {"id": "extra", "required": False}], "clauses": CLAUSES,
            "signature": {"agency": True, "date": True, "seal": True}, "attachments": ["第一件", "第二件"], **more}


def write(root: Path) -> Path:
    """The files of the small world."""
    documents = {name: document(layout, slip=layout.endswith("书")) for layout, name in LAYOUTS.items()}
    documents["long-notice"] = document("通知", title="二十八字二十二行", fields=[], clauses=[{"text": LONG}], signature=None, attachments=[])
    files: dict[str, object] = {
        "site": {"title": "小站", "version": "0.0.1", "as_of": "2026-11-21"},
        "org": {"names": {"agency": {"title": "行政机关名称", "value": "（行政机关名称）"}, "agency-short": {"title": "代字", "value": "（机关代字）"}}},
        "roles/agency": {"title": "行政机关", "level": "部门"},
        "systems/administration": {"title": "依法行政工作体系", "short": "依法行政", "order": 3, "prefix": "ZF", "summary": "测试", "scope": ["测试"]},
        "procedures/administration/whole": {
            "title": "整套程序", "depth": "full", "level": ["县级部门"], "steps": [
                {"id": "first", "title": "告知", "actor": "agency", "does": "告知", "documents": [LAYOUTS["通知书"]], "evidence": ["现场照片", "执法录像"], "next": [{"to": "second"}]},
                {"id": "second", "title": "决定", "actor": "agency", "does": "决定", "documents": [LAYOUTS["决定书"], LAYOUTS["回证"]], "runs": "part"}]},
        "procedures/administration/part": {
            "title": "送达", "depth": "full", "level": ["县级部门"], "steps": [
                {"id": "serve", "title": "送达", "actor": "agency", "does": "送达", "documents": [LAYOUTS["回证"], LAYOUTS["公告"]], "evidence": ["签收记录"]}]},
        **{f"fields/{name}": content for name, content in FIELDS.items()},
        **{f"documents/administration/{name}": content for name, content in documents.items()},
    }
    for name, content in files.items():
        path = root / "data" / f"{name}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    laws = root / "data/laws"
    laws.mkdir(exist_ok=True)
    (laws / "administrative-penalty.yml").write_bytes((ROOT / "data/laws/administrative-penalty.yml").read_bytes())
    return root


def world(root: Path) -> Catalog:
    reading = loader.read(write(root) / "data")
    assert not reading.problems, reading.problems
    found, problems = catalog.build(reading, {})
    assert not problems, problems
    return found


def page(found: Catalog, key: Key, folder: Path, body: str | None = None) -> Path:
    """The page of one document as it stands in the archive, with the scripts it needs."""
    html = body if body is not None else str(Views(found)["document"](key.id))
    assets = folder / "assets/fadu"
    for name in ("js", "css"):
        (assets / name).mkdir(parents=True, exist_ok=True)
        for file in (ROOT / "macros/assets" / name).iterdir():
            (assets / name / file.name).write_bytes(file.read_bytes())
    vendor = {"docxtemplater.js": "docxtemplater/build/docxtemplater.min.js", "pizzip.js": "pizzip/dist/pizzip.min.js",
              "read-excel-file.js": "read-excel-file/bundle/read-excel-file.min.js"}
    (assets / "vendor").mkdir(exist_ok=True)
    for name, source in vendor.items():
        (assets / "vendor" / name).write_bytes((ROOT / "node_modules" / source).read_bytes())
    if key.kind == "documents":
        (assets / "data/papers").mkdir(parents=True, exist_ok=True)
        (assets / "data/bundles").mkdir(exist_ok=True)
        for name, content in papers.bundles(found):
            (folder / name).write_bytes(content)
        for procedure in found.keys("procedures"):
            for one in papers.papers_of(found, procedure):
                (assets / f"data/papers/{one.id}.js").write_bytes(papers.script(found, one))
        (assets / f"data/papers/{key.id}.js").write_bytes(papers.script(found, key))
    (folder / key.kind).mkdir(exist_ok=True)
    made = folder / key.kind / f"{key.id}.html"
    scripts = "".join(f'<script src="../assets/fadu/js/{name}.js"></script>' for name in ("core", "matter", "matterbox"))
    made.write_text(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>t</title><link rel="stylesheet" href="../assets/fadu/css/fadu.css"><body>'
        f'<div class="fadu-page" data-key="{key}"><article class="md-typeset">{html.replace("@@/", "../")}</article></div>{scripts}</body></html>', "utf-8")
    return made

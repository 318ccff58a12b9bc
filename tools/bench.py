"""``make bench``: speed of the HTML build against a plain mkdocs + material site of the same text.

Writes corpora of 1,000 and 4,000 entities shaped like ours (15 % full procedures of 12 steps, 25 % outlines,
30 % documents, 30 % small things) from our own data, and from the same rendered text a site with
``navigation.prune`` and Chinese search as the yardstick. CPU seconds and peak memory are those of the whole process.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
SHELVES = ("decision", "publicity", "administration", "oversight", "organization")
PREFIX = dict(zip(SHELVES, ("JC", "XC", "ZF", "JD", "TC"), strict=True))


def texts() -> list[str]:
    """Sentences of our own data, so that the corpus has real words."""
    found = []
    for path in sorted((ROOT / "data" / "procedures").rglob("*.yml")):
        found += re.findall(r"(?:does|text): ([^\"{}$《》\[\]#:]{12,80})$", path.read_text("utf-8"), re.M)
    return found


def corpus(root: Path, count: int) -> None:
    """A project of ``count`` entities besides the frame (laws, roles, shelves)."""
    pick = random.Random(count)
    pool = texts()

    def say() -> str:
        return "可以" + pick.choice(pool).replace("应当", "可").replace("必须", "可").replace("不得", "不宜").replace("须", "可")

    def cite() -> list[str]:
        return [f"行政处罚法:{pick.randint(1, 86)}"]

    def write(kind: str, shelf: str, name: str, value: dict) -> None:
        file = root / "data" / kind / shelf / f"{name}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")

    for name in ("laws", "roles", "systems"):
        shutil.copytree(ROOT / "data" / name, root / "data" / name)
    for name in ("site.yml", "org.yml"):
        (root / "data" / name).write_text(re.sub(r"\n(tasks|featured):.*", "\n", (ROOT / "data" / name).read_text("utf-8"), flags=re.S), "utf-8")
    for name in ("macros", "node_modules"):
        (root / name).symlink_to(ROOT / name)
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    config["nav"] = [{"首页": "index.md"}, *({PREFIX[shelf]: f"{shelf}.md"} for shelf in SHELVES)]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    (root / "docs").mkdir(exist_ok=True)
    write("fields", "", "party-name", {"title": "当事人", "type": "text"})
    papers = [f"paper-{at}" for at in range(count * 30 // 100)]
    for at in range(count * 15 // 100):
        steps = []
        for step in range(12):
            forward = [{"to": f"s{step + 1}"}] if step < 11 else []
            if step % 4 == 2 and step < 10:
                forward = [{"to": f"s{step + 1}", "when": "符合条件"}, {"to": f"s{step + 2}", "when": "不符合条件"}]
            if step % 5 == 4:
                forward.append({"to": f"s{step - 2}", "when": "材料不齐", "back": True})
            steps.append({
                "id": f"s{step}", "title": f"第{step}步工作", "actor": pick.choice(("case-handler", "legal-section", "agency-head")), "does": say(), "cites": cite(),
                "deadlines": [{"id": "term", "text": "办结", "n": 5, "unit": "workday", "after": "start", "bearer": "agency", "cites": cite()}] if step % 3 == 0 else [],
                "documents": [pick.choice(papers)], "evidence": [say(), say()],
                "checks": [{"id": f"c{row}", "text": say(), "cites": cite()} for row in range(3)], "next": forward,
            })
        write("procedures", pick.choice(SHELVES), f"full-{at}", {
            "title": f"程序{at}号", "depth": "full", "level": ["县级部门"], "applies": say(), "starts_when": say(),
            "result": say(), "events": {"start": "开始"}, "steps": steps,
        })
    for at in range(count * 25 // 100):
        write("checklists", pick.choice(SHELVES), f"outline-{at}", {
            "title": f"清单{at}号", "use": "read-do", "when": say(),
            "sections": [{"title": f"停顿点{part}", "items": [{"id": f"i{part}-{row}", "text": say(), "cites": cite()} for row in range(7)]} for part in range(2)],
        })
    for name in papers:
        write("documents", pick.choice(SHELVES), name, {
            "title": f"文书{name[6:]}号", "layout": "通知书", "purpose": say(), "issuer": "case-handler", "fields": ["party-name"],
            "clauses": [{"text": f"$party-name：{say()}"}, *({"text": say(), "note": say(), "cites": cite()} for _ in range(6))], "signature": {},
        })
    for at in range(count - count * 15 // 100 - count * 25 // 100 - len(papers)):
        write("failures", pick.choice(SHELVES), f"small-{at}", {
            "title": f"问题{at}号", "symptom": say(), "cause": [say()], "consequence": say(), "measures": [say(), say()],
            "prevented_by": [f"procedures/full-{pick.randrange(count * 15 // 100)}#s1.c0"], "cites": cite(),
        })
    _number(root)


def _number(root: Path) -> None:
    """Codes: unique per shelf, as ``fadu check`` wants them."""
    letters = {"procedures": "", "checklists": "Q", "documents": "W", "failures": "S"}
    for kind, letter in letters.items():
        for shelf in SHELVES:
            for at, file in enumerate(sorted((root / "data" / kind / shelf).glob("*.yml"))):
                text = re.sub(r"^code: .*\n", "", file.read_text("utf-8"), flags=re.M)
                file.write_text(f"code: {PREFIX[shelf]}-{letter}{at:02d}\n{text}", "utf-8")


def yardstick(root: Path, ours: Path) -> None:
    """The same text as plain pages, a folder per kind, with the theme's navigation and search."""
    docs = root / "docs"
    docs.mkdir(parents=True)
    for page in ours.rglob("*.html"):
        found = re.search(r'<article[^>]*>(.*?)</article>', page.read_text("utf-8"), re.S)
        if not found or page.name == "404.html":
            continue
        body = re.sub(r"<svg.*?</svg>|<script.*?</script>|<button.*?</button>", "", found[1], flags=re.S)
        body = re.sub(r"<h([1-4])[^>]*>(.*?)</h\1>", lambda one: f"\n\n{'#' * int(one[1])} {re.sub('<[^>]+>', '', one[2]).strip()}\n\n", body, flags=re.S)
        body = re.sub(r"<tr[^>]*>(.*?)</tr>|<li[^>]*>|<dt[^>]*>", lambda one: "\n- " + (one[1] or ""), body, flags=re.S)
        body = re.sub(r"\n\s*\n+", "\n\n", re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", " ", body)))
        target = docs / page.relative_to(ours).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body.replace("{", "&#123;"), "utf-8")
    (root / "mkdocs.yml").write_text(yaml.safe_dump({
        "site_name": "yardstick", "use_directory_urls": False, "plugins": [{"search": {"lang": "zh"}}],
        "theme": {"name": "material", "language": "zh", "font": False, "features": ["navigation.tabs", "navigation.prune"]},
    }, allow_unicode=True), "utf-8")


def measured(root: Path, *command: str, **extra: str) -> dict[str, float]:
    """CPU seconds, wall seconds and peak MiB of one command."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "FADU_DOWNLOADS": "no", **extra}
    script = "\n".join((
        "import resource, runpy, sys",
        "sys.argv = sys.argv[1:]",
        "code = 0",
        "try: runpy.run_module(sys.argv[0], run_name='__main__', alter_sys=True)",
        "except SystemExit as end: code = end.code",
        "print('peak', resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)",
        "sys.exit(code)",
    ))
    done = subprocess.run([sys.executable, "-c", script, *command], cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak = int(re.findall(r"^peak (\d+)$", done.stderr, re.M)[-1]) / 1024
    return {"cpu": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 2), "wall": round(time.monotonic() - started, 2), "mib": round(peak)}


def run(count: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        ours, plain = Path(folder) / "ours", Path(folder) / "plain"
        ours.mkdir()
        corpus(ours, count)
        result: dict[str, object] = {"entities": count}
        result["check cold"] = measured(ours, "macros.cli", "check")
        result["check cached"] = measured(ours, "macros.cli", "check")
        shutil.rmtree(ours / ".cache")
        result["build cold"] = cold = measured(ours, "mkdocs", "build", "-d", "site")
        touched = next((ours / "data" / "procedures").rglob("full-1.yml"))
        touched.write_text(touched.read_text("utf-8").replace("程序1号", "程序1号（改）"), "utf-8")
        result["build, one file changed"] = warm = measured(ours, "mkdocs", "build", "-d", "site")
        yardstick(plain, ours / "site")
        result["yardstick"] = base = measured(plain, "mkdocs", "build", "-d", "site")
        result["pages"] = sum(1 for _ in (ours / "site").rglob("*.html"))
        result["ratios"] = {"cold / yardstick": round(cold["cpu"] / base["cpu"], 3), "changed / cold": round(warm["cpu"] / cold["cpu"], 3),
                            "memory / yardstick": round(cold["mib"] / base["mib"], 3)}
        return result


def main(*sizes: str) -> None:
    results = [run(int(size)) for size in sizes or ("1000", "4000")]
    if len(results) > 1:
        results[-1]["growth"] = round(results[-1]["build cold"]["cpu"] / results[0]["build cold"]["cpu"], 2)
    print(json.dumps(results, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])

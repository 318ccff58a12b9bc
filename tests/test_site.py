"""The real site as built: ``catalog.json`` keeps its contract, nothing leaves the machine, builds repeat to the byte."""

from __future__ import annotations

import filecmp
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import jsonschema
import pytest

from macros import bundle, linkcheck

ROOT = Path(__file__).resolve().parents[1]
TEXT, TEXTS = {"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}}
OPTIONAL = {"type": ["string", "null"]}
SCHEMA = {
    "type": "object", "required": ["schema", "version", "as_of", "entities"], "additionalProperties": False,
    "properties": {
        "schema": {"const": 1}, "version": TEXT, "as_of": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "entities": {"type": "array", "items": {
            "type": "object", "additionalProperties": False,
            "required": ["key", "kind", "id", "code", "title", "aliases", "shelf", "also", "depth", "url", "source", "cites", "uses", "files"],
            "properties": {
                "key": TEXT, "kind": TEXT, "id": TEXT, "code": OPTIONAL, "title": TEXT, "aliases": TEXTS, "shelf": OPTIONAL, "also": TEXTS,
                "authority": TEXT, "depth": OPTIONAL, "url": TEXT, "source": TEXT, "files": TEXTS, "short": TEXT, "status": TEXT, "reviewed": TEXT,
                "cites": {"type": "array", "items": {
                    "type": "object", "required": ["to", "law", "from", "url"], "additionalProperties": False,
                    "properties": {"to": TEXT, "law": TEXT, "from": {"type": "string"}, "url": TEXT, "historical": TEXT, "future": TEXT}}},
                "uses": {"type": "array", "items": {
                    "type": "object", "required": ["to", "as"], "additionalProperties": False, "properties": {"to": TEXT, "as": TEXT}}},
                "counts": {"type": "object", "required": ["steps", "gates", "checks", "deadlines", "back"],
                           "additionalProperties": {"type": "integer", "minimum": 0}},
            },
        }},
    },
}


@pytest.fixture(scope="module")
def described(site_dir: Path) -> dict:
    return json.loads((site_dir / "catalog.json").read_text("utf-8"))


def test_catalog_follows_its_schema(described: dict) -> None:
    jsonschema.validate(described, SCHEMA)


def test_every_file_of_data_is_in_the_catalog(described: dict) -> None:
    sources = {entity["source"] for entity in described["entities"]}
    data = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yml")} - {"data/site.yml", "data/org.yml"}
    docs = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert sources == data | docs


def test_every_address_of_the_catalog_exists(described: dict, site_dir: Path) -> None:
    ids: dict[str, set[str]] = {}

    def exists(url: str) -> bool:
        page, _, anchor = url.partition("#")
        if page not in ids:
            file = site_dir / page
            ids[page] = set(re.findall(r'\sid="([^"]+)"', file.read_text("utf-8"))) if file.is_file() else {"\0"}
        return "\0" not in ids[page] and (not anchor or anchor in ids[page])

    wrong = [entity["url"] for entity in described["entities"] if not exists(entity["url"])]
    wrong += [cite["url"] for entity in described["entities"] for cite in entity["cites"] if not exists(cite["url"])]
    wrong += [file for entity in described["entities"] for file in entity["files"] if not (site_dir / file).is_file()]
    assert wrong == []


def test_no_link_is_broken(site_dir: Path) -> None:
    assert list(linkcheck.check(site_dir)) == []


def test_no_page_has_inline_handlers_or_a_slot_left(site_dir: Path) -> None:
    for path in site_dir.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<[a-z][^>]*\son[a-z]+=", text), path
        assert "\ue000" not in text, path
        assert "@@/" not in text, path


def test_a_procedure_page_is_light(site_dir: Path, described: dict) -> None:
    """At most 25 KB gzipped for up to 14 steps, shared assets aside; a longer one may grow with its steps."""
    import gzip

    steps = {entity["url"]: entity["counts"]["steps"] for entity in described["entities"] if entity["kind"] == "procedures"}
    for url, count in steps.items():
        if count:
            weight = len(gzip.compress((site_dir / url).read_bytes()))
            assert weight <= 25_000 * max(1, count / 14), (url, count, weight)


def test_two_builds_are_the_same_to_the_byte(site_dir: Path, tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "again")], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    first = {path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*") if path.is_file()}
    second = {path.relative_to(tmp_path / "again").as_posix() for path in (tmp_path / "again").rglob("*") if path.is_file()}
    assert first == second
    _, different, errors = filecmp.cmpfiles(site_dir, tmp_path / "again", sorted(first), shallow=False)
    assert (different, errors) == ([], [])


def test_the_archive_is_the_site_and_repeats_to_the_byte(site_dir: Path, tmp_path: Path) -> None:
    one = bundle.write(site_dir, tmp_path / "one", "9.9.9")
    two = bundle.write(site_dir, tmp_path / "two", "9.9.9")
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        assert archive.read("fadu-9.9.9/index.html") == (site_dir / "index.html").read_bytes()
        assert len(archive.namelist()) == sum(path.is_file() for path in site_dir.rglob("*"))
    assert (tmp_path / "one" / "SHA256SUMS").read_text().endswith("  fadu-9.9.9.zip\n")

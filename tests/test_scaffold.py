"""``fadu new``: a skeleton in which every field is explained, and that passes once its blanks are filled."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from macros import cli, scaffold
from macros.models import KINDS, SHELVED

HERE = Path(__file__).parent
ROOT = HERE.parent
FILLED = {
    "terms": {"title": "新词", "definition": "一个新词"},
    "roles": {"title": "新岗位", "level": "县"},
    "fields": {"title": "新字段", "type": "text"},
    "documents": {"title": "新文书", "layout": "通知", "purpose": "通知一件事", "issuer": "case-handler"},
    "failures": {"title": "新问题", "symptom": "表现", "cause": "[原因]", "consequence": "后果", "measures": "[措施]", "prevented_by": "[procedures/hearing#tell.kinds]"},
    "parameters": {"title": "新参数", "form": "text", "set_by": "[province]", "strict": "none"},
    "duties": {"title": "新职责", "who": "justice-bureau", "what": "做一件事"},
    "procedures": {"title": "新程序", "depth": "outline", "level": "[县级部门]"},
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(HERE / "small", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(kind: str) -> Path:
    shelf = ["--shelf", "administration"] if kind in SHELVED else []
    assert cli.main(["new", kind, "brand-new", *shelf]) == 0
    return Path("data", kind, *(["administration"] if shelf else []), "brand-new.yml")


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_lacks_only_its_blanks(kind: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = new(kind)
    capsys.readouterr()
    cli.main(["check"])
    for line in capsys.readouterr().out.splitlines():
        if not line.startswith(" "):
            assert line.startswith(f"{file.as_posix()}:"), line
            assert re.search("空白|缺 |“None”", line), line


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained(kind: str) -> None:
    text = scaffold.skeleton(kind)
    for name, info in KINDS[kind].model_fields.items():
        key = info.alias or name
        assert re.search(rf"^(# )?{key}:", text, re.M), key
        assert f"# {info.title}（{'必填' if info.is_required() else '选填'}）" in text


@pytest.mark.parametrize("kind", FILLED)
def test_a_filled_skeleton_passes(kind: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = new(kind)
    text = file.read_text("utf-8")
    for name, value in FILLED[kind].items():
        text = re.sub(rf"^(\s*){name}:$", rf"\1{name}: {value}", text, count=1, flags=re.M)
    if kind == "parameters":
        text = re.sub(r"^enabled_by:$", "enabled_by: {note: 省里可以定}", text, flags=re.M)
        text = re.sub(r"^type:\n(  #.*\n)*  form: text\n", "type: text\n", text, flags=re.M)
    if kind == "duties":
        text = re.sub(r"^due:$", "due: {by: 03-01}", text, flags=re.M) + "authority: advice\n"
    if kind == "procedures":
        text += "cites: [行政处罚法:63]\n"
    if kind == "documents":
        text += "depth: outline\n"
    file.write_text(text, "utf-8")
    capsys.readouterr()
    assert cli.main(["check"]) == 0, capsys.readouterr().out


def test_codes_go_on_where_they_are(project: Path) -> None:
    assert "code: ZF-09" in new("procedures").read_text("utf-8")
    Path("data/procedures/administration/brand-new.yml").unlink()
    assert "code: ZF-W10" in new("documents").read_text("utf-8")


@pytest.mark.parametrize("arguments", [["new", "procedure", "x"], ["new", "procedures", "X y", "--shelf", "administration"], ["new", "procedures", "x"],
                                       ["new", "terms", "x", "--shelf", "administration"], ["new", "terms", "hearing"], ["impact", "没有的法:1"], ["nothing"], [],
                                       ["check", "--on", "昨天"]])
def test_wrong_usage_is_told_in_one_line(arguments: list[str], project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    told = capsys.readouterr().err.strip()
    assert told
    assert "\n" not in told
    assert "Traceback" not in told


def test_the_editor_has_today_s_schemas() -> None:
    for name, text in scaffold.schemas().items():
        assert (ROOT / ".vscode" / "schemas" / name).read_text("utf-8") == text, f"{name}: run fadu schema"
    assert json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8")) == json.loads(scaffold.settings())


class Editor(yaml.SafeLoader):
    """YAML 1.2 as the editor reads it: numbers and true/false, but no dates and no yes/no."""


Editor.yaml_implicit_resolvers = {
    sign: [(tag, form) for tag, form in rows if not tag.endswith((":timestamp", ":bool"))] for sign, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@pytest.mark.parametrize("kind", KINDS)
def test_real_data_fit_their_schema(kind: str) -> None:
    import jsonschema

    schema = json.loads(scaffold.schemas()[f"{kind}.json"])
    validator = jsonschema.Draft7Validator(schema)
    for path in sorted((ROOT / "data" / kind).rglob("*.yml"))[:60]:
        tree = yaml.load(path.read_text("utf-8"), Loader=Editor)
        wrong = [error.message[:200] for error in validator.iter_errors(json.loads(json.dumps(tree, default=str)))]
        assert wrong == [], path

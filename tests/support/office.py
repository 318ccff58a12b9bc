"""What a paper looks like on paper: .docx → PDF (LibreOffice) → PNG (poppler)."""

from collections.abc import Callable
from pathlib import Path
from subprocess import run

import pytest

from tools import system


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, Path], Path]:
    """`soffice(paper, folder)` converts an office file to PDF in that folder and returns its path."""
    program = system.soffice()
    assert program, "no LibreOffice: run `make test`, or set FADU_SOFFICE"
    # A profile of its own: two LibreOffices on one profile refuse each other, and tests run in parallel.
    profile = tmp_path_factory.mktemp("soffice").as_uri()

    def convert(paper: Path, folder: Path) -> Path:
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
        done = run([*command, "--outdir", folder, paper], capture_output=True, text=True, check=False, timeout=180)
        pdf = folder / f"{paper.stem}.pdf"
        assert pdf.is_file(), f"LibreOffice made no PDF of {paper.name}: {done.stdout}{done.stderr}"
        return pdf

    return convert


def pictures(pdf: Path, dpi: int = 80) -> list[Path]:
    """One PNG per page, beside the PDF, in order."""
    program = system.pdftoppm()
    assert program, "no pdftoppm: run `make test`"
    run([program, "-png", "-r", str(dpi), pdf, pdf.with_suffix("")], check=True, timeout=180)
    return sorted(pdf.parent.glob(f"{pdf.stem}-*.png"))

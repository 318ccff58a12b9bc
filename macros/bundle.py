"""The offline archive: the built site as one zip, the same bytes for the same commit."""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from pathlib import Path

EARLIEST = 315532800  # 1980-01-01, the first day that a zip can name


def write(site: Path, dist: Path, version: str) -> Path:
    """``dist/fadu-<version>.zip`` with ``SHA256SUMS``, written aside and renamed."""
    dist.mkdir(parents=True, exist_ok=True)
    target = dist / f"fadu-{version}.zip"
    aside = target.with_suffix(".new")
    moment = time.gmtime(max(int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST)), EARLIEST))[:6]
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(f"fadu-{version}/{path.relative_to(site).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    aside.replace(target)
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(dist.glob("*.zip"))
    )
    (dist / "SHA256SUMS").write_text(sums, "utf-8")
    return target

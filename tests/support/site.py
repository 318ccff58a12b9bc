"""The built site that browser tests open: ``make test`` builds it first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def site_dir() -> Path:
    """Folder of the built site: ``FADU_SITE`` or ``site/``."""
    site = Path(os.environ.get("FADU_SITE", ROOT / "site"))
    if not (site / "index.html").is_file():
        pytest.fail("没有生成的网站：先运行 make site")
    return site

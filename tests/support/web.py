"""The system's Chromium, driven by Playwright, and Node.js."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from tools import system

ROOT = Path(__file__).resolve().parents[2]
# No call home, no first-run page; a GPU is not to be counted on.
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def arguments() -> list[str]:
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, *(["--no-sandbox"] if as_root else [])]


@pytest.fixture(scope="session")
def browser_type() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(browser_type: BrowserType) -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = system.browser()
    assert path, "no browser: run `make test`, or set FADU_BROWSER"
    started = browser_type.launch(executable_path=path, args=arguments())
    yield started
    started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1366 × 768 with storage of its own.

    `page.requests` has every address asked for that is no file or data, `page.errors` every console error and
    uncaught exception.
    """
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", timezone_id="Asia/Shanghai")
    opened = context.new_page()
    opened.requests, opened.errors = [], []
    local = ("file:", "data:", "blob:", "about:")
    opened.on("request", lambda asked: asked.url.startswith(local) or opened.requests.append(asked.url))
    opened.on("console", lambda said: said.type == "error" and opened.errors.append(said.text))
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    yield opened
    context.close()


@pytest.fixture(scope="session")
def node() -> Callable[..., CompletedProcess[str]]:
    """`node("script.mjs", "arg", input="…")` runs Node.js from the root of the project."""
    command = system.node()
    assert command, "no Node.js: run `make setup`"

    def call(*arguments: str | Path, **options: object) -> CompletedProcess[str]:
        options = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 120, "cwd": ROOT} | options
        return run([*command, *map(str, arguments)], check=False, **options)

    return call

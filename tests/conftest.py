"""Fixtures that every test may ask for; what they stand on is in tests/support."""

from tests.support.office import soffice
from tests.support.site import site_dir
from tests.support.web import browser, browser_type, node, page

__all__ = ["browser", "browser_type", "node", "page", "site_dir", "soffice"]

"""Pages for what went wrong render with nothing to go by: no request, reader or database."""

import pytest
from django.template.loader import render_to_string


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_offers_search_and_the_library(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert '<form class="search-field" role="search"' in html
    assert 'action="/search/"' in html
    assert "Go to the library" in html


@pytest.mark.parametrize("page", ["400", "403", "403_csrf", "404", "429", "500"])
def test_error_page_keeps_to_the_strict_policy(page: str) -> None:
    html = render_to_string(f"{page}.html")
    assert "style=" not in html
    assert "<style" not in html
    assert "onclick" not in html

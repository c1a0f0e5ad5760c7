"""Addresses on the web, as curators type them."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

_validate = URLValidator(schemes=["http", "https"])


def is_web_address(url: str) -> bool:
    """Say whether `url` is a whole address that begins with http:// or https://."""
    try:
        _validate(url)
    except ValidationError:
        return False
    return True

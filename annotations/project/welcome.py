"""What `start` says when the site is about to answer."""

from django.conf import settings


def welcome() -> str:
    """Return the lines with the address and how to stop."""
    return f"Postil is at {settings.PUBLIC_ADDRESS.origin}/ (Ctrl-C stops it)"

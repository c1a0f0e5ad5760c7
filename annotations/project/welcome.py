"""What `start` says when the site is about to answer."""

from django.conf import settings
from django.urls import reverse

from corpus.services import first_sign_in


def welcome() -> str:
    """Return the lines with the address, how to stop, and the first way in while it is open."""
    origin = settings.PUBLIC_ADDRESS.origin
    lines = [f"Postil is at {origin}/ (Ctrl-C stops it)"]
    if first_sign_in.is_needed():
        path = reverse("first_sign_in", args=[first_sign_in.make_token()])
        lines += ["To sign in as its administrator, open this link once:", f"  {origin}{path}"]
    return "\n".join(lines)

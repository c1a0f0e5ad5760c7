"""The links by which one stops mails without signing in: signed, of one reader and some kinds."""

from collections.abc import Sequence

from django.core import signing

_SALT = "annotations.stop_links"


def token_for(reader_id: int, kinds: Sequence[str]) -> str:
    """Return what stands in the link that stops mails of `kinds` to the reader; it never ends."""
    return signing.dumps([reader_id, sorted(set(kinds))], salt=_SALT)


def told_by(token: str) -> tuple[int, list[str]] | None:
    """Return the reader and the kinds that `token` names, None when it is none of ours."""
    try:
        reader_id, kinds = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return reader_id, kinds

"""Writing what must not be written by two at the same moment one after the other."""

from hashlib import blake2b

from django.contrib.contenttypes.models import ContentType
from django.db import connection


def one_text_at_a_time() -> None:
    """Let no other import, new version or rebuild run until the transaction ends.

    Two imports of the same article at once would not see each other's, and two that count
    the same words would wait for each other in a circle. Whatever indexes an article asks for
    this before it locks any other row. The row of the content type stands
    for the table: it is always there, and nothing else locks it.
    """
    rows = ContentType.objects.select_for_update(no_key=True)
    list(rows.filter(app_label="corpus", model="article"))


def one_writer_of(words: str) -> None:
    """Let nobody else make what these folded words name until the transaction ends.

    No constraint can tell whether two that few see are known to the same people. On SQLite
    there is one writer at a time anyhow.
    """
    if connection.vendor == "postgresql":
        digest = blake2b(words.encode(errors="replace"), digest_size=8).digest()
        with connection.cursor() as cursor:
            key = int.from_bytes(digest, signed=True)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])

"""Writing the texts of the corpus one after the other."""

from django.contrib.contenttypes.models import ContentType


def one_text_at_a_time() -> None:
    """Let no other import, new version or rebuild run until the transaction ends.

    Two imports of the same article at once would not see each other's, and two that count
    the same words would wait for each other in a circle. Whatever indexes an article asks for
    this before it locks any other row. The row of the content type stands
    for the table: it is always there, and nothing else locks it.
    """
    rows = ContentType.objects.select_for_update(no_key=True)
    list(rows.filter(app_label="corpus", model="article"))

"""What a new site holds from the start: six articles and what three sample readers made of them."""

from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command


def import_first_articles(say: Callable[[str], None]) -> None:
    """Import the seeds and load the starter annotations; doing it again adds nothing."""
    say("Importing the first articles ...")
    call_command("import_articles", str(settings.BASE_DIR / "seeds"), verbosity=0)
    call_command("samples", "load", verbosity=0)
    from corpus.models import Article

    count = Article.objects.filter(is_stub=False).count()
    say(f"{count} articles are in the library, with notes of three sample readers.")

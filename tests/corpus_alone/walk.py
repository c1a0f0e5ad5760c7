"""Run by test_corpus_alone.py in a process of its own: migrate, import, read. Prints JSON."""

import json
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.corpus_alone.settings"

import django

django.setup()

from django.conf import settings  # noqa: E402 - Django is set up first
from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from corpus.models import Article  # noqa: E402

call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
call_command("import_articles", str(settings.BASE_DIR / "seeds"), verbosity=0)
client = Client(HTTP_HOST="localhost")
addresses = ["/", "/search/?q=labour", "/account/login/"]
articles = [article.get_absolute_url() for article in Article.objects.filter(is_stub=False)]
stubs = [stub.get_absolute_url() for stub in Article.objects.filter(is_stub=True)]
addresses += [*articles, *stubs]
addresses += [f"{address}versions/{page}" for address in articles for page in ("", "1/changes/")]
answers = {address: client.get(address) for address in addresses}
client.force_login(User.objects.create_user("reader"), "django.contrib.auth.backends.ModelBackend")
client.post(f"{articles[0]}reading/", {"version": "1", "place": "3", "seen": "1-3"})
print(
    json.dumps(
        {
            "statuses": {address: answer.status_code for address, answer in answers.items()},
            "article": answers[addresses[3]].content.decode(),
            "read": client.get(articles[0]).content.decode(),
            "library": client.get("/").content.decode(),
            "articles": Article.objects.filter(is_stub=False).count(),
            "models": "annotations.models" in sys.modules,
        }
    )
)

"""Making a collection: by a form, of chosen articles, of a search, of an import."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from corpus.models import (
    Article,
    Collection,
    Group,
    ImportBatch,
    ImportCandidate,
    SourceFile,
)
from corpus.services.rebuilding import rebuild
from tests.corpus.collections.test_pages import order, text_of
from tests.factories import make_article, make_collection

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


def test_a_collection_is_made_by_a_form(curator: Client, group: Group) -> None:
    page = text_of(curator, "/collections/new/")
    assert "Tuesday readers" in page
    sent = {"title": "Begin here", "description": "Why.", "group": str(group.pk)}
    key = str(uuid4())
    for _ in range(2):
        answer = curator.post("/collections/new/", {**sent, "client_id": key})
        made = Collection.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, made.get_absolute_url())
    assert (made.title, made.description, made.group) == ("Begin here", "Why.", group)


def test_what_is_wrong_with_a_form_is_said_beside_its_field(curator: Client) -> None:
    answer = curator.post("/collections/new/", {"title": "", "description": "Kept."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This field is required" in page
    assert "Kept." in page


def test_chosen_articles_go_into_a_collection_or_make_a_new_one(
    curator: Client, three: list[Article]
) -> None:
    made = make_collection(three[0])
    page = text_of(curator, "/collections/add/?article=b&article=a&article=nowhere")
    assert "2 articles:" in page
    answer = curator.post(
        "/collections/add/", {"article": ["b", "a"], "collection": made.slug}, follow=True
    )
    assert "1 article was added. The others were in it already." in answer.content.decode()
    assert order(made) == "ab"
    answer = curator.post("/collections/new/", {"article": ["c", "b"], "title": "Another"})
    assert order(Collection.objects.get(title="Another")) == "cb"


def test_nothing_chosen_says_so(curator: Client) -> None:
    assert "No article is chosen" in text_of(curator, "/collections/add/")
    assert "No article is chosen" in text_of(curator, "/collections/add/?q=%00&batch=x")
    assert "No article is chosen" in text_of(curator, f"/collections/add/?batch={uuid4()}")


def test_an_article_page_leads_to_where_it_can_be_added(
    client: Client, curator: Client, three: list[Article]
) -> None:
    make_collection(three[0], title="Where it stands")
    assert "/collections/add/?article=a" in text_of(curator, "/articles/a/")
    assert "/collections/add/" not in text_of(client, "/articles/a/")
    assert 'href="/collections/where-it-stands/"' in text_of(client, "/articles/a/")
    assert "It stands in:" in text_of(curator, "/collections/add/?article=a")


def test_what_a_search_found_is_collected_in_its_order(curator: Client) -> None:
    make_article("Once about herring.", title="Little", slug="little")
    make_article("Herring, herring and herring.", title="Herring", slug="much")
    list(rebuild())
    page = text_of(curator, "/search/?q=herring")
    (address,) = re.findall(r'href="(/collections/add/[^"]+)"', page)
    page = text_of(curator, address)
    assert re.findall(r"<li>(Herring|Little)</li>", page) == ["Herring", "Little"]
    assert 'name="q" value="herring"' in page
    assert 'value="herring"' in page
    curator.post("/collections/new/", {"q": "herring", "title": "On herring"})
    slugs = Collection.objects.get().items.order_by("position").values_list("article__slug")
    assert list(slugs) == [("much",), ("little",)]


def test_an_import_is_collected(curator: Client, three: list[Article]) -> None:
    batch = ImportBatch.objects.create(note="Spring pile")
    source = SourceFile.objects.create(sha256="s", name="s", content=b"-", size=1)
    for place, article in enumerate(three):
        ImportCandidate.objects.create(
            batch=batch, source=source, position=place, proposal={}, digest="", article=article
        )
    assert 'value="Spring pile"' in text_of(curator, f"/collections/add/?batch={batch.pk}")
    curator.post("/collections/new/", {"batch": str(batch.pk), "title": "Spring"})
    assert order(Collection.objects.get()) == "abc"

"""Articles out of sight: what curators are told of them, and bringing them back."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.access import viewer_of
from corpus.errors import Invalid, NotAllowed
from corpus.models import Article, Event, ImportBatch, ImportCandidate, NearPair
from corpus.permissions import Viewer
from corpus.queries.library import library_page
from corpus.services import applying, articles
from corpus.services.batches import create_batch
from corpus.services.copies import say_same
from corpus.services.indexing import index_article
from corpus.services.sources import SourceBytes
from corpus.services.undoing import undo_batch
from tests.corpus.review.texts import article as article_text
from tests.factories import make_article, make_highlight
from tests.work import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

UNSEEN = "Readers do not see this article."


@pytest.fixture
def curator(carol: User) -> Viewer:
    """Return the one who looks after articles."""
    return viewer_of(carol)


@pytest.fixture
def browser(carol: User, client_of: Callable[[User | None], Client]) -> Client:
    """Return the browser of carol."""
    return client_of(carol)


def imported(curator: Viewer) -> tuple[ImportBatch, Article]:
    batch = create_batch(curator, [SourceBytes("1.txt", article_text(1).encode())]).batch
    run_jobs()
    candidate = ImportCandidate.objects.get(batch=batch)
    made = applying.apply_one(curator, candidate, counter=candidate.counter).article
    assert made is not None
    return batch, made


def page_of(browser: Client, article: Article) -> str:
    return " ".join(browser.get(article.get_absolute_url()).content.decode().split())


def send(browser: Client, article: Article, way: str = "show/") -> str:
    answer = browser.post(f"{article.get_absolute_url()}{way}", follow=True)
    assert answer.redirect_chain[0][1] == 303
    article.refresh_from_db()
    return " ".join(answer.content.decode().split())


def test_a_hidden_article_says_so_to_curators_with_who_hid_it(
    browser: Client, curator: Viewer
) -> None:
    article = make_article()
    assert UNSEEN not in page_of(browser, article)
    articles.hide(curator, article)
    page = page_of(browser, article)
    assert UNSEEN in page
    assert "A curator hid it." in page
    assert '<span class="meta">carol, <time' in page


def test_readers_learn_nothing_of_a_hidden_article(
    curator: Viewer, alice: User, client_of: Callable[[User | None], Client]
) -> None:
    article = make_article()
    articles.hide(curator, article)
    assert client_of(alice).get(article.get_absolute_url()).status_code == 404
    assert client_of(alice).post(f"{article.get_absolute_url()}show/").status_code == 404


def test_an_article_whose_import_was_undone_leads_to_the_import(
    browser: Client, curator: Viewer
) -> None:
    batch, article = imported(curator)
    undo_batch(curator, batch)
    page = page_of(browser, article)
    assert f'<a href="/imports/{batch.pk}/">Its import</a> was undone.' in page


def test_one_that_people_built_on_says_that_its_import_was_undone(
    browser: Client, curator: Viewer, alice: User
) -> None:
    batch, article = imported(curator)
    make_highlight(alice, article, "at last")
    undo_batch(curator, batch)
    article.refresh_from_db()
    assert not article.is_withdrawn
    assert "Its import</a> was undone." in page_of(browser, article)


def test_bringing_back_shows_it_to_readers_and_can_be_undone(
    browser: Client, curator: Viewer
) -> None:
    batch, article = imported(curator)
    undo_batch(curator, batch)
    page = send(browser, article)
    assert "Readers see this article again." in page
    assert UNSEEN not in page
    assert (article.is_hidden, article.is_withdrawn) == (False, False)
    page = send(browser, article, "show/undo/")
    assert "Its import</a> was undone." in page
    assert (article.is_hidden, article.is_withdrawn) == (True, True)
    verbs = Event.objects.filter(article=article).order_by("-id").values_list("verb", flat=True)
    assert list(verbs[:2]) == ["article.hidden", "article.shown"]


def test_undoing_withdraws_nothing_that_people_built_on_meanwhile(
    curator: Viewer, alice: User
) -> None:
    batch, article = imported(curator)
    undo_batch(curator, batch)
    articles.restore(curator, article)
    make_highlight(alice, Article.objects.get(pk=article.pk), "at last")
    stored = articles.undo_restore(curator, article)
    assert (stored.is_hidden, stored.is_withdrawn) == (True, False)


def test_only_showing_again_can_be_undone_and_twice_is_harmless(curator: Viewer) -> None:
    article = make_article()
    with pytest.raises(Invalid):
        articles.undo_restore(curator, article)
    articles.hide(curator, article)
    articles.restore(curator, article)
    articles.undo_restore(curator, article)
    counted = Event.objects.count()
    assert articles.undo_restore(curator, article).is_hidden
    assert Event.objects.count() == counted


def test_a_reader_brings_nothing_back(alice: User, curator: Viewer) -> None:
    article = make_article()
    articles.hide(curator, article)
    with pytest.raises(NotAllowed):
        articles.restore(viewer_of(alice), article)
    with pytest.raises(NotAllowed):
        articles.undo_restore(viewer_of(alice), article)


def test_what_was_said_to_be_a_copy_is_brought_back_by_taking_that_back(
    browser: Client, curator: Viewer
) -> None:
    older, newer = make_article(title="The older one"), make_article(title="The newer one")
    pair = NearPair.objects.create(first=older, second=newer, share=0.9)
    say_same(curator, pair)
    page = page_of(browser, newer)
    assert f'It was said to be the same as <a href="/articles/{older.slug}/">The older one' in page
    assert f'action="/copies/{pair.pk}/undo/"' in page


def test_the_library_leaves_out_what_readers_do_not_see_until_curators_ask(
    curator: Viewer, alice: User
) -> None:
    make_article(title="In sight")
    hidden = make_article(title="Hidden", is_hidden=True)

    def titles(viewer: Viewer, **wanted: str) -> list[str]:
        return [row.article.title for row in library_page(viewer, wanted).rows]

    assert hidden.title not in titles(curator)
    assert titles(curator, sight="hidden") == ["Hidden"]
    assert titles(viewer_of(alice), sight="hidden") == []
    offered = {facet.label: facet.links for facet in library_page(curator, {}).facets}
    assert [(link.label, link.count) for link in offered["For curators"]] == [("Out of sight", 1)]
    readers = [facet.label for facet in library_page(viewer_of(alice), {}).facets]
    assert "For curators" not in readers


def test_rows_say_what_readers_do_not_see(browser: Client) -> None:
    make_article(title="Hidden", is_hidden=True)
    make_article(title="Withdrawn", is_hidden=True, is_withdrawn=True)
    page = browser.get("/?sight=hidden").content.decode()
    assert page.count('<span class="badge">out of sight</span>') == 1
    assert page.count('<span class="badge">import undone</span>') == 1
    assert 'class="badge">out of sight' not in browser.get("/").content.decode()


def test_the_admin_marks_what_readers_do_not_see_and_can_be_narrowed_to_it(
    browser: Client,
) -> None:
    make_article(title="In sight")
    make_article(title="Kept from readers", is_hidden=True)
    make_article(title="Withdrawn", is_hidden=True, is_withdrawn=True)
    page = browser.get("/admin/corpus/article/").content.decode()
    assert '<td class="field-shown">no, hidden</td>' in page
    assert '<td class="field-shown">no, its import was undone</td>' in page
    page = browser.get("/admin/corpus/article/?state=withdrawn").content.decode()
    assert [
        title for title in ("In sight<", "Kept from readers<", "Withdrawn<") if title in page
    ] == ["Withdrawn<"]


def test_search_and_related_articles_say_what_readers_do_not_see(
    browser: Client, curator: Viewer
) -> None:
    shown = make_article("The xylophone and the glockenspiel were tuned.")
    hidden = make_article("A glockenspiel stood beside a xylophone.", title="Two of them")
    for article in (shown, hidden):
        assert article.current_version is not None
        index_article(article.current_version)
    articles.hide(curator, hidden)
    found = browser.get("/search/", {"q": "glockenspiel"}).content.decode()
    badge = '<span class="badge">out of sight</span>'
    assert found.count(badge) == 2  # beside its passages, and among the articles
    page = page_of(browser, shown)
    assert page[page.index("Related articles") :].count(badge) == 1

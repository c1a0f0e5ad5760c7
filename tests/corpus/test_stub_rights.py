"""Who may know of an article that is only linked to: predicate and queryset say the same."""

from uuid import UUID

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.access import viewer_of, visible_articles, visible_stubs
from corpus.models import Article, ArticleVersion, Group, OutboundLink
from corpus.permissions import Viewer, can_know_of_stub, can_read_article
from tests.factories import add_version, make_article

pytestmark = pytest.mark.django_db

PEOPLE = ("alice", "bob", "carol", "dave", "ada")
ACCESS = st.sampled_from(["public", "members", "groups"])
texts = st.lists(st.tuples(ACCESS, st.booleans(), st.booleans()), min_size=1, max_size=4)
pages = st.lists(
    st.tuples(ACCESS, st.booleans(), st.booleans(), st.sets(st.integers(0, 3), max_size=2)),
    min_size=1,
    max_size=4,
)


@pytest.mark.usefixtures("alice", "bob", "carol", "dave", "ada", "group")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=texts, pages=pages)
def test_predicate_and_queryset_agree_on_every_stub(
    texts: list[tuple[str, bool, bool]], pages: list[tuple[str, bool, bool, set[int]]]
) -> None:
    OutboundLink.objects.all().delete()
    Article.objects.update(current_version=None)
    ArticleVersion.objects.all().delete()
    Article.objects.all().delete()
    citing = [_text(*drawn) for drawn in texts]
    for number, (access, is_hidden, is_ours, cited_by) in enumerate(pages):
        stub = _article(f"stub-{number}", access, is_hidden, is_ours, is_stub=True)
        for place in cited_by:
            _cite(citing[place % len(citing)], stub)

    for viewer in _viewers():
        seen, readable = set(visible_stubs(viewer)), set(visible_articles(viewer))
        for stub in Article.objects.filter(is_stub=True):
            links = stub.cited_by.select_related("version__article")
            is_cited = any(_is_readable(viewer, link.version.article) for link in links)
            expected = can_know_of_stub(viewer, stub, _groups(stub), is_cited=is_cited)
            assert (stub in seen) == expected
        assert not any(article.is_stub for article in readable)
        assert all(article.is_stub for article in seen)


def test_stub_is_known_while_an_old_version_cites_it(alice: User) -> None:
    article = make_article("Words that link.")
    stub = _article("stub", "public", False, False, is_stub=True)
    _cite(article, stub)
    add_version(article, ["Words without a link."])
    assert list(visible_stubs(viewer_of(alice))) == [stub]


def _viewers() -> list[Viewer]:
    people = User.objects.filter(username__in=PEOPLE)
    return [Viewer(), Viewer(reads_public=False), *(viewer_of(user) for user in people)]


def _text(access: str, is_hidden: bool, is_ours: bool) -> Article:
    article = _article("", access, is_hidden, is_ours)
    add_version(article, ["Words."])
    return article


def _article(
    slug: str, access: str, is_hidden: bool, is_ours: bool, *, is_stub: bool = False
) -> Article:
    article = Article.objects.create(
        slug=slug or f"text-{Article.objects.count()}",
        title="A title",
        access=access,
        is_hidden=is_hidden,
        is_stub=is_stub,
    )
    if is_ours:
        article.groups.add(Group.objects.get())
    return article


def _cite(article: Article, stub: Article) -> None:
    assert article.current_version is not None
    OutboundLink.objects.create(
        version=article.current_version,
        url="https://paper.example/page",
        text="Words",
        start=0,
        end=5,
        resolves_to=stub,
    )


def _groups(article: Article) -> frozenset[UUID]:
    return frozenset(article.groups.values_list("id", flat=True))


def _is_readable(viewer: Viewer, article: Article) -> bool:
    return can_read_article(viewer, article, _groups(article))

"""What the reading page says of an article itself."""

import pytest
from django.test import Client

from corpus.models import Agent, Article, Authorship
from tests.factories import make_article

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]


@pytest.fixture
def article() -> Article:
    """Return an article by somebody."""
    made = make_article(title="The exodus")
    giddens = Agent.objects.create(name="Anthony Giddens", slug="anthony-giddens")
    Authorship.objects.create(article=made, agent=giddens, basis="given", evidence="By A. Giddens")
    return made


def test_a_given_author_stands_without_a_badge(article: Article, client: Client) -> None:
    page = client.get(article.get_absolute_url()).content.decode()
    assert "Anthony Giddens" in page
    assert ">inferred<" not in page


def test_an_inferred_author_is_shown_as_inferred_from_what(
    article: Article, client: Client
) -> None:
    article.authorships.update(basis="inferred", evidence="Lord Giddens is a sociologist.")
    page = client.get(article.get_absolute_url()).content.decode()
    assert 'title="Lord Giddens is a sociologist.">inferred<' in page


def test_a_title_is_written_in_the_direction_of_its_own_script(client: Client) -> None:
    made = make_article(title="معارضون يسيطرون على مخازن للصواريخ")
    page = client.get(made.get_absolute_url()).content.decode()
    assert f'<h1 dir="auto">{made.title}</h1>' in page

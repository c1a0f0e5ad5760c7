"""What the reading page tells of the source of a quote: what is known of it and nothing else."""

import datetime

import pytest
from django.template import Context, Template

from corpus.models import Article, Outlet
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def cited(article: Article, *authors: str) -> str:
    page = Template("{% load citing %}{% cited article authors %}")
    return page.render(Context({"article": article, "authors": authors}))


def test_all_that_is_known_is_told() -> None:
    article = make_article(
        byline='Jade "J" Azim',
        outlet=Outlet.objects.create(name="LabourList", slug="labourlist"),
        published_on=datetime.date(2017, 3, 1),
        published_precision="month",
    )
    assert cited(article, "Somebody else") == (
        ' data-cited-by="Jade &quot;J&quot; Azim" data-cited-in="LabourList"'
        ' data-cited-on="March 2017"'
    )


def test_what_is_not_known_is_left_out() -> None:
    assert cited(make_article()) == ""


def test_authors_stand_for_a_by_line() -> None:
    assert cited(make_article(), "Ann Coffey", "Bo Li") == ' data-cited-by="Ann Coffey, Bo Li"'

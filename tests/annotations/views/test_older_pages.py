"""Pages that were open while the text became another one: what is sent tells the version."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.factories import add_version, make_article

pytestmark = pytest.mark.django_db


def test_a_block_tells_of_which_version_it_is(client: Client) -> None:
    article = make_article("The cat sat.", "Dogs bark.")
    address = f"{article.get_absolute_url()}blocks/2/"
    assert 'id="bk2" data-version="1"' in client.get(address).content.decode()
    add_version(article, ["A new beginning.", "The cat sat.", "Dogs bark."])
    assert 'id="bk2" data-version="2"' in client.get(address).content.decode()
    page = client.get(article.get_absolute_url()).content.decode()
    first = re.search(r'data-version="(\d+)"', page)
    assert first
    assert first[1] == "2"


def test_places_are_looked_for_by_the_words_that_were_chosen(client: Client, alice: User) -> None:
    client.force_login(alice)
    article = make_article("The cat sat.", "A cat ran.")
    add_version(article, ["Everything began anew.", "The cat sat.", "A cat ran."])
    url = f"{article.get_absolute_url()}every-place/"
    html = client.get(url, {"t": "4,7", "version": "1"}).content.decode()
    assert re.findall(r'name="places" value="([\d-]+)"', html) == ["28-31", "40-43"]
    assert client.get(url, {"t": "4,7", "version": "9"}).status_code == 404

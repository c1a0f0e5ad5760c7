"""The far end of a link as the form without script sends it, and whom the link is for."""

import json
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from annotations.models import Link
from tests.factories import make_article, make_highlight

pytestmark = pytest.mark.usefixtures("noise")
ClientOf = Callable[[User | None], Client]


@pytest.mark.parametrize("place", [(-6, 5), (-9, -2), (5, 5), (9, 5), (0, 10_000)])
def test_a_place_outside_the_text_is_refused(
    alice: User, client_of: ClientOf, place: tuple[int, int]
) -> None:
    near, far = make_highlight(alice, make_article()), make_article()
    target = {"article": far.slug, "version": 1, "start": place[0], "end": place[1]}

    answer = client_of(alice).post(f"/annotations/{near.pk}/link/", {"target": json.dumps(target)})

    assert answer.status_code == 422
    assert not Link.objects.filter(from_annotation=near).exists()
    assert not far.annotations.exists()


@pytest.mark.parametrize("audience", ["private", "public"])
def test_the_form_proposes_the_audience_of_the_passage(
    alice: User, client_of: ClientOf, audience: str
) -> None:
    near = make_highlight(alice, make_article(), audience=audience)
    make_article()

    page = client_of(alice).get(f"/annotations/{near.pk}/link/?kind=articles").content.decode()

    assert f'<option value="{audience}" selected>' in page

"""Pages on background work and imports call who asked by the name that they chose."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from annotations.services.profiles import ensure
from corpus.access import viewer_of
from corpus.models import Job
from corpus.services import exporting
from corpus.services.batches import create_batch
from corpus.services.sources import SourceBytes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noise")]

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def named(carol: User) -> User:
    """Return a curator who is called otherwise than she signs in."""
    profile = ensure(carol.pk)
    profile.display_name = "Caroline Reader"
    profile.save()
    return carol


@pytest.mark.parametrize("page", ["jobs", "job", "exports"])
def test_work_is_asked_for_by_the_name_that_was_chosen(
    named: User, client_of: ClientOf, page: str
) -> None:
    job = exporting.ask_export(viewer_of(named), next(iter(exporting.EXPORTS)))
    address = reverse(page, args=[job.pk] if page == "job" else [])
    shown = client_of(named).get(address).content.decode()
    assert "Asked for by Caroline Reader" in shown
    assert "by carol" not in shown


def test_work_of_the_server_is_asked_for_by_nobody(ada: User, client_of: ClientOf) -> None:
    job = Job.objects.create(kind="related.settle")
    shown = client_of(ada).get(reverse("job", args=[job.pk])).content.decode()
    assert "Asked for by the server" in shown


def test_import_is_listed_with_the_name_that_was_chosen(named: User, client_of: ClientOf) -> None:
    create_batch(viewer_of(named), [SourceBytes("1.txt", b"One.\n\nTwo words and more.\n")])
    shown = client_of(named).get(reverse("imports")).content.decode()
    assert "· Caroline Reader ·" in shown
    assert "· carol ·" not in shown

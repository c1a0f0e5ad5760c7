"""Mails: bundled, at their times, tried again, never twice, and without a word too many."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from annotations.models import Mail, Notification
from annotations.queries.notification_choices import USUAL, Choice
from annotations.services import following, inbox
from annotations.services.annotations import Changes, edit
from annotations.services.deletion import delete
from annotations.services.mailing import gather, send_waiting
from corpus.access import viewer_of
from corpus.models import Article
from tests.annotations.notifications.telling import prove, tell_readers
from tests.factories import make_article, make_highlight, make_reply

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SECRET = "the cat is out of the bag"


@pytest.fixture(autouse=True)
def begun(db: None, noise: None) -> None:
    """Let the worker have begun before anything happens."""
    tell_readers()


@pytest.fixture
def article() -> Article:
    """Return an article that everybody reads."""
    return make_article(title="Listening to voters")


def send_at(now: datetime) -> list[EmailMultiAlternatives]:
    """Return the mails that go out at `now`, or would."""
    before = len(mail.outbox)
    gather(now)
    send_waiting(now)
    return [one for one in mail.outbox[before:] if isinstance(one, EmailMultiAlternatives)]


def last() -> datetime:
    """Return when the last that was told of happened."""
    return Notification.objects.latest("created_at").created_at


def test_a_reply_is_mailed_after_a_minute_and_once(
    alice: User, bob: User, article: Article
) -> None:
    address = prove(alice)
    highlight = make_highlight(alice, article, note="Mine.")
    reply = make_reply(bob, highlight, "I see <b>it</b> otherwise.")
    tell_readers()
    at = last()

    assert send_at(at + MINUTE / 2) == []
    (sent,) = send_at(at + MINUTE)
    assert send_at(at + MINUTE) == send_at(at + 60 * MINUTE) == []
    assert sent.to == [address]
    assert sent.subject == "Postil: Bob replied"
    assert "Bob replied to your note on “Listening to voters”." in sent.body
    assert "I see <b>it</b> otherwise." in sent.body
    assert f"{article.get_absolute_url()}#n{reply.number}" in sent.body
    html = str(sent.alternatives[0][0])
    assert "I see &lt;b&gt;it&lt;/b&gt; otherwise." in html
    assert "style" not in html
    assert Notification.objects.get(reader=alice).mailed_at is not None


def test_thirty_replies_are_two_mails_in_a_quarter_of_an_hour(
    alice: User, article: Article
) -> None:
    prove(alice)
    highlight = make_highlight(alice, article, note="Mine.")
    class_ = [User.objects.create_user(f"pupil{n}", first_name=f"Pupil {n}") for n in range(30)]
    for pupil in class_[:20]:
        make_reply(pupil, highlight)
    tell_readers()
    at = last()
    (first,) = send_at(at + MINUTE)
    for pupil in class_[20:]:
        make_reply(pupil, highlight)
    tell_readers()

    assert send_at(at + 10 * MINUTE) == []
    (second,) = send_at(at + 16 * MINUTE + MINUTE / 2)
    assert first.subject == "Postil: Pupil 19 and 19 others replied"
    assert second.subject == "Postil: Pupil 29 and 9 others replied"
    references = first.extra_headers["References"]
    assert str(highlight.pk) in references
    assert second.extra_headers["In-Reply-To"] == references


def test_what_was_taken_back_narrowed_or_read_is_not_mailed(
    alice: User, bob: User, article: Article
) -> None:
    prove(alice)
    prove(bob)
    highlight = make_highlight(alice, article, note="Mine.")
    deleted = make_reply(bob, highlight, SECRET)
    tell_readers()
    delete(viewer_of(bob), deleted)
    assert send_at(last() + MINUTE) == []

    inbox.choose(viewer_of(bob), {"followed": Choice(True, "instant")})
    following.follow(viewer_of(bob), article)
    narrowed = make_highlight(alice, article, "He said it twice", note=SECRET)
    tell_readers()
    edit(viewer_of(alice), narrowed, Changes(audience="private"), counter=narrowed.counter)
    assert Notification.objects.filter(reader=bob).exists()
    assert send_at(last() + MINUTE) == []

    following.unfollow(viewer_of(bob), article)
    make_reply(bob, make_highlight(alice, article, "members decide"), SECRET)
    tell_readers()
    inbox.mark_all_read(viewer_of(alice), until=Notification.objects.latest("pk").pk)
    assert send_at(last() + MINUTE) == []
    assert all(SECRET not in one.body for one in mail.outbox)


def test_subjects_name_neither_texts_nor_groups_and_hold_one_line(
    alice: User, bob: User, article: Article
) -> None:
    prove(alice)
    bob.first_name = "Bob\nBcc: dave@example.org"
    bob.save()
    make_reply(bob, make_highlight(alice, article), SECRET)
    tell_readers()

    (sent,) = send_at(last() + MINUTE)

    assert "\n" not in sent.subject
    assert article.title not in sent.subject
    assert sent.recipients() == ["alice@example.org"]
    assert "Bcc" not in sent.message()


def test_an_address_that_was_only_typed_gets_no_mail(
    alice: User, bob: User, article: Article
) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@example.org")
    make_reply(bob, make_highlight(alice, article))
    tell_readers()

    assert send_at(last() + MINUTE) == []
    assert Mail.objects.get().state == Mail.State.EMPTY


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        ("daily", datetime(2026, 3, 29, 5, tzinfo=UTC)),  # the night before is an hour shorter
        ("weekly", datetime(2026, 3, 30, 5, tzinfo=UTC)),
    ],
)
def test_digests_come_at_seven_where_the_reader_is(
    rhythm: str, due: datetime, alice: User, bob: User, article: Article
) -> None:
    prove(alice)
    choices = {"reply": Choice(True, rhythm)}
    inbox.choose(viewer_of(alice), {**USUAL, **choices}, zone="Europe/Berlin")
    make_reply(bob, make_highlight(alice, article, note="Mine."))
    tell_readers()
    saturday = datetime(2026, 3, 28, 12, tzinfo=UTC)
    Notification.objects.update(created_at=saturday, mail_due_at=saturday)

    assert send_at(saturday) == send_at(due - MINUTE) == []
    (sent,) = send_at(due)
    assert sent.subject.startswith("Postil: What ")
    assert "Bob replied to your note" in sent.body


def test_a_mail_server_that_is_away_is_asked_again_and_the_mail_comes_once(
    alice: User, bob: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove(alice)
    make_reply(bob, make_highlight(alice, article))
    tell_readers()
    at = last() + MINUTE
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse(ConnectionRefusedError()))
        assert send_at(at) == send_at(at + MINUTE) == []
    waiting = Mail.objects.get()

    assert (waiting.state, waiting.attempts) == (Mail.State.WAITING, 2)
    assert send_at(at + 2 * MINUTE) == []
    assert len(send_at(at + 3 * MINUTE)) == 1
    assert send_at(at + 30 * MINUTE) == []


def test_an_address_that_is_refused_keeps_no_other_mail_back(
    alice: User, bob: User, dave: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = prove(alice)
    prove(dave)
    for user in (alice, dave):
        make_reply(bob, make_highlight(user, article))
    tell_readers()
    send = EmailMultiAlternatives.send

    def send_unless_refused(message: EmailMultiAlternatives, **options: Any) -> int:
        if message.to == [refused]:
            raise SMTPRecipientsRefused({refused: (550, b"no such user")})
        return int(send(message, **options))

    monkeypatch.setattr(EmailMultiAlternatives, "send", send_unless_refused)
    (sent,) = send_at(last() + MINUTE)

    assert sent.to == ["dave@example.org"]
    assert sorted(Mail.objects.values_list("state", flat=True)) == ["refused", "sent"]


def test_a_mail_that_a_crash_interrupted_is_not_sent_a_second_time(
    alice: User, bob: User, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    prove(alice)
    make_reply(bob, make_highlight(alice, article))
    tell_readers()
    at = last() + MINUTE
    with monkeypatch.context() as broken:
        broken.setattr(EmailMultiAlternatives, "send", refuse(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            send_at(at)

    assert send_at(at + MINUTE) == []
    assert Mail.objects.get().state == Mail.State.BEGUN


def refuse(problem: BaseException) -> Any:
    """Return what stands in for sending and raises `problem`."""

    def send(message: EmailMultiAlternatives, **options: Any) -> int:
        raise problem

    return send

"""POST and GET /articles/<slug>/annotations/."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from corpus.models import Article
from tests.factories import add_version, make_article, passage_of
from tests.people import WALKERS

pytestmark = pytest.mark.usefixtures("noise")

JSON = {"Accept": "application/json"}
WORDS = "pray by their bedside"
ClientOf = Callable[[User | None], Client]


def _sent(article: Article, words: str = WORDS, **more: Any) -> dict[str, Any]:
    passage = passage_of(article, words)
    assert article.current_version is not None
    return {
        "client_id": str(uuid4()),
        "version": article.current_version.number,
        "start": passage.start,
        "end": passage.end,
        "exact": passage.exact,
        "prefix": passage.prefix,
        "suffix": passage.suffix,
        **more,
    }


def _url(article: Article) -> str:
    return f"/articles/{article.slug}/annotations/"


def test_script_gets_id_number_counter_blocks_url_and_message(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    sent = _sent(article, claim="deselection threat", stance="disputes", note="Hm.")

    answer = client_of(alice).post(_url(article), sent, headers=JSON)

    assert answer.status_code == 201
    assert answer.json() == {
        "id": sent["client_id"],
        "number": 1,
        "counter": 1,
        "blocks": [2],
        "url": f"/articles/{article.slug}/#h1",
        "message": "Highlighted.",
    }
    occurrence = article.annotations.get().occurrences.get()
    assert (occurrence.tag.name, occurrence.stance) == ("deselection threat", "disputes")


def test_a_passage_over_two_paragraphs_names_both_blocks(alice: User, client_of: ClientOf) -> None:
    article = make_article()

    answer = client_of(alice).post(
        _url(article), _sent(article, "is dark.\n\nSome MPs"), headers=JSON
    )

    assert answer.json()["blocks"] == [1, 2]


def test_line_ends_that_a_browser_writes_are_our_line_feeds(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    sent = _sent(article, "is dark.\n\nSome MPs") | {"exact": "is dark.\r\n\r\nSome MPs"}

    client_of(alice).post(_url(article), sent, headers=JSON)

    assert article.annotations.get().exact == "is dark.\n\nSome MPs"


def test_plain_form_is_led_back_to_its_highlight(alice: User, client_of: ClientOf) -> None:
    article = make_article()

    answer = client_of(alice).post(_url(article), _sent(article))

    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/articles/{article.slug}/#h1"


def test_the_same_post_twice_is_stored_once_and_answered_alike(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    client, sent = client_of(alice), _sent(article)

    first = client.post(_url(article), sent, headers=JSON).json()
    second = client.post(_url(article), sent, headers=JSON).json()

    assert first == second
    assert article.annotations.count() == 1


def test_changed_text_answers_409_with_the_version(alice: User, client_of: ClientOf) -> None:
    article = make_article()
    sent = _sent(article)
    add_version(article, ["Everything is new."])

    answer = client_of(alice).post(_url(article), sent, headers=JSON)

    assert answer.status_code == 409
    assert answer.json()["error"] == "text_changed"
    assert answer.json()["current"] == {"version": 2}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "no uuid"),
        ("start", "-1"),
        ("version", "one"),
        ("stance", "shouts"),
        ("audience", "groups"),
        ("note", "x" * 20_001),
        ("claim", "?!"),
        ("speaker", "123"),
    ],
)
def test_a_wrong_value_is_named_in_a_422(
    alice: User, client_of: ClientOf, name: str, value: str
) -> None:
    article = make_article()
    sent = _sent(article, claim="noise") | {name: value}

    answer = client_of(alice).post(_url(article), sent, headers=JSON)

    assert answer.status_code == 422
    assert name in answer.json()["fields"]
    assert answer.json()["message"]
    assert not article.annotations.exists()


def test_signed_out_script_gets_401(client_of: ClientOf) -> None:
    article = make_article()

    answer = client_of(None).post(_url(article), _sent(article), headers=JSON)

    assert (answer.status_code, answer.json()["error"]) == (401, "sign_in")


def test_signed_out_form_goes_to_sign_in_and_comes_back(client_of: ClientOf) -> None:
    article = make_article()

    answer = client_of(None).get(_url(article) + "?block=2")

    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/account/login/?next=/articles/")
    assert "block" in answer.headers["Location"]


def test_csrf_stays_on(alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, "django.contrib.auth.backends.ModelBackend")
    article = make_article()

    assert client.post(_url(article), _sent(article)).status_code == 403
    assert not article.annotations.exists()


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(alice: User, client_of: ClientOf, method: str) -> None:
    article = make_article()

    assert getattr(client_of(alice), method)(_url(article)).status_code == 405


@pytest.mark.parametrize("access", ["public", "members", "groups"])
def test_who_may_mark_is_who_may_read(walkers: dict[str, Client], access: str) -> None:
    article = make_article(access=access)
    may = {"public": "dave alice carol ada", "members": "dave alice carol ada"}.get(
        access, "carol ada"
    )

    statuses = {
        name: walkers[name].post(_url(article), _sent(article), headers=JSON).status_code
        for name in WALKERS
    }

    expected = {name: 201 if name in may.split() else 404 for name in WALKERS}
    assert statuses == expected | {"anonymous": 401}


def test_paragraph_page_offers_its_sentences(alice: User, client_of: ClientOf) -> None:
    article = make_article()

    page = client_of(alice).get(_url(article) + "?block=2").text

    assert re.findall(r'class="sentence">([^<]*)', page) == [
        "Some MPs pray by their bedside that nobody deselects them.",
        "Others have left already.",
    ]


@pytest.mark.parametrize(
    ("chosen", "exact"),
    [
        ({"sentences": ["1"]}, "Others have left already."),
        (
            {"sentences": ["0", "1"]},
            "Some MPs pray by their bedside that nobody deselects them. Others have left already.",
        ),
        ({"from_words": "pray  by", "to_words": "nobody"}, "pray by their bedside that nobody"),
        ({"from_words": "their bedside"}, "their bedside"),
        ({"from_words": "pray", "sentences": ["1"]}, "pray"),
    ],
)
def test_chosen_sentences_or_words_become_a_highlight(
    alice: User, client_of: ClientOf, chosen: dict[str, Any], exact: str
) -> None:
    article = make_article()
    sent = {"block": "2", "version": "1", "claim": "noise", "stance": "context", **chosen}

    answer = client_of(alice).post(_url(article), sent)

    assert answer.status_code == 303
    made = article.annotations.get()
    assert made.exact == exact
    assert made.occurrences.get().stance == "context"


def test_sentences_chosen_in_an_older_version_are_found_again(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    add_version(article, ["New.", "And new.", "Others have left already. Or not."])

    client_of(alice).post(_url(article), {"block": "2", "version": "1", "sentences": ["1"]})

    made = article.annotations.get()
    assert (made.exact, made.version) == ("Others have left already.", article.current_version)


@pytest.mark.parametrize(
    "chosen", [{}, {"from_words": "nowhere"}, {"from_words": "left", "to_words": "pray"}]
)
def test_a_choice_that_says_nothing_keeps_what_was_typed(
    alice: User, client_of: ClientOf, chosen: dict[str, str]
) -> None:
    article = make_article()
    sent = {"block": "2", "version": "1", "note": "My own words.", **chosen}

    answer = client_of(alice).post(_url(article), sent)

    assert answer.status_code == 422
    assert "My own words." in answer.text
    assert "errorlist" in answer.text


@pytest.mark.parametrize("block", ["0", "4", "x", "²", "9" * 30])
def test_a_paragraph_that_is_not_there_is_404(alice: User, client_of: ClientOf, block: str) -> None:
    assert client_of(alice).get(_url(make_article()) + f"?block={block}").status_code == 404


def test_without_a_paragraph_the_note_is_on_the_whole_article(
    alice: User, client_of: ClientOf
) -> None:
    article = make_article()
    client = client_of(alice)
    page = client.get(_url(article)).text
    client_id = re.search(r'name="client_id" value="([^"]+)"', page)
    assert client_id is not None

    answer = client.post(_url(article), {"note": "On the whole.", "client_id": client_id[1]})

    assert answer.headers["Location"] == f"/articles/{article.slug}/#n1"
    assert article.annotations.get().start is None


def test_an_empty_note_on_the_whole_article_is_asked_for_again(
    alice: User, client_of: ClientOf
) -> None:
    answer = client_of(alice).post(_url(make_article()), {"note": "  "})

    assert answer.status_code == 422
    assert "Write something first." in answer.text

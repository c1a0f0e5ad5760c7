"""By-lines that are not written in Latin letters, told by the words for "by" of their languages."""

import pytest

from corpus.importing.bylines import names_in_by_line
from corpus.importing.pipeline import read_and_interpret
from corpus.importing.proposal import Proposal

RUSSIAN = "Сегодня утром порт закрыли, и рыбаки ждут на причале с сетями до самого вечера. " * 3
BY_LINES = [
    ("Автор: Иван Петров", ["Иван Петров"]),
    ("Текст: Мария Иванова и Иван Петров", ["Мария Иванова", "Иван Петров"]),
    ("Записала: Анна Ли", ["Анна Ли"]),
    ("Του Γιάννη Παπαδόπουλου", ["Γιάννη Παπαδόπουλου"]),
    ("Γράφει ο Γιάννης Παππάς", ["Γιάννης Παππάς"]),
    ("بقلم: أحمد علي", ["أحمد علي"]),
    ("بقلم أحمد علي", ["أحمد علي"]),
    ("نویسنده: سارا احمدی", ["سارا احمدی"]),
    ("מאת: דוד כהן", ["דוד כהן"]),
    ("लेखक: राम शर्मा", ["राम शर्मा"]),
    ("作者：王小明", ["王小明"]),
    ("本报记者 王小明、李华", ["王小明", "李华"]),
    ("文・山田太郎", ["山田太郎"]),
    ("김철수 기자", ["김철수"]),
]


def read(by_line: str, *, as_page: bool) -> Proposal:
    title = "Порт закрыт"
    text = f"{title}\n\n{by_line}\n\n{RUSSIAN}\n\n{RUSSIAN}\n"
    markup = f"<h1>{title}</h1><p>{by_line}</p><p>{RUSSIAN}</p><p>{RUSSIAN}</p>"
    page = f"<!doctype html><body><article>{markup}</article></body>"
    (article,) = read_and_interpret((page if as_page else text).encode(), "given")
    return article


@pytest.mark.parametrize("as_page", [False, True], ids=["text", "page"])
@pytest.mark.parametrize(("by_line", "names"), BY_LINES)
def test_by_line_of_another_script_is_no_standfirst(
    by_line: str, names: list[str], as_page: bool
) -> None:
    article = read(by_line, as_page=as_page)
    assert article.standfirst.value is None
    assert list(article.authors.value or ()) == names
    assert by_line not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "Порт закрыт до вечера",
        "Текст: порт закрыли сегодня утром, и рыбаки ждут на причале, пока его не откроют снова",
        "Текст: порт закрыли",
        "Του χρόνου όλα θα είναι αλλιώς",
        "كتب كثيرة عن الميناء",
        "记者会上他说，港口今天关闭了。",
        "Author: Jane Smith",
    ],
)
def test_words_that_tell_no_names_are_none(line: str) -> None:
    assert names_in_by_line(line) == ""


@pytest.mark.parametrize(
    ("words", "is_one"), [("渔民们在码头等待重新开放", True), ("王小明", False)]
)
def test_standfirst_of_a_script_that_parts_no_words_has_enough_of_its_signs(
    words: str, is_one: bool
) -> None:
    text = "今天早上港口关闭了，渔民们带着渔网在码头等待，谁也不知道什么时候会重新开放。" * 3
    (article,) = read_and_interpret(f"港口关闭\n\n{words}\n\n{text}\n\n{text}\n".encode(), "given")
    assert (article.standfirst.value == words) is is_one

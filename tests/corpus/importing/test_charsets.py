"""Texts in encodings of other scripts, which nothing names: their bytes tell."""

import pytest

from corpus.importing.pipeline import read_and_interpret

RUSSIAN = (
    "Депутаты ушли из парламента, потому что они не верят больше в победу своей партии. "
    "Никто не знает, кто придёт на их место, и кто будет бороться за эти округа."
)
JAPANESE = (
    "議員たちは党の勝利をもう信じていないので、議会を去った。"
    "誰が彼らの代わりに来るのか、誰も知らない。選挙区のために誰が戦うのだろうか。"
)
GREEK = (
    "Οι βουλευτές έφυγαν από το κοινοβούλιο, γιατί δεν πιστεύουν πια στη νίκη του κόμματος. "
    "Κανείς δεν ξέρει ποιος θα έρθει στη θέση τους."
)
CHINESE = "议员们离开了议会，因为他们不再相信自己的政党会获胜。没有人知道谁会来接替他们的位置。" * 2


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (RUSSIAN, "iso8859_5"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (GREEK, "cp1253"),
        (CHINESE, "gb18030"),
    ],
)
def test_a_text_in_another_script_is_read_and_the_guess_is_said(words: str, encoding: str) -> None:
    (article,) = read_and_interpret(f"{words}\n\n{words}\n".encode(encoding), "dump.txt")
    assert words in article.text
    assert [flag.kind for flag in article.flags].count("encoding_guessed") == 1


@pytest.mark.parametrize(
    "words", ["“Où êtes-vous ?” dit-il, très étonné.", "£5 – £10 – £20", "ÄÖÜ"]
)
def test_latin_letters_stay_windows_1252(words: str) -> None:
    (article,) = read_and_interpret(f"{words} Fünf Wörter.\n".encode("cp1252"), "dump.txt")
    assert words in article.text


def test_a_page_that_names_its_encoding_leaves_nothing_to_guess() -> None:
    page = f"<!DOCTYPE html><meta charset=windows-1252><article><p>Où ? {'Word. ' * 60}</article>"
    (article,) = read_and_interpret(page.encode("cp1252"), "page.html")
    assert "Où ?" in article.text
    assert article.flags == ()

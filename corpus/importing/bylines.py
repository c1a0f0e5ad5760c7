"""By-lines in languages that are not written in Latin letters, known by the words for "by"."""

import re

# A word of a name, with the vowel signs of Indian scripts, which are no letters.
_WORD = r"[^\W\d_][\w\u0900-\u0dff.’'׳״\-]*"
_NAMES = rf"(?P<names>{_WORD}(?:(?:[,،] ?| ?[、，·・] ?| ){_WORD}){{0,7}})"
_CAPITAL = r"[Α-ΩΆΈΉΊΌΎΏ][\w.’'\-]*"
_GREEK = rf"(?P<names>{_CAPITAL}(?: (?:και )?{_CAPITAL}){{0,5}})"
_LONGEST = 80
_FORMS = tuple(
    re.compile(form)
    for form in (
        # Cyrillic
        rf"(?i:автор(?:ы|и|ка)?(?: статьи| статті)?|текст|журналист|корреспондент)\s*:\s*{_NAMES}",
        rf"(?i:записала?|беседовала?|подготовила?|підготува(?:в|ла))\s*:\s*{_NAMES}",
        # Greek
        rf"(?:Του|Της|Των)\s*:?\s+{_GREEK}",
        rf"(?i:συντάκτης|συντάκτρια|κείμενο|γράφει (?:ο|η))\s*:?\s+{_GREEK}",
        # Arabic and Persian
        rf"(?:بقلم|به قلم)\s*[:：]?\s*{_NAMES}",
        rf"(?:كتبت?|إعداد|الكاتبة?|نویسنده|گزارش)\s*[:：]\s*{_NAMES}",
        # Hebrew
        rf"מאת\s*:?\s*{_NAMES}",
        rf"(?:כתבה?|הכותבת?)\s*:\s*{_NAMES}",
        # Devanagari
        rf"(?:लेखक|लेखिका|रिपोर्ट|रिपोर्टर)\s*[:：]\s*{_NAMES}",
        # Chinese and Japanese
        rf"(?:作者|撰文|撰稿|執筆|筆者|取材・文|文)\s*[:：/／|｜=＝・]\s*{_NAMES}",
        rf"(?:本报|本報|特约|特約)?(?:记者|記者)\s*[:：]?\s*{_NAMES}",
        # Korean
        rf"(?:글쓴이|글)\s*[:：·]\s*{_NAMES}",
        r"(?P<names>[가-힣]{2,4}(?:[,·] ?[가-힣]{2,4}){0,3}) ?(?:선임|수석)?(?:기자|특파원)",
    )
)
_AND = re.compile(r" и | та | і | και | و |[،、，·・]")


def names_in_by_line(line: str) -> str:
    """Return the names that a by-line of another script tells, parted by commas, "" for none."""
    if len(line) > _LONGEST or line.isascii():
        return ""
    matches = (form.fullmatch(line) for form in _FORMS)
    found = next((match["names"] for match in matches if match is not None), "")
    # Names begin with capitals where there are any.
    if found[:1].islower():
        return ""
    return re.sub(r"\s*,\s*", ", ", _AND.sub(",", found)).strip(" ,")

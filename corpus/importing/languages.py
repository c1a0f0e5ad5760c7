"""Languages as sources name them, brought to one code each ("en", "zh-Hant").

The codes of two letters are those of ISO 639-1; of three letters (ISO 639-2 and 639-3) those that
have a short one, and some that have none. Names are those in English and the language's own.
"""

import re

_SHORT = """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da
de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy
hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg
li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or
os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta
te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""
_LONG = """
ast ceb chr ckb csb dsb fil frr fur gsw haw hmn hsb ilo jbo kab kmr lad lij lmo mai min nds
nap pap pcm pms rom sat scn sco shn sma srn syr szl tet tok tpi vec yue zgh
"""
_ALONE = frozenset((_SHORT + _LONG).split())
_OLD = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr", "jp": "ja", "cn": "zh"}
# Codes of three letters and names, behind the short code.
_NAMES = """
af afr afrikaans|ar ara arabic|bg bul bulgarian|bn ben bengali|bs bos bosnian
ca cat catalan català|cs ces cze czech čeština|cy cym wel welsh cymraeg|da dan danish dansk
de deu ger german deutsch|el ell gre greek ελληνικά|en eng english|eo epo esperanto
es spa spanish español castellano|et est estonian eesti|eu eus baq basque euskara
fa fas per persian farsi|fi fin finnish suomi|fr fra fre french français francais|fy fry frisian
ga gle irish gaeilge|gd gla gaelic gàidhlig|gl glg galician galego|gu guj gujarati|ha hau hausa
he heb hebrew|hi hin hindi|hr hrv croatian hrvatski|hu hun hungarian magyar|hy hye arm armenian
id ind indonesian|ig ibo igbo|is isl ice icelandic íslenska|it ita italian italiano
ja jpn japanese|ka kat geo georgian|kk kaz kazakh|km khm khmer|kn kan kannada|ko kor korean
ku kur kurdish|la lat latin|lb ltz luxembourgish|lo lao|lt lit lithuanian lietuvių
lv lav latvian latviešu|mk mkd mac macedonian|ml mal malayalam|mn mon mongolian|mr mar marathi
ms msa may malay|mt mlt maltese|my mya bur burmese|nb nob|ne nep nepali
nl nld dut dutch nederlands|nn nno|no nor norwegian norsk|oc oci occitan|pa pan punjabi
pl pol polish polski|ps pus pashto|pt por portuguese português portugues
ro ron rum romanian română|ru rus russian русский|sa san sanskrit|sd snd sindhi|si sin sinhala
sk slk slo slovak slovenčina|sl slv slovenian slovenščina|so som somali|sq sqi alb albanian shqip
sr srp serbian|sv swe swedish svenska|sw swa swahili|ta tam tamil|te tel telugu|th tha thai
tl tgl tagalog|tr tur turkish türkçe|uk ukr ukrainian українська|ur urd urdu|uz uzb uzbek
vi vie vietnamese|xh xho xhosa|yi yid yiddish|yo yor yoruba|zh zho chi chinese mandarin 中文
zu zul zulu|ckb sorani|fil filipino|yue cantonese
"""
_CODES = {
    name: code
    for entry in _NAMES.replace("\n", "|").split("|")
    if entry
    for code, *names in [entry.split()]
    for name in names
}
_NONE = "und mul zxx mis unknown none null nan other n/a c posix x-default"
_PART = re.compile(r"[^\W_]+")
_SCRIPT_LETTERS = 4


def language_code(words: str) -> str:
    """Return the code of the language that `words` name ("en_GB", "deu", "Deutsch"), "" for none.

    Regions are left out; the script is kept where it is named. Of several the first counts.
    """
    first = re.split(r"[,;/|]", words.strip().lower(), maxsplit=1)[0]
    parts = _PART.findall(first)
    if not parts:
        return ""
    name = parts[0]
    code = _OLD.get(name) or _CODES.get(name) or (name if name in _ALONE else "")
    is_script = len(parts) > 1 and len(parts[1]) == _SCRIPT_LETTERS and parts[1].isalpha()
    return f"{code}-{parts[1].title()}" if code and is_script else code


def names_none(words: str) -> bool:
    """Say whether `words` say themselves that no language is told."""
    return words.strip().lower() in _NONE.split()

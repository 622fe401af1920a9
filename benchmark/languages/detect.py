"""Which language a text is written in, by script and function words.

Nothing is a foreign text unless foreign function words outnumber English ones, so that English text stays English.
"""

import re
from collections.abc import Sequence

from askfirst.benchmark.languages.chinese import CHINESE
from askfirst.benchmark.languages.german import GERMAN
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.spanish import SPANISH
from askfirst.benchmark.vocabulary import word_set

LANGUAGES = (GERMAN, SPANISH, CHINESE)

_ENGLISH = word_set("""
    the of is are was were how many much what when where which who whose why do does did you your please and for with
    from that this these those it its i my me we our he his she her they their them a an to on at by be been has have
    had can could would should will may need know tell give there about or if whether per each long more any other
    not no so as but just cost price number time day me in
""")
_WEAK = {
    GERMAN.code: word_set("so die in an am was will war hat man falls also art name den"),
    SPANISH.code: word_set("no a me he son sin once dos o e era mi tu como la de en un se hay dime les nos y"),
}
"""Function words that are written like English words: they count only beside others."""
_TELLING_TOGETHER = word_set("die was hat war den man")
"""Two of these make a text German that holds no English function word."""
_MARKERS = {one.code: one.markers - _ENGLISH - _WEAK[one.code] for one in (GERMAN, SPANISH)}
_ANY_MARKER = _TELLING_TOGETHER.union(*_MARKERS.values())
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]+")
_GERMAN_LETTERS = re.compile("[äöüß]")
_SPANISH_LETTERS = re.compile("[¿¡ñáéíóú]")
_LEAST_HAN = 2
_MOST_CHARACTERS = 4000
"""How much of a text is looked at."""


def language_of(text: str) -> Language | None:
    """Return the language of a text, None for English and where nothing tells."""
    if text.isascii() and _ANY_MARKER.isdisjoint(text.lower().replace("?", " ").replace(",", " ").split()):
        return None
    return _language_of(text[:_MOST_CHARACTERS].lower())


def says_english(text: str) -> bool:
    """Say whether a text holds an English function word."""
    return not _ENGLISH.isdisjoint(_WORD.findall(text.lower()))


def language_of_all(texts: Sequence[str]) -> Language | None:
    """Return the language that most of several lower-case texts together are written in; None for English."""
    if all(text.isascii() and _ANY_MARKER.isdisjoint(text.split()) for text in texts):
        return None
    return _language_of("\n".join(texts)[:_MOST_CHARACTERS])


def _language_of(lower: str) -> Language | None:
    words = _WORD.findall(lower)
    english = sum(word in _ENGLISH for word in words)
    han = 0 if lower.isascii() else len(_HAN.findall(lower))
    if han >= _LEAST_HAN and han > 2 * english and not _KANA.search(lower):
        return CHINESE
    german = sum(word in _MARKERS["de"] for word in words)
    spanish = sum(word in _MARKERS["es"] for word in words)
    if not any(word in _ENGLISH and word not in _TELLING_TOGETHER for word in words):
        # nothing English but what may be German, too ("Was macht die Nadel?")
        german += sum(word in _TELLING_TOGETHER for word in words) // 2
        english = 0 if german else english
    if not lower.isascii():
        german += len(_GERMAN_LETTERS.findall(lower[:400])) if german or (len(words) > 2 and not english) else 0
        spanish += len(_SPANISH_LETTERS.findall(lower[:400])) if spanish or "¿" in lower else 0
    if german and german >= spanish:
        best, language = german + sum(word in _WEAK["de"] for word in words), GERMAN
    elif spanish:
        best, language = spanish + sum(word in _WEAK["es"] for word in words), SPANISH
    else:
        return None
    return language if best > english else None

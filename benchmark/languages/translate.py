"""Questions in other languages, turned into English words that the matcher knows.

What comes out is no grammar: it is what the matcher compares, question words first. Where a word can mean several
things, the problem at hand decides: the meaning that it speaks of is taken.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

from askfirst.benchmark.content import content_words
from askfirst.benchmark.languages.language import Language
from askfirst.benchmark.languages.lexicon import words_in
from askfirst.benchmark.languages.meanings import Knows, Role, Unit, choose, mean_word, with_particles
from askfirst.benchmark.languages.segments import cut_words
from askfirst.benchmark.vocabulary import word_set

MAX_CHARACTERS = 2000
"""Where reading stops."""
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*|\d+(?:[.,:/-]\d+)*|[^\w\s]")
_BREAKS = frozenset(",;?!/:&.()\u3001")
_JOINTS = frozenset(("and", "or"))
_QUESTION_WORDS = word_set("how what which who whose when where why whether to from")
_ASKS = re.compile(r"(?:how|what|which|who|whose|when|where|why|to where|from where)\b")
_AUXILIARIES = word_set("is are was were be has can could should must will may want")
_GLUE = word_set("the a of in on at for with per to from by i you we it he me us please also that if not so about")
_REQUESTS = word_set(
    "tell provide specify confirm describe explain know give clarify indicate share need would like please me i"
)
_ABSTRACT = word_set("""
    price cost fee charge amount number quantity temperature percentage percent share rate rent wage salary discount
    budget distance speed sum deposit fare tax bill income revenue profit expense interest total tip fine limit weight
    pressure volume value level humidity voltage age allowance savings spending debt loan bonus prize refund donation
    payout contribution fund threshold score frequency consumption demand use yield margin power expenses probability
    pay earnings costs price
""")
_PLACES = word_set("city town place airport station country port harbour harbor village location")
_INFORMATION = word_set("information details data fact facts numbers context")
_LONGEST_EXPRESSION = 6


def to_english(text: str, language: Language, knows: Knows, names: Collection[str] = ()) -> str:
    """Return a question's English words, pieces of a compound question still set apart.

    Args:
        text: The question; what comes after `MAX_CHARACTERS` characters is not read.
        language: What it is written in.
        knows: Chooses between meanings.
        names: People of the problem, in lower case, whose names stay as they are.
    """
    text = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).replace("\u3002", ".")
    text = language.asking.purpose.sub(" ", text)
    said: list[str] = []
    for clause, end in _clauses(text, language):
        units = _translate(clause, language, knows, names)
        if words := _arrange(units, knows, said_yes=end == "?"):
            said.append(words)
        if said and end and said[-1] not in (",", "and", "or"):
            said.append("and" if end == "and" else "or" if end == "or" else ",")
    while said and said[-1] in (",", "and", "or"):
        said.pop()
    return _with_quantity(" ".join(said))


def _with_quantity(english: str) -> str:
    """Ask for more information where there is nothing but information to ask for ("give me details")."""
    asks = not _INFORMATION.isdisjoint(english.split()) and not content_words(english)
    return f"more {english}" if asks and english.partition(" ")[0] not in _QUESTION_WORDS else english


def in_general_english(text: str, language: Language) -> str:
    """Return a text's English words by their usual meanings, for no problem in particular."""
    return to_english(text, language, lambda word: 0.0)


def _clauses(text: str, language: Language) -> list[tuple[list[str], str]]:
    """Cut a text into clauses, each with what ended it: a sign, "and", "or", or nothing."""
    clauses: list[tuple[list[str], str]] = []
    clause: list[str] = []
    for token in _tokens(text, language):
        joint = language.grammar.get((token.lower(),), "") if len(token) < 8 else ""
        if token in _BREAKS or joint in _JOINTS:
            clauses.append((clause, joint if joint in _JOINTS else token))
            clause = []
        elif token.isalnum() or len(token) > 1 or token in "%$€£":
            clause.append(token)
    clauses.append((clause, ""))
    return [pair for pair in clauses if pair[0] or pair[1]]


def _tokens(text: str, language: Language) -> list[str]:
    tokens = _TOKEN.findall(text)
    if language.code == "zh":
        return [word for token in tokens for word in (cut_words(token, language) if token[0].isalpha() else [token])]
    return tokens


def _translate(words: Sequence[str], language: Language, knows: Knows, names: Collection[str]) -> list[Unit]:
    words = with_particles(words, language) if language.code == "de" else words
    written, words = words, [word.lower() for word in words]
    units: list[Unit] = []
    place = 0
    while place < len(words):
        length, unit = _expression(words, place, language, knows)
        if length == 0:
            length, unit = 1, mean_word(written[place], language, knows, names)
        if unit.text:
            units.append(unit)
        place += length
    return units


def _expression(words: Sequence[str], place: int, language: Language, knows: Knows) -> tuple[int, Unit]:
    """Return how many words from a place on are one expression and what it means; 0 words where there is none."""
    for length in range(min(_LONGEST_EXPRESSION, len(words) - place), 0, -1):
        part = tuple(words[place : place + length])
        if (english := language.grammar.get(part)) is not None:
            return length, Unit(english, _role_of(english))
        if part in words_in(language.code).expressions:
            entry = words_in(language.code).exact[" ".join(part)]
            return length, choose(entry, knows)
    return 0, Unit("", "glue")


def _role_of(english: str) -> Role:
    first = english.partition(" ")[0]
    if _ASKS.match(english) or first == "whether":
        return "question"
    if first in _AUXILIARIES:
        return "auxiliary"
    return "glue" if all(word in _GLUE for word in english.split()) or first in _REQUESTS else "word"


def _arrange(units: Sequence[Unit], knows: Knows, *, said_yes: bool) -> str:
    """Put the question word first with what it asks for, and set verbs apart from it."""
    asking = next(
        (place for place, unit in enumerate(units) if unit.role == "question" and unit.text != "whether"), None
    )
    units = [unit for unit in units if unit.text != "whether" or asking is None]
    if asking is None:
        return _without_question(units, said_yes=said_yes)
    asking = next(place for place, unit in enumerate(units) if unit.role == "question")
    before, question, after = units[:asking], units[asking], units[asking + 1 :]
    before = [unit for unit in before if not _REQUESTS.issuperset(unit.text.split())]
    if question.text == "how many" and not any(unit.role == "word" for unit in after[:1]) and before:
        question = Unit("how much", "question")
    if all(unit.role == "glue" for unit in before):
        return _spell([question, *after], units, knows)
    end = next(
        (place for place, unit in enumerate(after) if unit.role in ("verb", "auxiliary", "question")), len(after)
    )
    return _spell([question, *after[:end], Unit("do", "auxiliary"), *before, *after[end:]], units, knows)


def _without_question(units: list[Unit], *, said_yes: bool) -> str:
    whether = any(unit.text == "whether" for unit in units)
    requests = any(word in _REQUESTS for unit in units for word in unit.text.split())
    plain = [unit for unit in units if unit.text != "whether"]
    if whether and not requests:
        plain.insert(0, Unit("is", "auxiliary"))
    elif plain and plain[0].role == "verb" and said_yes:
        plain.insert(0, Unit("do", "auxiliary"))
    return " ".join(unit.text for unit in plain)


def _spell(ordered: Sequence[Unit], units: Sequence[Unit], knows: Knows) -> str:
    said: list[str] = []
    for unit in ordered:
        if unit.role == "verb" and said and said[-1] not in _AUXILIARIES | {"do"}:
            said.append("do")
        said.append(_asked_here(unit.text, units, knows) if unit.role == "question" else unit.text)
    return " ".join(said)


def _asked_here(text: str, units: Sequence[Unit], knows: Knows) -> str:
    """Return what a question word that can ask for several things asks for in this clause and problem."""
    if text in ("how high", "how big"):
        if any(word in _ABSTRACT for unit in units for word in unit.text.split()):
            return "what"
        if text == "how big":
            return "how old" if knows("age") and not knows("size") else text
        return text
    if text == "when until":
        return text if knows("until") else "when deadline"
    if text.startswith(("from ", "to ")):
        travels = text.endswith("where") or any(word in _PLACES for unit in units for word in unit.text.split())
        return text if travels and (knows("origin") or knows("destination")) else text.partition(" ")[2]
    return text

"""The words that name facts in requests, and those that name nothing in particular."""

FACT = (
    r"(?:number|price|cost|amount|weight|length|rate|speed|time|date|name|age|size|distance|total|percentage|quantity"
    r"|duration|capacity|budget|type|model|colou?r|destination|city|day|location|address|email|discount|width|height"
    r"|temperature|symptom|setting|status|mode|fee|wage|salary|income|value|count|departure|arrival|check-?in"
    r"|check-?out"
    r"|topic|title|subject|message|pressure|level|version|code|noise|light|lamp)"
)
"""Nouns that name a fact, so that "the date and the number of guests" are two requests."""

IMPLIED_FACTS = {
    "how much": ("price", "cost", "amount"),
    "how many": ("number",),
    "how fast": ("speed", "rate"),
    "how long": ("duration", "time", "length"),
    "how old": ("age",),
    "how far": ("distance",),
    "how heavy": ("weight",),
    "when": ("date", "time", "day"),
    "weigh": ("weight",),
    "cost": ("price",),
    "why": ("reason",),
    "who ": ("name",),
    "where": ("location", "place", "destination", "city"),
}
"""Facts that a question word already asks for."""

AMOUNTS = frozenset(("number", "amount", "quantity", "count", "total", "value", "valu"))
"""Nouns that ask for the same: how much or how many."""
VAGUE_WORDS = frozenset(
    (
        "averag", "average", "begin", "start", "initial", "current", "currently", "actual", "original", "s", "x", "per",
        "initially", "originally", "figur", "amounts", "specified", "mention", "actually", "exactly",
    )
)  # fmt: skip
"""Words that make no other fact of a repeated one."""

_FUNCTION_WORDS = (
    "a an the of to for in on at by with from and or but so is are was were be been being am do does did has "
    "have had i you he she it we they me him her us them my your his its our their this that these those there "
    "here please can could would will may might should shall must what how when where who why which whether if "
    "much many long as such than then about into up out not no just only also still again based because since "
    "now however unfortunately"
)
_REQUEST_WORDS = (
    "need needed needs require requires required know knowing known tell give gives provide provided provides "
    "share specify clarify confirm let state supply some any more additional further other another extra "
    "information info details detail data context clarification specifics specifically specific missing "
    "following below above necessary relevant question questions asked problem one two bit little "
    "few at least get like want help exact precise exactly able answer accurate accurately determine "
    "calculate solve find figure numbers number given situation scenario facts fact complete full step correct "
    "properly critical crucial important certain every each all both related once something anything "
    "everything last final input inputs urgently concrete hint thing things average direct numerical numeric yes "
    "story rest statement remainder clarity background particulars piece pieces clue clues"
)
REQUEST_WORDS = frozenset(f"{_FUNCTION_WORDS} {_REQUEST_WORDS}".split())
"""Words that name nothing in particular in a request."""

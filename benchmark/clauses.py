"""The clauses of a message that ask, for the question matcher: courtesies, reasons and plans are left out.

The reader cuts a message into atomic questions already; what it leaves whole (a polite frame around one question, a
list in one line) is cut here, so that the frame's words count neither for nor against a fragment.
"""

import re

MOST_CLAUSES = 24
"""How many clauses of a message are matched at most."""

LONGEST_ANNOUNCEMENT = 160
"""How many characters before a colon are looked at for what announces a question."""

_LINE = re.compile(r"[^\S\n]*\n\s*")
_ITEM = re.compile(r"^\s*(?:[-•*\u2013+]|\(?\d{1,2}[.)]|\(?[a-h][.)])\s+(?=\S)")
_INLINE_ITEM = re.compile(r"(?:(?<=\s)|^)\(?(?:\d|[a-h]|i{1,3}v?)\)\s+")
_SENTENCE = re.compile(r"(?<=[.?!])[\"')\]*_]*\s+(?=[\"'(*_]*[^\W_])")
_ABBREVIATION = re.compile(r"\b(?:e\.g|i\.e|etc|approx|vs|no|mr|mrs|ms|dr|st)\.$", re.IGNORECASE)

_KNOWING = r"(?:know|learn|hear|understand|see|have|get|check|ask|clarify|confirm|be told|find out)"
_WANTING = (
    r"(?:like|need|want|love|have|wanted|good|nice|great|useful|helpful|handy|help|helps|important|glad|happy|grateful"
    r"|keen|curious|essential|necessary)"
)
_TELLING = (
    r"(?:provide|providing|specify|specifying|clarify|clarifying|confirm|confirming|share|sharing|supply|state|stating"
    r"|indicate|name|give|giving|list|describe|explain|add|check|say|saying|tell|note)"
)
_REQUEST = re.compile(
    r"\b(?:"
    r"(?:tell|telling|told|inform|informing|remind|reminding|give|giving|gave|send|sending|show|showing) (?:me|us)"
    r"|let(?:ting)? (?:me|us) know"
    r"|(?:(?:might|may|can|could) i|to|i'd like to|i (?:want|need) to)(?: \w+)?(?: ask| know)(?: you)?"
    rf"|(?<!you'd )(?<!you )(?<!they ){_WANTING}(?: \w+)? to {_KNOWING}(?: from you| about)?"
    r"|(?:i|we)(?:'d| would|'ll| will)?(?: \w+)? (?:need|require)"
    r"|(?:i|we)(?:'m| am|'re| are)(?: \w+)? (?:missing|lacking|wondering|(?:unsure|not sure)(?: about| of)?)"
    r"|(?:please|kindly|(?:could|can|would|will) you(?: please| kindly| perhaps| possibly| just| also| maybe)*|mind)"
    rf"(?: also| just)? {_TELLING}"
    r")\b(?: me| us)?(?: with)?(?: please| exactly| precisely| quickly| once more| again| roughly| also)*[,:]?(?= )",
    re.IGNORECASE,
)
_FRAME_ASIDE = re.compile(
    r",? ?\b(?:please|if you (?:don't|do not|wouldn't) mind|if (?:you have|there is|it's|it is|that's|that is|you know"
    r"|you can|you could|possible|i may|you please|you would|you'd be so kind)[^,:;?]*?"
    r"|when(?:ever)? (?:it suits you|you have a moment|you get a chance|you can)|thank(?:s| you)[^,;?]*"
    r"|at your (?:convenience|earliest convenience)|by the way|to be sure"
    r"|just to (?:be (?:clear|sure|safe)|confirm|clarify|double-check))(?=[,:;.?!]|$)",
    re.IGNORECASE,
)
_ASIDE_HINTS = ("please", "if ", "when", "thank", "convenience", "by the way", "to be sure", "just to ")
_OTHER_OPTIONS = re.compile(
    r",? or (?:something|anything|someone|somewhere|some|any)(?: \w+)? ?(?:else|other \w+)?(?=\?|$)", re.IGNORECASE
)
_ASKS = re.compile(
    r"\?|\b(?:please|tell me|let me know|need|require|missing|wonder(?:ing)?|curious|clarify|specify|confirm|provide"
    r"|share|would help|like to know|want to know|unsure|not sure|unclear|haven't (?:said|told|mentioned)"
    r"|(?:don't|do not) know|told me|give me|supply|indicate|which|how many|how much|still to come)\b",
    re.IGNORECASE,
)
_ASKS_NOTHING = re.compile(
    r"^(?:please (?:take|feel|bear|forgive|excuse|note|do not|don't|rest)|i'm (?:sorry|glad|happy|sure|grateful)\b"
    r"|glad to|happy to|thank)\b(?!.*(?:\?|\bbut\b|\btell me\b|\bknow\b))",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:\W*(?:and|but|so|also|then|sure|okay|ok|great|right|well|now|hi|hello)\b)*\W*(?:what|which|who|whose|how)\b",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:questions?|things?|points?|ask|check|know|need|clarify|details?|one|more)\b[^:]{0,80}$", re.IGNORECASE
)
_LEADING_REASON = re.compile(
    r"^(?:(?:so|and|but|now|then|well|okay|ok|sure|right|also|next|first|finally|lastly|great|hi|hello)[,:]? )*"
    r"(?:(?:in order )?to \w+|before \w+|so(?: that)? (?:i|we)|once (?:i|we)|for (?:the|my|our|this|a|your) \w+|"
    r"as (?:i|we|for)|since (?:i|we)|because (?:i|we)|when (?:i|we)|while (?:i|we)|if (?:i|we|it|you)|should you|"
    r"with (?:that|this)|given (?:that|this)|assuming|just)\b[^,:?]*[,:] "
    r"(?=(?:and |then |please |kindly |just |also )*(?:could|can|would|will|may|might|please|what|which|who|whom|whose|"
    r"where|when|how|is|are|do|does|did|was|were|has|have|should|i|i'd|i'll|we|we'd|tell|let|give|specify|it|the|a|number|at|in|"
    r"on|from|by|for|to)\b)",
    re.IGNORECASE,
)


def asking_clauses(message: str) -> list[str]:
    """Return the clauses of a message that ask for something, in order and without their frames.

    A message of which nothing seems to ask is one clause as it stands, since noun phrases ask too ("ticket price").
    """
    text = message.strip()
    if "\n" not in text and not _SENTENCE.search(text) and not _INLINE_ITEM.search(text):
        return [unframed(text)]
    found: list[str] = []
    items: list[str] = []
    for line in _lines(text):
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line))
        else:
            found.extend(_sentences(line))
    asking = [text for text, before in zip(found, ["", *found], strict=False) for text in _asking(text, before)]
    if items:
        asking = [sentence for sentence in asking if not sentence.rstrip().endswith((":", "these?", "following?"))]
    kept = [*asking, *items] or found
    return list(dict.fromkeys(clause for each in kept[:MOST_CLAUSES] if (clause := unframed(each))))


def _asking(sentence: str, before: str) -> list[str]:
    """Return a sentence that asks, with the one before it where it says nothing itself ("What then?")."""
    if not _ASKS.search(sentence) or _ASKS_NOTHING.search(sentence):
        return []
    alone = len(sentence.split()) > 2 or not before or _ASKS.search(before)
    return [sentence if alone else f"{before} {sentence}"]


def _lines(text: str) -> list[str]:
    lines = _LINE.split(text)
    whole: list[str] = []
    for line in lines:
        parts = [part for part in _INLINE_ITEM.split(line) if part.strip()]
        if len(parts) > 1 and len(_INLINE_ITEM.findall(line)) > 1:
            head = [] if _INLINE_ITEM.match(line) else [parts.pop(0)]
            whole.extend([*head, *(f"- {part.strip(' ,;')}" for part in parts)])
        else:
            whole.append(line)
    return whole


def _sentences(line: str) -> list[str]:
    sentences: list[str] = []
    for part in _SENTENCE.split(line):
        if sentences and _ABBREVIATION.search(sentences[-1]):
            sentences[-1] += " " + part
        else:
            sentences.append(part)
    return sentences


def unframed(sentence: str) -> str:
    """Return a sentence without the polite frame and the reason around what it asks for."""
    text = _LEADING_REASON.sub("", _OTHER_OPTIONS.sub("", sentence.strip()) if " or " in sentence else sentence.strip())
    lower = text.lower()
    if any(hint in lower for hint in _ASIDE_HINTS):
        bare = _FRAME_ASIDE.sub("", text)
        text = bare if any(map(str.isalnum, bare)) else text
    core = text
    if _WH.match(text):
        return _after_colon(text).strip(" ,;:")
    for request in _REQUEST.finditer(text):
        rest = text[request.end() :]
        if len(rest.split()) > 1 or (rest.strip(" ?.!") and not text[: request.start()].strip()):
            core = rest
    return _after_colon(core).strip(" ,;:")


def _after_colon(text: str) -> str:
    """Return what comes after a colon where what comes before only announces it."""
    before, colon, after = text.partition(": ")
    announces = bool(colon) and _ANNOUNCES.search(before[-LONGEST_ANNOUNCEMENT:]) is not None
    return after if announces and len(after.split()) > 1 else text

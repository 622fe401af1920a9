"""By what a reply shows that its writer does not speak as the user: markup, talk about itself, service phrases."""

import re
from collections.abc import Iterator

from askfirst.benchmark.reply_scene import Fault, Scene

MOST_WORDS = 3.0
"""How many times as many words as its plan a reply may have, beside `MORE_WORDS`."""
MORE_WORDS = 24

_MARKUP = re.compile(
    r"[{}\[\]<>|`#_\\~]|\*[^*\n]+\*|^\s*[-*\u2022]\s|\n|^\s*(?:[0-9]+[.)]|step [0-9])\s|-{3,}|={2,}|\+{3,}"
    r"|!{3,}|[\u0000-\u001f\u200b-\u200f\u202a-\u202e\u2066-\u2069]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|[\n.!?] ?)\s*(?:user|assistant|human|system|reply|response|note|thought|answer|title|output|caption|ai|bot)"
    r"\s?:|\b(?:ANSWER|NOTE|REPLY|END)\s?:|\(note\b",
    re.IGNORECASE,
)
_ABOUT_ITSELF = (
    r"as an? (?:ai|assistant|language model|simulat\w+|llm|model|chatbot|virtual|bot)",
    r"(?:i am|i'm|am) (?:just |only |merely )?(?:an? )?(?:ai|assistant|model|bot|simulat\w+|virtual|playing)",
    r"not able to run|language models?|chat ?gpt|gpt|llm|virtual (?:user|assistant)|(?:simulated|human) user",
    r"as the user|the user|the assistant|play(?:ing)? the|role-?play\w*|stay(?:ing)? in character|evaluat\w+",
    r"end of (?:reply|user|turn|message|(?:the )?simulation)|system prompt|(?:my|the|your) prompt",
    r"(?:my|the|these|your) (?:instructions?|rules|system|guidelines?|protocol|programming|context|developer)",
    r"according to the plan|the plan|fragments?|json|pwned|developer mode|debug|jailbreak|password|mode enabled",
    r"(?:hidden|remaining|revealed|undisclosed) (?:facts?|variables?|tests?|information|wish(?:es)?|details?)",
    r"(?:is|are|stay|remains?) hidden|disclos\w+|reveal\w*|withh[eo]ld\w*|forbid\w*|permit\w*",
    r"(?:not|never|only) (?:allowed|permitted|supposed)|i (?:was|am|'m) told (?:to|not)|i was given",
    r"(?:should|must|may|can) not say (?:any ?thing )?more|instructions? (?:ignored|received|followed)",
    r"let's think step by step|step by step|in this conversation|(?:have not|haven't) told you|correct reply",
    r"protocol requires|task complete",
)
_OF_SERVICE = (
    r"how (?:can|may) i (?:help|assist)|(?:can|may) i (?:help|assist)|assist you|let me know if|feel free to",
    r"(?:happy|glad) to (?:help|assist)|anything else i can|hope (?:this|that|it) helps|here to (?:help|assist)",
    r"(?:here is|here's|here are) (?:the|a|your|an|everything|some|all)|any other questions|i will now write",
    r"as requested|i recommend|always here|signed and sealed|in your next message|for you, enjoy",
    r"(?:full|complete) (?:file|context|list)|i (?:can't|cannot) (?:answer|share|reveal|list|say)",
    r"i won't (?:print|tell|list|say|reveal)",
)
_ITSELF = re.compile(rf"\b(?:{'|'.join(_ABOUT_ITSELF)})\b", re.IGNORECASE)
_SERVICE = re.compile(rf"\b(?:{'|'.join(_OF_SERVICE)})\b", re.IGNORECASE)
_SHOUTED = re.compile(r"\b[A-Z]{3,} ?[=:]|\b[A-Z]{4,}\b")
_WORD = re.compile(r"\w+")


def find_role_breaks(text: str, scene: Scene) -> Iterator[Fault]:
    """Yield what shows that a reply is not the user's; nothing that the plan itself says does."""
    for name, pattern in (
        ("markup", _MARKUP),
        ("a speaker's label", _LABEL),
        ("talk about its role or what it was given", _ITSELF),
        ("the phrases of an assistant", _SERVICE),
        ("shouted words", _SHOUTED),
    ):
        said = scene.text + " " + scene.problem.goal
        match = next((one for one in pattern.finditer(text) if one[0].strip().lower() not in said.lower()), None)
        if match is not None:
            yield Fault("role_break", f"{name}: {match[0].strip()[:40]!r}")
    words, most = len(_WORD.findall(text)), MOST_WORDS * len(_WORD.findall(scene.text)) + MORE_WORDS
    if words > most:
        yield Fault("role_break", f"{words} words; expected at most {most:.0f}")

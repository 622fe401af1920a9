"""The words by which a message asks, offers, or repeats the user's question: patterns over lower-case sentences."""

import re
from collections.abc import Set

ASKING_VERB = (
    r"(?:provide|tell|give|share|specify|clarify|confirm|let (?:me|us) know|state|supply|describe|explain|remind"
    r"|inform"
    r"|send|include|elaborate|indicate|list|check|fill (?:me|us) in)"
)
_STILL = r"(?: still| also| just| only| really| first| urgently| then| now| further| at least| definitely)*"
_LEARN = r"(?:know|see|learn|understand|be told|hear|have|get|be given|clarify|confirm|ask)"
_NOT_AN_ACT = rf"(?! to (?!{_LEARN}\b))(?! [$€£]?[0-9])"
"""After "need": "need to add" and "need 5 eggs" are steps of a solution, "need to know" and "need the price" ask."""


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


DEMAND = _any_of(
    rf"\b(?:can|could|would|will|may|might) (?:you|u|i)(?: please| kindly| also| perhaps| just| first"
    rf"| then)* (?:{ASKING_VERB}\b"
    r"|(?:know|ask|have|get) (?:the|how|what|which|when|where|who|your|more|some|for|about)\b|mind )",
    rf"\b(?:please|kindly)(?: also| just| first| then| go ahead and)* (?:{ASKING_VERB}|choose|select|pick)\b",
    rf"^(?:(?:so|now|just|also|first|then|and|but),? )*{ASKING_VERB} "
    r"(?:me|us|the|how|what|which|when|where|whether|your|a|an|more)\b",
    rf"\bi(?:'d| would| will|'ll| do| am going to| must)?{_STILL} (?:need|require)\b{_NOT_AN_ACT}",
    rf"\bi(?:'d| would){_STILL} (?:like|love|want) (?:to {_LEARN}|more|some)\b",
    rf"\bi{_STILL} (?:want|have|wanted) to (?:know|ask)\b",
    rf"\bwe(?:'d| would|'ll| will)? (?:still|also|just) (?:need|require)\b{_NOT_AN_ACT}",
    r"\b(?:we|you)(?:'d| would|'ll| will)? need (?:a (?:bit|little) )?(?:some )?(?:more|additional|further)"
    r"(?: [a-z]+)? (?:information|details?|data|context|facts)\b",
    r"\bwe(?:'d| would|'ll| will)? need (?:a (?:bit|little) )?(?:some )?(?:more|additional|further)\b",
    r"\bwe (?:would|'d) need (?:to know|the|a|an|at least)\b",
    rf"\byou(?:'ll| will| would|'d)?{_STILL} (?:need|have|must|should|ought) (?:to )?{ASKING_VERB}\b",
    r"\bit (?:would|will|might) (?:help|be (?:helpful|useful|good|great|nice)) (?:me )?(?:to know|to have|if you)\b",
    rf"\bi(?:'m| am){_STILL} (?:wondering|curious|missing|lacking|waiting for)\b",
    rf"\bi(?:'m| am){_STILL} (?:unsure|not sure) (?:about|how|what|which|when|where|whether|if)\b(?! to\b)",
    rf"\bwe(?:'re| are){_STILL} missing\b",
    r"\bmay i (?:know|ask|have)\b",
    r"\bnecesito (?:saber|conocer)\b",
    r"\bich (?:brauche|muss wissen|müsste wissen|benötige)\b",
    r"\bbitte (?:nenn|sag|gib|teil)\w*",
)

LACK = _any_of(
    r"\bi(?: still| also| currently)? (?:do not|don't|didn't|did not)(?: yet| currently)? (?:know|see|have)\b",
    r"\byou (?:haven't|have not|didn't|did not|never)(?: yet| actually)? (?:said|say|told|tell|mention|provid|specif"
    r"|given?|state|include)\w*",
    r"\bwe (?:still (?:do not|don't) know|(?:do not|don't) (?:yet )?know yet)\b",
    r"\bwe (?:need|must|have) to know\b",
    r"\b(?:is|are) (?:still )?(?:missing|needed|required)\b(?! [$]?[0-9])",
    rf"\b(?:if|once|when|after|unless|until) you(?: can| could| would| will|'ve| have)?(?: please"
    rf"| also)? {ASKING_VERB}",
)

_POLITE = frozenset(("please", "kindly", "necesito", "ich", "bitte"))
_SPEAKERS = frozenset(("you", "u", "i"))
_WANTING = frozenset(
    (
        "need", "require", "like", "love", "want", "wanted", "know", "ask", "have", "can", "could", "would", "will",
        "may", "might", "must", "should", "ought", "missing", "lacking", "wondering", "curious", "waiting", "unsure",
        "sure",
    )
)  # fmt: skip
_LACKING = frozenset(("need", "require", "missing"))
_HELPFUL = frozenset(("help", "helpful", "useful", "good", "great", "nice"))
_ASKING_WORDS = frozenset(
    (
        "provide", "tell", "give", "share", "specify", "clarify", "confirm", "let", "state", "supply", "describe",
        "explain", "remind", "inform", "send", "include", "elaborate", "indicate", "list", "check", "fill",
    )
)  # fmt: skip
_LACK_WORDS = frozenset(("you", "know", "have", "see", "missing", "needed", "required"))
ASKING_SIGNS = (
    _POLITE
    | _SPEAKERS
    | _LACKING
    | _HELPFUL
    | _ASKING_WORDS
    | _LACK_WORDS
    | frozenset(
        (
            "unknown", "unknowns", "question", "questions", "what", "information", "open", "supplied", "provided",
            "clarified", "confirmed", "determined", "specified", "settled", "filled", "given", "known", "stated",
            "unclear", "following", "below", "such",
        )
    )
)  # fmt: skip
"""Words of which each sentence has one that asks, states a lack or opens a list without a question mark or colon."""
_LETTERS = re.compile(r"[^\W\d_]+")


def find_demand(lower: str, words: Set[str] | None = None) -> re.Match[str] | None:
    """Return where a lower-case sentence demands a fact.

    Args:
        lower: The sentence.
        words: Its words, if they are at hand: they spare most sentences the search.
    """
    words = words or frozenset(_LETTERS.findall(lower))
    speaks = not _SPEAKERS.isdisjoint(words) and not _WANTING.isdisjoint(words)
    needs = "we" in words and not _LACKING.isdisjoint(words)
    helps = "it" in words and not _HELPFUL.isdisjoint(words)
    if speaks or needs or helps or not _POLITE.isdisjoint(words) or not _ASKING_WORDS.isdisjoint(words):
        return DEMAND.search(lower)
    return None


def find_lack(lower: str, words: Set[str] | None = None) -> re.Match[str] | None:
    """Return where a lower-case sentence states a lack that a helpful listener would mend."""
    words = words or frozenset(_LETTERS.findall(lower))
    found = None if _LACK_WORDS.isdisjoint(words) else LACK.search(lower)
    return found if found and not _REFUSAL_RATHER_THAN_LACK.search(lower) else None


_REFUSAL_RATHER_THAN_LACK = _any_of(
    r"(?:\bnot|n't) (?:have )?(?:enough|sufficient|any)\b",
    r"\bno (?:information|data|way|details)\b",
    r"\binsufficient\b",
    r"\b(?:do not|don't) (?:know|have|see) (?:the answer|any|a|what you|access|that|this)\b",
)

LIST_WORD = re.compile(
    r"\b(?:knowing|need|needed|missing|require[ds]?|following|below|questions?|know|provide|tell|such as|specify"
    r"|clarify"
    r"|include|share"
    r"|details|information)\b"
)

NO_LIST = re.compile(r"\b(?:steps|step(?!-by)|here's how|calculations?)\b|\bhow (?:i|we)(?: would|'d| can|'ll)")

LIST_LACK = re.compile(r"\bwithout (?:knowing|having|being told)\b|\b(?:haven't|not) (?:been )?(?:told|given|said)\b")
"""States a lack that only a list below it turns into requests."""

LIST_TITLE = re.compile(
    r"(?:(?:still |yet )?(?:to be (?:supplied|provided|clarified|confirmed|determined|specified|filled in|settled)"
    r"|open (?:points|questions|issues)|not (?:yet )?(?:given|known|stated|provided|specified))\b.{0,30}"
    r"|(?:the )?(?:still )?(?:missing|needed|required|unknown)\b.{0,40}|(?:clarifying |my |some "
    r"|a few )?questions?\b.{0,30}"
    r"|what (?:else )?(?:we|i|is|we're|i'm|you).{0,20}(?:need|missing|unknown)(?: to know)?.{0,40}"
    r"|information (?:needed|required|still needed|i need).{0,30})[:?.]?$"
)

_OPENING_WORDS = (
    r"^(?:(?:so|and|now|great|okay|ok|alright|well|also|or|but|please|yes|sure|then|otherwise)\b[,!.]?\s*)*"
)
_MORE = r"(?:any(?: other| further| more| new| additional| specific)?|another|other|further|more|some)"

COURTESY = _any_of(
    *(
        rf"{_OPENING_WORDS}(?:{opening})\b.*\?$"
        for opening in (
            r"would you (?:like|want|prefer) (?:me|us|to (?:know|see|proceed|continue|try|explore|discuss|learn|go)"
            r"|an? (?:explanation|example|hint|breakdown)|any|more|help|further|some|another|assistance)",
            r"do you (?:want|need|like) (?:me|us|any|help|more help|further|anything|another|some help"
            r"|to (?:proceed|continue|know more|see))",
            r"(?:shall|should|can|could|may|must) (?:i|we) (?:help|assist|do|be|proceed|continue|explain|show|go"
            r"|start|begin|suggest|recommend|elaborate|summari[sz]e|rewrite"
            r"|try|walk|provide|give|offer|solve|move|now|also|further|calculate|break (?:it|this|that|them|down|the)"
            r"|compute)",
            r"want me to|need (?:help|anything)",
            rf"(?:is there )?any(?:thing|one)? (?:else|other questions|more questions|further)|{_MORE} (?:questions"
            rf"|thoughts)",
            r"(?:what|how) (?:else )?(?:can|may|could|might) (?:i|we) (?:help|assist|be|support|do|further)",
            r"(?:do|does) (?:that|this|it|everything|these|those) (?:all )?(?:help|make|answer|look|sound|work"
            r"|clarify|seem|clear"
            r"|match|agree)",
            r"is (?:that|this|it|everything) (?:all )?(?:ok|okay|right|correct|clear|fine|what you|helpful|good)",
            r"is there (?:anything|something else)",
            r"(?:are you|is everything) (?:ready|satisfied|happy|okay|sure|clear|confirming|all|done|still there)",
            r"ready (?:for|to|when)",
            rf"do you (?:have|see) {_MORE} ?(?:questions?|problems?|information to add|new information|requests?"
            rf"|concerns?"
            r"|thoughts|ideas|tasks?)",
            r"do you (?:see|understand|follow|agree|know (?:what i|the answer|how (?:i|to)))",
            r"what(?:'s| is| would be| will be) (?:the |our |your )?next|what about you|what(?:'s| is) on your mind",
            r"what (?:would|will|could|might) happen (?:if|when)",
            r"what (?:do|would) you (?:think|say|like to do|want to do|want me)",
            r"how (?:would|do|should) (?:you|we|i) (?:like (?:me to|to (?:proceed|continue|go|start|solve|approach"
            r"|handle))|want (?:me )?to|proceed|continue|know|go about"
            r"|solve|find)",
            r"how (?:does|did) (?:that|this|i)|did (?:i|that|this) (?:help|get|make|answer|do)|who knows",
            r"why (?:not|is that|so|does this|do we)",
            r"what (?:do|did|can) (?:we|i) (?:have|want|need|know|get|see|do)(?=(?: here| now| so far)?\?)",
            r"can you (?:help|solve|calculate|find|see|guess|figure|believe|do|now|spot)",
        )
    ),
    rf"{_OPENING_WORDS}(?:make sense|right|ok|okay|see|got it|agreed|correct|really|what|huh|how's that|sound good"
    rf"|isn't it|no|yes)\W*\?$",
    r", (?:can you|right|isn't it|okay|ok|correct|don't you|do you|is it|doesn't it|wouldn't you)\?$",
)

OFFERED_CHOICE = re.compile(
    rf"{_OPENING_WORDS}(?:do you want|would you (?:like|prefer)|should|shall|can|could|may) (?:me to|us to|i|we) "
    r"(?!help|assist|proceed|continue|explain|go|give|provide|add|include|write|create|show|implement|improve)\w+ "
    r".+\bor (?!(?:are|do|does|is|would|should|shall|can|could|anything|something|help|continue|proceed|stop|move"
    r"|try|another|if|not|else|just|you|we|i)\b)\w"
)
"""An offer to do something in one of two ways asks which: "Do you want me to round up or down?"."""

NO_DEMAND = _any_of(
    r"\blet (?:me|us) know (?:(?:if|whether|when) (?:you(?:'d|'re|r)?|this|that|it|it's|these|those|i|we|there|any"
    r"|anything|something|everything|all|ready|my|not)|if so|how (?:i|it|you(?:'d| would) like|else)|what you|should"
    r"|your (?:thoughts|decision)|that|once)\b",
    r"\bi (?:need|require|needed)(?:ed)? (?:was|were|has|had|have been)\b",
    r", (?:please )?let me know[.!]?$",
    r"\bfeel free\b|\bdon't hesitate\b",
    r"\bif you (?:have|need|want|would like|'d like)\b.{0,30}(?:question|help|else|further|assist|clarification"
    r"|anything"
    r"|more problems|me to)",
    r"\bplease (?:note|let me know if|feel|check|remember|see|find|be|keep|refer|consider)\b",
    r"\bno (?:more|further|additional|other) (?:information|details|data|facts|questions)\b.{0,20}\bneed",
    r"\b(?:don't|do not|doesn't|does not|didn't|won't) (?:need|require|want)\b",
    r"\ball (?:of )?(?:the )?(?:information|details|numbers|facts|data) (?:i|we|you|that|needed|is|was|are)\b",
    r"\b(?:i|we)(?: now| finally)?(?:'ve| have)(?: now| finally| got)* (?:all|everything|the (?:information|details"
    r"|numbers|data|facts))\b",
    r"^\W*(?:(?:yes|sure|now),? )*i can (?:confirm|tell you|provide|give)\b|\bas (?:needed|required)\b",
)

OWN_QUESTION = _any_of(
    r"\byou(?:'re| are)? (?:asked|asking|want to know|wanted (?:to know|me)|would like to know|wish)\b",
    r"\bthe (?:original |main |actual )?(?:question|goal|task|problem|problem statement)(?: is| was| asks| here"
    r"| at hand|:|,)",
    r"\b(?:we|i) (?:need|want|have|are asked|am asked|are trying|am trying|were asked|must|'re asked) to "
    r"(?:find|determine|figure|calculate|solve|answer|work|compute)\b",
    r"\b(?:core|same|original) question\b|\bquestion: ?\"|\bi ask: ?\"",
    r"\bask(?:s|ed) (?:how|what|for|us)\b|\bto answer (?:the|your)\b",
    r"\b(?:answer|solve|answering|calculate|determine|figure out|find out) (?:the question |how|what|\")",
)

SELF_ANSWER = _any_of(
    r"^\W*\$?[0-9][^?]*=",
    r"^\W*(?:well|the answer|simple|easy|because|answer:)",
    r"^\W*(?:let's|let us) (?:calculate|find|see|work|solve|break|figure|start|look|do|use|think|go|count)\b",
    r"^\W*we (?:can|know that|simply|just|multiply|add|subtract|divide|take|start|have [0-9])\b",
    r"^\W*to (?:find|answer|figure|calculate|determine|solve|do)\b(?!.*\b(?:need (?:to know|more|the|some)|provide"
    r"|tell)\b)",
    r"^\W*(?:it|that|this)(?:'s| is) (?:\$?[0-9]|because|simple|easy)",
    r"^\W*(?:yes|no|yep|nope|true|correct|indeed)\b(?! or\b)",
    r"^\W*then (?!i\b|i'|we\b|please|you\b)[a-z]+",
    r"\bso (?:that|this|it)(?:'s| is) (?:settled|clear|fine|known|given)\b",
    r"^\W*\$?[0-9][0-9,.]*%?(?: [a-z]+){0,3}[.!]?$",
)

EXAMPLE = re.compile(
    r"^\W*(?:for (?:example|instance)|examples?\b|e\.?g\b|such as|like\b|imagine|suppose|maybe|perhaps|or\b.{0,40}$)"
)

PURPOSE = re.compile(
    r",? (?:so (?:that )?(?:i|we) can|(?:in order )?to (?:be able to )?(?:calculate|determine|find|solve|answer"
    r"|figure|compute|help|give (?:you|an?)|provide (?:an|you|a)|proceed|progress|perform|complete|work|assist"
    r"|continue"
    r"|get (?:the|an)|tell you|make|reach|arrive|start|estimate|recommend|diagnose|choose|pick|decide|draft|write"
    r"|create|understand|come up|move (?:on|forward)|go (?:on|further)|understand)|for me to|before (?:i|we)"
    r"|and (?:then )?(?:i|we)(?:'ll| will| can)|then i can|once i have|for (?:an|a|the) "
    r"(?:accurate|precise|correct|proper|complete|final|full|definite|specific|step-by-step)|(?:but |and )?(?:i"
    r"|we)(?:'d|'ll| would| can| will))\b[^?]*",
    re.IGNORECASE,
)
"""What a request is for, after it: "I need the price to calculate the total"."""

"""The words by which a message concludes, hedges, closes or takes back: patterns over lower-case sentences."""

import re
from collections.abc import Set


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


EXPLICIT = re.compile(
    r"\banswer(?: to (?:the|your) [\w ]{0,30}?question)?(?: (?:is|would be|will be|should be|remains|comes to)\b| =)"
    r"(?! (?:not|unknown|that|unclear|yes|no)\b):?|\\boxed"
)
_THEN = r"^\W*(?:(?:and|but|so|now),? )*"
CONCLUDING = _any_of(
    rf"{_THEN}(?:so|therefore|thus|hence|consequently|in conclusion|in total|in all|altogether|overall|finally"
    rf"|as a result"
    r"|in summary|to summarize|that leaves|this leaves|this gives|that gives|this makes|that makes|this brings"
    r"|in the end"
    r"|based on (?:that|this|these|the|all|his|her|their|your|our|its|what)|we (?:have )?(?:now )?(?:confirmed|found"
    r"|determined|shown|established|concluded) that|to answer (?:the|your))\b",
    r"\b(?:in total|altogether|in all|a total of|leaving|are left|is left|remaining|totals|left over)\b",
)
THEREFORE = re.compile(rf"{_THEN}(?:so|therefore|thus|hence|finally|in conclusion)\b")
TOTAL = re.compile(
    rf"{_THEN}(?:the )?(?:final |grand |overall |combined )?(?:total|result|sum|difference)\b.{{0,80}}?"
    r"(?:\b(?:is|was|are|comes|equals|would be|will be)\b|=|:)"
)
"""Concludes, but for points of a list, where totals are often on the way."""
MEANING = re.compile(r"^\W*(?:this|that|which) means\b")
"""Concludes only where its sentence gives one number."""
COMMENT = re.compile(
    r"^\W*(?:that is|that's|this is|which is|in other words|note|remember|(?:let's |let us |we can |to )?(?:check"
    r"|verif|double"
    r"|confirm)|i hope|great|good|well done|congrat)"
)
CHECK = re.compile(
    r"^\W*(?:let's |let us |we can |now,? |to )*(?:check|verif\w+|double[- ]check|confirm|trace|proof|plug"
    r"|verification)\b"
)
TAKEN_BACK = re.compile(
    r"^\W*(?:wait|hold on|actually|however|but (?:wait|if|this|that)|alternatively|let's (?:re|start over|try|go back"
    r"|now|check if)"
    r"|interpretation|scenario|case [a-z0-9]|option [a-z0-9]|hmm)"
)
"""A sentence after a conclusion that opens it again."""
WRONG_TRIAL = re.compile(
    r"\b(?:isn't enough|not enough|not correct|incorrect|not an integer|not a whole|does not equal|not equal"
    r"|let's try|try again)\b"
)
CLOSING = re.compile(
    r"^\W*(?:please )?(?:let me know|i hope|hope (?:this|that)|thank|thanks|feel free|please let me know|if you(?:'d"
    r"| have| need| want| would)"
    r"|is there anything|do you have|are you|great|good job|you're|you are (?:right|correct|welcome)|have a|enjoy"
    r"|good luck"
    r"|happy to|i(?:'m| am) (?:ready|here|happy|glad)|ready|does this|does that|would you like|any|note|so,? yes|yes"
    r"|best"
    r"|sincerely|cheers|well done|congrat|that's it|done|remember|keep in mind|just let|what(?:'s| is) next|the end"
    r"|end of)\b"
)
OPEN_END = re.compile(r"\b(?:is|are|equals|be|times|plus|minus|by|of|and|the|to|so|we|which)$")
"""A last sentence that stops before its result."""
REAFFIRMED = re.compile(r"\b(?:answer|result|total|solution) (?:still )?remains?\b(?!.*[0-9])")
"""The result stands as it was given before, so what follows it takes nothing back."""
NO_RESULT = _any_of(
    r"\b(?:so far|for now|running total|(?:you|we) can (?:add|subtract)|current total|subtotal|error|mistake"
    r"|missing(?! [$*]*[0-9])|unclear|unknown|cannot|can't|could ?n[o']t|unable|not enough|insufficient"
    r"|more information|would need|still need|need to know|have to know|need more|might not|problem statement"
    r"|incorrect|not correct|impossible"
    r"|contradict\w*|inconsisten\w*|let [a-z] be|as a variable)\b",
    r"\b(?:is|are|equals|be|times|plus|minus|by|of)\W*$",
    r"\b(?:don't|do not|doesn't|does not) (?:know|have (?:the|that|any|enough)|say|tell|specify|provide|mention)\b",
    r"^\W*(?:so,? |now,? |and )*(?:we (?:are given|were told)|given|you (?:said|mentioned|told)|example)\b",
    r"\b(?<!now )we (?:do |already |only )*know\b|\b[yz]\b|\bx\b(?! ?[$(0-9])",
    r"^\W*to (?:find|get|calculate|determine|work out|figure)\b[^=]{0,80}, (?:you |we |i )?(?:can |need to |must "
    r"|should "
    r"|simply |just )*(?:multiply|add|subtract|divide|take|use|count|sum)\b[^=]*$",
    r"\blet's (?:assume|say|try|suppose|call)\b|\bneed(?:s|ed)? to be (?:given|known|provided)\b",
    r"\bnot (?:given|provided|specified|stated|mentioned|an integer|a whole)\b",
    r"^\W*(?:step [0-9]+ ?[:.]? ?)?(?:find|calculate|determine|figure out|add|subtract|multiply|divide)\b[^=]*$",
    r"\b(?:we|i|you) (?:just |simply |then )?(?:need|want|have) to (?:find|calculate|determine|know|figure|solve"
    r"|add|subtract|multiply"
    r"|divide)\b[^=]*$",
)
"""What a sentence that gives the result does not say."""
CONDITIONAL = re.compile(
    r"\b(?:if|unless|assuming|suppose|supposing|let's (?:say|assume)|for (?:example|instance)|e\.g|hypothetical\w*"
    r"|scenario"
    r"|would depend|depends|depending|sample|imagine|either|in case|provided that|interpretation)\b"
)
SCENARIO = re.compile(
    r"\b(?:(?:this|our|that|such a|the|a) (?:[a-z]+ )?(?:scenario|example)|hypothetical\w*|sample (?:calculation"
    r"|answer)"
    r"|for the sake of|arbitrary|for illustration)\b"
)
DISCLAIMER = re.compile(
    r"\b(?:just (?:a|an|one) (?:[a-z]+ )?(?:example|sample|assumption|estimate|calculation|illustration|scenario)"
    r"|purely|arbitrary"
    r"|one possible)\b|\bactual \w+ may vary\b|\bhypothetical\b"
)
"""After a result: it was only an example."""
EXAMPLE_RESULT = re.compile(r"^\W*(?:for (?:example|instance)|as an example|e\.g\.|to illustrate|imagine)\b")
"""A result of an example stands for nothing."""
EXAMPLE_LEAD = re.compile(
    r"\b(?:possib\w+|options?|scenarios?|examples?|instance|if|either|suppose|assum\w+|hypothetical\w*)\b"
)
GIVEN_ASSUMPTION = re.compile(r"^\W*(?:based on|under|with|given) (?:that|this|the|these) assumptions?\b")
IF_CLAUSE = re.compile(
    r"^\W*(?:(?:so|then|therefore|and),? )*(?:if|suppose|assuming|since|when)\b(?P<clause>[^=]*?)(?:,"
    r"|\bthen\b)(?P<result>.*)$"
)
ALTERNATIVES = re.compile(
    r"[0-9]\s*(?:[a-z]+\s)?or\s+[$]?[0-9]|\bbetween [$]?[0-9].{0,30}\band [$]?[0-9]|[0-9%]\s?(?:-|\u2013"
    r"|\u2014)\s?[$]?[0-9]"
    r"|\brange of\b|\banywhere from\b"
)
SUBORDINATE = re.compile(
    r"^\W*(?:(?:so|and|therefore|thus|now|finally),? )*(?:since|because|if|when|given|after|with|although|while|as"
    r"|for|to"
    r"|in order to)\b[^,=]{3,160}, (?=[a-z$0-9*])",
    re.IGNORECASE,
)

LABEL_BEFORE = re.compile(
    r"(?:\b(?:step|day|week|month|year|round|level|page|number|no\.?|grade|question|option|part|case|chapter|version"
    r"|line|row"
    r"|equation|formula|method|section|phase|game|group|room|bus|route|figure|table|example|scenario|stage)s? ?#?|#)$",
    re.IGNORECASE,
)
DEFINITE_BEFORE = re.compile(
    r"\b(?:the|these|those|all|both|first|last|next|other|of those|her|his|their|its|my|your|each of the|another|same"
    r"|every)\s+(?:(?:remaining|other|first|last|next|initial|original)\s+)?$",
    re.IGNORECASE,
)
OPERAND_AFTER = re.compile(
    r"^[^=,.;]{0,25}?(?:\s[-+*/\u00d7\u00f7x](?:\s|$)|\u00d7|\s(?:plus|minus|times|divided by|multiplied by)\s|\s*\^"
    r"|\bmore (?:piece|information))"
)
OPERAND_BEFORE = re.compile(r"(?:[-+*/\u00d7\u00f7]|\b(?:plus|minus|times|divided by|multiplied by))\s*$")
RESULT_BEFORE = re.compile(
    r"(?:\b(?:is|are|was|were|be|equals?|equal to|ha[sd]|have|gets?|got|gives?|gave|costs?|earns?|earned|pays?|paid"
    r"|spends?"
    r"|spent|needs?|sells?|sold|makes?|made|leaves?|leaving|takes?|took|total(?:s|ed)?(?: of)?|receives?|received"
    r"|bought"
    r"|buys?|afford|last|weighs?|travel(?:s|ed|led)?|becomes?|remains?|saves?|saved|charged?|charges|to|ate|eats?"
    r"|drives?"
    r"|drove|walk(?:ed|s)?|watched|produces?|keeps?|uses?)|[=:\u2248\u2192])\s*"
    r"(?:now |still |indeed |also |just |then |a total of |exactly |only |about |approximately |around |by |up to "
    r"|roughly |approx\.? |~ ?|at )?$",
    re.IGNORECASE,
)
LEAVING_BEFORE = re.compile(r"\b(?:leav(?:es|ing)|left)(?: [a-z]+)? with\s*$", re.IGNORECASE)
PREPOSITION_BEFORE = re.compile(
    r"\b(?:for|after|in|from|of|per|each|every|with|than|when|since|during|on|within|out of|over|using|given|because"
    r"|into"
    r"|among|across|between)\s+$",
    re.IGNORECASE,
)
TOTAL_AFTER = re.compile(r"^(?: [a-z]+)? (?:in all|in total|altogether|overall|all together|all told)\b")
RATE_AFTER = re.compile(r"^ ?(?:[a-z]+ )?(?:each|per|apiece|every|/)", re.IGNORECASE)

DEPENDS = re.compile(
    r"\b(?:depend(?:s|ing)?|makes (?:all )?the difference|either way|(?:in|for) (?:either|each|both) cases?"
    r"|(?:two|three|four|several|both|different|possible|all) (?:ways|options|possibilities|versions|variants|cases"
    r"|alternatives|scenarios)|could go like|alternatively|one of (?:two|three)|je nach|hängt .{0,40}\bab"
    r"|kommt darauf an"
    r"|möglichkeiten|varianten|depende|según|opciones|posibilidades)\b|取决于|可能的"
    r"|两种|几种"
)
"""Says that the answer is another one in each of several cases."""
BRANCH = re.compile(
    r"^\W*(?:(?:option|version|variant|variante|alternative|case|scenario|approach|opción|möglichkeit|fall)\b"
    r"|(?:if|when|in case|assuming|for|with|without|as an?|falls|wenn|bei|mit|ohne|si|con|sin|en caso)\b"
    r"|如果|若|方案|选项)"
)
"""Opens one of several cases."""
CHOICE_TENTATIVE = re.compile(
    r"\b(?:could|might|may|perhaps|possibly|maybe|possible|potential|if|unless|either|candidates?|whether|depends"
    r"|depending"
    r"|rule out|check|or|not sure|can't tell|cannot tell|such as|for example|falls (?:der|die|das|es|ein\w*)|wenn"
    r"|könnte|vielleicht|oder|podría"
    r"|quizás?|si)\b|如果|可能|或"
)
CALL_HEDGED = re.compile(
    r"\b(?:if|once|when|after|would|could|for example|for instance|e\.g|such as|like|example|assuming|scenario|format"
    r"|template|hypothetical\w*|depend(?:s|ing)?|falls|wenn|je nach|bei|según|si)\b|如果|若"
)
REFUSAL = _any_of(
    r"\b(?:cannot|can't|can not|could not|couldn't|unable to|impossible to|not possible to|no way to|not able to|won't"
    r"|will not|refuse to|difficult to)\b[^.!?\n]{0,60}?\b(?:answer|determine|calculate|solve|tell|find|provide|give"
    r"|know"
    r"|say|compute|figure|complete|write|draft|compose|proceed|help|make|recommend|identify|call|diagnose|assist"
    r"|perform|do|book|fulfill"
    r"|specify|be (?:determined|calculated|answered|solved|computed|found))\b",
    r"\b(?:not|n't|without|lack(?:s|ing)?) (?:have |has |provide |give |contain |include |see |enough |sufficient "
    r"|any |the )"
    r"[^.!?\n]{0,60}?\b(?:information|data|details|context|way|enough|parameter|capability|ability|problem"
    r"|question)\b",
    r"\b(?:not enough|insufficient|incomplete|missing|no) (?:information|info|data|details|context)\b",
    r"\bi (?:don't|do not) know\b|\bi'?m (?:not sure|unable|afraid|sorry(?!,? (?:for|about|to hear)\b))\b"
    r"|\bunsolvable\b|\bdoes not (?:allow"
    r"|support)\b",
    r"\b(?:answer|problem|question) (?:is|remains) (?:unknown|incomplete|undetermined|impossible)\b",
    r"\bmore (?:information|details|context)\b[^.!?\n]{0,30}\b(?:needed|required|necessary)\b",
    r"\b(?:kann|können|lässt sich|läßt sich)\b[^.!?\n]{0,80}\bnicht\b|\bnicht genug\b|\breich(?:t"
    r"|en)\b[^.!?\n]{0,40}\bnicht\b",
    r"\bno (?:puedo|podemos|se puede|es posible|tengo|hay)\b[^.!?\n]{0,60}\b(?:determinar|saber|responder|calcular"
    r"|decir|resolver"
    r"|escribir|suficient\w*|información|datos)\b|\b(?:falta|faltan) (?:información|datos)\b",
    r"无法|不能确定|不能回答|信息不足|信息不够|没有足够",
)
_REFUSING_WORDS = frozenset(
    (
        "cannot", "not", "t", "unable", "impossible", "without", "lack", "lacks", "lacking", "enough", "insufficient",
        "incomplete", "missing", "no", "sorry", "afraid", "unsolvable", "unknown", "undetermined", "refuse",
        "difficult", "more", "won", "nicht", "falta", "faltan",
    )
)  # fmt: skip
_LETTERS = re.compile(r"[^\W\d_]+")


def refuses(lower: str, words: Set[str] | None = None) -> bool:
    """Say whether a lower-case text says that it can't answer; its words, if at hand, spare most the search."""
    words = words or frozenset(_LETTERS.findall(lower))
    if lower.isascii() and _REFUSING_WORDS.isdisjoint(words):
        return False
    return REFUSAL.search(lower) is not None

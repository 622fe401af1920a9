"""Where in a message a query begins and ends, when no code fence says so.

Models add explanations below a query, and a database would take them for a syntax error. So a query ends where prose
begins; a second statement is no prose and stays, for the check to refuse.
"""

import re

_STATEMENTS = (
    "select|with|values|insert|replace|update|delete|create|drop|alter|attach|detach|pragma|vacuum|begin|commit"
    "|rollback|savepoint|release|analyze|reindex|explain"
)
_KEYWORDS = frozenset(
    f"{_STATEMENTS}|from|where|join|left|right|inner|outer|cross|full|natural|on|using|group|having|order|limit|offset"
    "|union|intersect|except|window|partition|over|and|or|not|in|is|as|case|when|then|else|end|between|like|exists"
    "|distinct|all|count|sum|avg|min|max|coalesce|filter|returning|set|into|by|desc|asc|recursive".split("|")
)
_COMMENT = r"--[^\n]*|(?>/\*.*?(?:\*/|\Z))"
_GAP = rf"(?:\s+|\(|{_COMMENT})*+"
_STATEMENT = re.compile(rf"{_GAP}(?:{_STATEMENTS})\b", re.IGNORECASE | re.DOTALL)
_STATEMENT_LINE = re.compile(
    rf"^[ \t>`*]*+(?:--|/\*|(?:\(++[ \t]*+)?(?:{_STATEMENTS})\b)", re.IGNORECASE | re.MULTILINE
)
_TOKEN = re.compile(rf"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`\n]*`|{_COMMENT}|;|\n", re.DOTALL)
_LABEL = re.compile(r"\A(?:sql|sqlite3?)\b:?[ \t]*\n?(?=[\s(]*(?:--|/\*|select|with|values))", re.IGNORECASE)
_PROSE = re.compile(r"[\s>*_#-]*(?:\d+[.)] )?(?P<word>[A-Z][a-z']*)\b")
_TWO_WORDS = re.compile(r" [a-z']{2,} [a-z']{2,}")
_UNMARKED = re.compile(
    r"^[ \t]*(?:(?P<select>SELECT)\b|WITH\s+(?:RECURSIVE\s+)?[\w\"`\[\]]+\s*(?:\([^()]*\)\s*)?AS\s*"
    r"(?:(?:NOT\s+)?MATERIALIZED\s*)?\()",
    re.IGNORECASE | re.MULTILINE,
)
_SOURCE = re.compile(r"\bFROM\s+[\w\"`\[(]|\w\(|\A\s*SELECT\s+(?:'|\d)", re.IGNORECASE)


def is_statement(text: str) -> bool:
    """Say whether a text begins as an SQL statement does, comments and brackets apart; it need not be a valid one."""
    return _STATEMENT.match(text) is not None


def query_bounds(text: str, start: int = 0) -> tuple[int, int]:
    """Return where the query begins and ends that a text should hold from `start` on: at a statement, before any prose.

    Without a statement everything from `start` on is returned.
    """
    first = _STATEMENT_LINE.search(text, start)
    return (first.start(), _end(text, first.start())) if first else (start, len(text))


def find_query(text: str) -> tuple[int, int] | None:
    """Return where an unmarked message holds a query, which begins a line there, or None.

    Prose that begins as a query does ("Select one of ...", "With which ...") is none.
    """
    position = 0
    while start := _UNMARKED.search(text, position):
        first = _line_at(text, start.start())
        if first.partition("--")[0].rstrip().endswith((".", "!", "?", ":")):
            position = start.end()
            continue
        stop = _end(text, start.start())
        bare = _TOKEN.sub(lambda token: token[0] if token[0] in ";\n" else "''", text[start.start() : stop])
        asks = "?" in bare or (start["select"] and not _SOURCE.search(bare))
        if not asks and (start["select"] != "Select" or bare.rstrip().endswith(";")):
            return start.start(), stop
        position = stop
    return None


def tidy_query(text: str) -> str:
    """Drop what is dressing around a query: quote signs, ticks, bold, a language's name."""
    lines = text.strip().split("\n")
    if all(line.lstrip().startswith(">") for line in lines):
        lines = [line.lstrip()[1:].removeprefix(" ") for line in lines]
    query = "\n".join(lines).strip()
    if query.startswith("**") or query.endswith("**"):
        query = query.removeprefix("**").removesuffix("**").strip()
    if query.count("`") % 2 or query.startswith("`"):
        query = query.strip("`").strip()
    return _LABEL.sub("", query)


def _end(text: str, start: int) -> int:
    """Return where the query ends that begins at `start`: before a fence or prose, or after its last semicolon."""
    blank = False
    for token in _TOKEN.finditer(text, start):
        if token[0] == ";" and not _STATEMENT.match(text, token.end()):
            return token.end()
        if token[0] != "\n":
            continue
        line = _line_at(text, token.end())
        if line.lstrip().startswith(("```", "~~~")) or _is_prose(line, after_blank=blank):
            return token.start()
        blank = not line.strip()
    return len(text)


def _line_at(text: str, start: int) -> str:
    stop = text.find("\n", start)
    return text[start : len(text) if stop < 0 else stop]


def _is_prose(line: str, *, after_blank: bool) -> bool:
    first = _PROSE.match(line)
    if first is None or first["word"].lower() in _KEYWORDS:
        return False
    return line.rstrip(" *_").endswith((".", "!", "?", ":")) or (after_blank and _TWO_WORDS.search(line) is not None)

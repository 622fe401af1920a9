"""A coverage-guided fuzzer of what reads calls and literals: `python tests/fuzzing/fuzz_calls.py -max_total_time=60`.

Needs the extra `fuzz`.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))

SEEDS = (
    'book_table(guests=4, date="2031-05-04", area=terrace)',
    'book_table(4, May 4, 2031); mv(source="a", destination="b")',
    '{"name": "book_table", "arguments": {"guests": 4, "notes": ["a", "b"], "smoking": true}}',
    '[{"function": "mv", "parameters": "{\\"source\\": \\"a\\", \\"destination\\": \\"b\\"}"}]',
    '{"book_table": {"guests": 1_000, "minutes": 1.5e2, "name": "Ann\\\\"}} <date> ?',
    "api.mv(source='x', destination=date(2031, 5, 4)) if unknown",
    "ANSWER: book_table(guests=?, date=unknown, name=[your name])",
)


def main() -> None:
    """Fuzz until a promise breaks or the time is up."""
    with atheris.instrument_imports(include=["askfirst.benchmark"]):
        from fuzzing.engine import fuzz
        from reading_promises import FORMS, check_calls, check_message

    def check(text: str, choice: int) -> None:
        check_calls(text)
        check_message(text, FORMS[4 + choice % 2], "")

    fuzz(check, SEEDS)


if __name__ == "__main__":
    main()

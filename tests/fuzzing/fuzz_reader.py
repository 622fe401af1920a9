"""A coverage-guided fuzzer of the reader: `python tests/fuzzing/fuzz_reader.py -max_total_time=60`.

Needs the extra `fuzz`. Further arguments are libFuzzer's, such as a folder for what it finds. It starts from the
labelled turns, and ends at the first message that breaks a promise, which it writes to a file.
"""

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parents[1]))


def main() -> None:
    """Fuzz until a promise breaks or the time is up."""
    with atheris.instrument_imports(include=["askfirst.benchmark"]):
        from fuzzing.engine import fuzz, seed_texts
        from reading_promises import FORMS, SAID, check_message, check_parts

    def check(text: str, choice: int) -> None:
        if choice & 128:
            check_parts(text)
        else:
            check_message(text, FORMS[choice % len(FORMS)], SAID if choice & 64 else "")

    fuzz(check, seed_texts())


if __name__ == "__main__":
    main()

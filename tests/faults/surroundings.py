"""Evaluates a policy and prints what came out: to be run under another clock, locale, time zone or hash seed."""

import hashlib
import json
import os
import sys
from pathlib import Path
from threading import Thread
from time import sleep

FULL = os.environ.get("ASKFIRST_FAULTS") == "full"
FAMILIES = ["arithmetic", "logic", "scheduling", "sql", "writing"] if FULL else ["arithmetic", "logic"]
PROBLEMS, PLAYED = (200, 20) if FULL else (10, 4)
"""Problems that are drawn, and those that are evaluated."""
JUMPS = ("+0", "-3d", "+400d", "-20y", "+1h")
"""Where the clock goes next, again and again; with libfaketime's file for it."""


def jump(file: Path) -> None:
    for step in range(10_000):
        file.write_text(JUMPS[step % len(JUMPS)])
        sleep(0.02)


def main(folder: Path) -> None:
    clock = os.environ.get("FAKETIME_TIMESTAMP_FILE")
    if clock:
        Thread(target=jump, args=(Path(clock),), daemon=True).start()
    from askfirst.benchmark.scenario import Scenario
    from askfirst.tasks.build import hash_scenarios
    from askfirst.tasks.suite import suite
    from evaluations import evaluate, values_by_sample

    # a policy whose scores are neither all one nor all zero
    log = evaluate(suite(families=FAMILIES, n=PLAYED), "askfirst/generic", folder)
    values = sorted((list(name), value) for name, value in values_by_sample(log).items())
    found = {
        "problems": hash_scenarios(
            [sample.metadata_as(Scenario) for sample in suite(families=FAMILIES, n=PROBLEMS).dataset]
        ),
        "scores": hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest(),
        "said": hashlib.sha256(
            json.dumps(sorted((one.id, [turn.text for turn in one.messages]) for one in log.samples or [])).encode()
        ).hexdigest(),
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    os.environ["INSPECT_DISPLAY"] = "none"
    sys.path.append(str(Path(__file__).parents[1]))
    main(Path(sys.argv[1]))

"""Clock, locale, time zone and hash seed change no problem and no score."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

FULL = os.environ.get("ASKFIRST_FAULTS") == "full"
SCRIPT = Path(__file__).with_name("surroundings.py")
PLAIN = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
# without UTF-8 mode and coercion, the locale C means ASCII to whatever opens a file without saying how it is encoded
OTHERS = {
    "another place": {
        "TZ": "Pacific/Chatham", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
    }
}  # fmt: skip
if FULL:
    OTHERS |= {f"hash seed {seed}": {**PLAIN, "PYTHONHASHSEED": str(seed)} for seed in range(1, 6)}
    OTHERS |= {zone: {**PLAIN, "TZ": zone} for zone in ("America/St_Johns", "Pacific/Kiritimati", "Asia/Kathmandu")}
    OTHERS |= {name: {**PLAIN, "LC_ALL": name} for name in ("tr_TR.UTF-8", "de_DE.UTF-8", "POSIX")}
FAKETIME = [
    path
    for path in Path("/usr/lib").glob("**/libfaketime.so.1")
    if os.access(path, os.R_OK) and sys.platform == "linux"
]


def run_with(variables: dict[str, str], folder: Path) -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_CTYPE")} | variables
    command = [sys.executable, str(SCRIPT), str(folder)]
    done = subprocess.run(command, env=env, text=True, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> dict[str, str]:
    return run_with(PLAIN, tmp_path_factory.mktemp("plain"))


@pytest.mark.parametrize("name", OTHERS)
def test_locale_time_zone_and_hash_seed_change_no_problem_and_no_score(name, plain, tmp_path):
    assert run_with(OTHERS[name], tmp_path) == plain


@pytest.mark.skipif(not FAKETIME, reason="needs libfaketime (apt-get install faketime)")
def test_a_clock_that_jumps_by_days_and_years_changes_no_problem_and_no_score(plain, tmp_path):
    clock = tmp_path / "clock"
    clock.write_text("+0")
    variables = {"LD_PRELOAD": str(FAKETIME[0]), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1"}
    # what waits in steps of a monotonic clock, which no jump moves
    assert run_with({**PLAIN, **variables, "FAKETIME_DONT_FAKE_MONOTONIC": "1"}, tmp_path / "logs") == plain

"""Two runs may write into one folder at once, and whoever reads a log meanwhile disturbs nothing."""

import json
import subprocess
import time
from collections import Counter
from pathlib import Path

from inspect_ai.log import list_eval_logs, read_eval_log

from askfirst.benchmark.cli import main
from askfirst.benchmark.scenario import Scenario
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate, values_by_sample
from policy_server import policy_server
from stopped_runs import LIMIT_S, environment, eval_command

PROBLEMS = 8
REPLY_S = 0.2


def read_everything(folder: Path, output: Path) -> list[int]:
    """Give every command that reads logs the folder as it is, and return their exit statuses; none may raise."""
    logs = [info.name.removeprefix("file://") for info in list_eval_logs(str(folder))]
    statuses = [main(["report", str(folder), "-o", str(output / "report")]), main(["rescore", str(folder)])]
    return statuses + [main(["show", log]) for log in logs]


def test_two_runs_share_a_folder_while_their_logs_are_read(tmp_path, capsys):
    logs, asked = tmp_path / "logs", Counter[tuple[str, int]]()
    logs.mkdir()
    statuses: Counter[int] = Counter()
    with policy_server(
        [one.metadata_as(Scenario) for one in arithmetic(n=PROBLEMS, level=1).dataset], REPLY_S, asked
    ) as address:
        command = eval_command(address, logs, PROBLEMS, "--max-samples", "4", "--log-buffer", "1")
        runs = [
            subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            for _ in range(2)
        ]
        deadline = time.monotonic() + 2 * LIMIT_S
        while any(one.poll() is None for one in runs) and time.monotonic() < deadline:
            statuses.update(read_everything(logs, tmp_path))
            time.sleep(0.5)
        assert [one.wait(timeout=1) for one in runs] == [0, 0]
    # what is not finished is refused in one line, never read as if it were
    errors = capsys.readouterr().err.splitlines()
    assert statuses[1]
    assert set(statuses) <= {0, 1}
    assert any(line.startswith("askfirst: ") and "status 'started'" in line for line in errors), errors
    undisturbed = values_by_sample(evaluate(arithmetic(n=PROBLEMS, level=1), "askfirst/oracle", tmp_path / "alone"))
    finished = [read_eval_log(info.name) for info in list_eval_logs(str(logs))]
    assert len({log.eval.eval_id for log in finished}) == 2
    for log in finished:
        assert log.status == "success"
        assert values_by_sample(log) == undisturbed
    assert set(asked.values()) == {2}
    assert main(["rescore", "--json", str(logs)]) == 0
    again = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["changed"] for one in again] == [{}, {}]

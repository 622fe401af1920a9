from io import StringIO
from pathlib import Path

import pytest
from inspect_ai.log import read_eval_log, write_eval_log
from rich.console import Console

from adapter_rows import ROWS, write_rows
from askfirst.benchmark.errors import LogError
from askfirst.reports.rescore import rescore_log
from askfirst.reports.show import show_log
from askfirst.scorers.measures import measures
from askfirst.tasks.in3 import in3
from askfirst.tasks.suite import suite
from evaluations import evaluate, values_by_sample


@pytest.fixture(scope="module")
def log_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    log = evaluate(suite(n=6), "askfirst/generic", tmp_path_factory.mktemp("logs"), epochs=2)
    return Path(log.location)


def shown(log: Path, problem: str | None = None) -> str:
    out = StringIO()
    show_log(log, problem, console=Console(file=out, width=120, color_system=None))
    return out.getvalue()


def test_scoring_a_saved_log_again_reproduces_every_number(log_path, tmp_path):
    again = tmp_path / "again.eval"
    result = rescore_log(log_path, measures(), again)
    assert result.metrics > 60
    assert result.changed == {}
    assert values_by_sample(read_eval_log(str(again))) == values_by_sample(read_eval_log(str(log_path)))


def test_a_number_that_was_tampered_with_is_found(log_path, tmp_path):
    log = read_eval_log(str(log_path))
    assert log.results
    next(score for score in log.results.scores if score.name == "premature_rate").metrics["mean"].value = 0.5
    write_eval_log(log, str(tmp_path / "tampered.eval"))
    changed = rescore_log(tmp_path / "tampered.eval", measures()).changed
    assert changed == {"premature_rate/mean": (0.5, 1.0)}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(None, "not readable as a log", id="missing"),
        pytest.param(b"no log", "not readable as a log", id="no log"),
    ],
)
def test_a_file_that_is_no_log_is_one_clear_line(content, words, tmp_path):
    path = tmp_path / "x.eval"
    if content is not None:
        path.write_bytes(content)
    for read in (lambda: rescore_log(path, measures()), lambda: shown(path)):
        with pytest.raises(LogError, match=words) as caught:
            read()
        assert "\n" not in str(caught.value)


def test_a_log_that_did_not_finish_is_refused(log_path, tmp_path):
    log = read_eval_log(str(log_path))
    log.status = "cancelled"
    write_eval_log(log, str(tmp_path / "cancelled.eval"))
    with pytest.raises(LogError, match="expected a finished log"):
        rescore_log(tmp_path / "cancelled.eval", measures())


def test_a_shown_dialogue_names_what_was_hidden_and_the_premature_point(log_path):
    text = shown(log_path)
    assert "never asked" in text
    assert "PREMATURE: answers without" in text
    assert "asks for general" in text


def test_one_problem_can_be_chosen_and_an_unknown_one_is_an_error(log_path):
    sample = (read_eval_log(str(log_path)).samples or [])[0]
    problem = str(sample.id).rpartition("/")[0]
    text = shown(log_path, problem)
    assert text.count(f"─ {problem}/") == 6, "three arms in two epochs"
    with pytest.raises(LogError, match="no problem 'nowhere'"):
        shown(log_path, "nowhere")


def test_an_answer_of_many_lines_is_named_by_its_first_and_a_wrong_one_shown_beside_the_target(tmp_path):
    log = evaluate(suite(families=["sql", "writing"], n=2), "askfirst/never_ask", tmp_path)
    text = shown(Path(log.location))
    assert "more lines, wrong (target" in text
    assert "· wrong" in text
    assert "target:\n" in text.replace("│", "").replace(" ", "")
    assert "\\n" not in text


def test_an_answer_that_nothing_judges_is_not_called_wrong(tmp_path):
    rows = str(write_rows(tmp_path, ROWS["in3"]))
    text = shown(Path(evaluate(in3(path=rows), "askfirst/never_ask", tmp_path).location))
    assert "nothing judges: the source has no right answer" in text
    assert ", wrong" not in text

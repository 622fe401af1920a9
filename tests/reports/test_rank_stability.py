import json
from collections.abc import Mapping, Sequence
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from askfirst.benchmark.cli import main
from askfirst.benchmark.errors import LogError
from askfirst.reports.paired import paired_difference
from askfirst.reports.rank_stability import RankStability, describe_stability, rank_stability, render_ranks
from askfirst.reports.results import ProblemRow, Results
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate

TEMPLATES = 5


def make_results(name: str, user: str, joint: Sequence[float], **others: float) -> Results:
    """Return one model's results: joint_success by problem, other measures equal on all."""
    rows = [
        ProblemRow(
            problem=f"sums/t{number % TEMPLATES}/{number}",
            template=f"sums/t{number % TEMPLATES}",
            family="sums",
            level=1,
            complete=True,
            values={"joint_success": value, **others},
        )
        for number, value in enumerate(joint)
    ]
    return Results(
        log=f"{name}-{user}.eval",
        model=name,
        label=name,
        task="sums",
        rows=tuple(rows),
        errored=0,
        name=name,
        user=user,
    )


def compare(by_user: Mapping[str, Mapping[str, Sequence[float]]]) -> RankStability:
    return rank_stability(
        {user: [make_results(name, user, joint) for name, joint in models.items()] for user, models in by_user.items()}
    )


GOOD, FAIR, BAD = [1.0] * 20, [1.0, 0.0] * 10, [0.0] * 20


def test_models_in_the_same_order_under_every_user_are_stable():
    stability = compare(
        {"one": {"a": GOOD, "b": FAIR, "c": BAD}, "two": {"c": BAD, "a": FAIR, "b": [*[0.0] * 19, 1.0]}}
    )
    assert stability.same_order
    assert [[each.model for each in ranking.standings] for ranking in stability.rankings] == [["a", "b", "c"]] * 2
    assert [each.rank for each in stability.rankings[0].standings] == [1, 2, 3]
    assert describe_stability(stability) == ["The order is the same under every user."]


def test_two_models_that_change_places_beyond_chance_are_a_certain_reversal():
    stability = compare({"one": {"a": GOOD, "b": BAD}, "two": {"a": BAD, "b": GOOD}})
    (reversal,) = stability.reversals
    assert (reversal.models, reversal.certain) == (("a", "b"), True)
    assert (reversal.first.better, reversal.other.better) == ("a", "b")
    assert describe_stability(stability) == [
        "a is ahead of b under one (joint_success +1.00 [+1.00, +1.00]), behind under two "
        "(joint_success +1.00 [+1.00, +1.00])"
    ]


def test_a_reversal_within_the_intervals_may_be_chance():
    nearly = [0.0, *FAIR[1:]]
    stability = compare({"one": {"a": FAIR, "b": nearly}, "two": {"a": nearly, "b": FAIR}})
    assert not stability.same_order
    assert [each.certain for each in stability.reversals] == [False]
    assert describe_stability(stability)[0].endswith(": may be chance")


def test_a_tie_under_one_user_only_is_no_reversal():
    stability = compare({"one": {"a": GOOD, "b": GOOD}, "two": {"a": GOOD, "b": FAIR}})
    assert not stability.same_order
    assert stability.reversals == ()
    assert [(each.rank, each.tied) for each in stability.rankings[0].standings] == [(1, True), (1, True)]
    assert [pair.decided_by for pair in stability.pairs] == ["", "joint_success"]


def test_the_next_measure_decides_between_models_that_are_equal_by_the_first():
    results = {
        user: [
            make_results("a", user, BAD, asking_success=0.5, ask_f1=0.9),
            make_results("b", user, BAD, asking_success=0.6, ask_f1=0.1),
        ]
        for user in ("one", "two")
    }
    stability = rank_stability(results)
    assert [each.model for each in stability.rankings[0].standings] == ["b", "a"]
    assert stability.pairs[0].decided_by == "asking_success"
    assert stability.pairs[0].difference.mean == pytest.approx(0.1)


def test_only_problems_that_every_model_has_count():
    stability = compare({user: {"a": GOOD, "b": GOOD[:10]} for user in ("one", "two")})
    assert [ranking.problems for ranking in stability.rankings] == [10, 10]


@pytest.mark.parametrize(
    ("by_user", "words"),
    [
        pytest.param({"one": {"a": GOOD, "b": BAD}}, "users ['one']; expected at least two", id="one user"),
        pytest.param({"one": {"a": GOOD}, "two": {"a": GOOD}}, "models ['a']; expected at least two", id="one model"),
        pytest.param({"one": {"a": GOOD, "b": BAD}, "two": {"a": GOOD}}, "user 'two' has logs of ['a']", id="a gap"),
        pytest.param({"one": {"a": GOOD, "b": []}, "two": {"a": GOOD, "b": BAD}}, "share no problem", id="no problem"),
    ],
)
def test_what_cannot_be_compared_is_one_line(by_user, words):
    with pytest.raises(LogError) as caught:
        compare(by_user)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_one_model_twice_under_a_user_is_refused():
    twice = [make_results("a", "one", GOOD), make_results("a", "one", BAD), make_results("b", "one", BAD)]
    with pytest.raises(LogError, match="expected one of each"):
        rank_stability({"one": twice, "two": [make_results(name, "two", GOOD) for name in ("a", "b")]})


def test_the_paired_interval_is_students_on_template_means():
    # templates t0 to t4 with two problems each: all the variance lies between templates
    differences = [0.0, 0.1, 0.2, 0.3, 0.4] * 2
    found = paired_difference(differences, [f"t{number % 5}" for number in range(10)])
    assert found.mean == pytest.approx(0.2)
    assert found.high is not None
    # the mean of five template means: sd 0.1581, standard error 0.0707, t(4) = 2.776
    assert found.high - found.mean == pytest.approx(2.776 * 0.0707, abs=0.001)
    assert found.certain


def test_a_difference_of_one_template_or_of_no_problem_has_no_interval():
    alone = paired_difference([1.0, 0.0], ["t", "t"])
    assert (alone.mean, alone.low, alone.high, alone.certain) == (0.5, None, None, False)
    assert paired_difference([], []).n == 0


def test_the_table_shows_rank_tie_and_mean():
    out = StringIO()
    Console(width=100, file=out).print(
        render_ranks(compare({"one": {"a": GOOD, "b": GOOD}, "two": {"a": GOOD, "b": FAIR}}))
    )
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert ["a", "1=", "1.00", "1", "1.00"] in lines
    assert ["b", "1=", "1.00", "2", "0.50"] in lines


def test_the_command_ranks_real_logs_by_persona(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for persona in ("cooperative", "impatient"):
        for policy in ("oracle", "never_ask"):
            evaluate(arithmetic(n=12, persona=persona), f"askfirst/{policy}", tmp_path / "logs")
    report = tmp_path / "ranks.json"
    assert main(["audit", "ranks", str(tmp_path / "logs"), "--json", "-o", str(report)]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(report.read_text())
    assert [each["user"] for each in printed["rankings"]] == ["cooperative", "impatient"]
    assert [each["model"] for each in printed["rankings"][0]["standings"]] == ["askfirst/oracle", "askfirst/never_ask"]
    assert printed["same_order"]
    assert main(["audit", "ranks", str(tmp_path / "logs")]) == 0
    assert "The order is the same under every user." in capsys.readouterr().out


def test_a_report_that_cannot_be_written_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for persona in ("cooperative", "chatty"):
        for policy in ("oracle", "never_ask"):
            evaluate(arithmetic(n=2, arms="under", persona=persona), f"askfirst/{policy}", tmp_path / "logs")
    (tmp_path / "file").touch()  # where a folder would have to be
    assert main(["audit", "ranks", str(tmp_path / "logs"), "-o", str(tmp_path / "file" / "ranks.json")]) == 1
    assert "can't be written" in capsys.readouterr().err

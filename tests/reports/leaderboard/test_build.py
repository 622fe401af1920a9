"""The whole leaderboard of small real logs, against numbers that are computed here from the samples themselves."""

import json
from collections import defaultdict
from collections.abc import Mapping
from math import isnan
from pathlib import Path
from statistics import mean

import pytest
from inspect_ai.log import EvalLog, read_eval_log

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.board import ALL, Entry, Leaderboard
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.leaderboard.files import JSON_NAME, render_csv, render_json
from askfirst.reports.leaderboard.report import write_report
from askfirst.reports.leaderboard.verify import verify
from mixed_logs import mix_log, save


@pytest.fixture(scope="module")
def leaderboard(board_logs: Path) -> Leaderboard:
    return build_leaderboard([str(board_logs)], dialogues_per_model=1, viewer="view/")


def entry(leaderboard: Leaderboard, model: str, newest: bool = True) -> Entry:
    [found] = [each for each in leaderboard.entries.values() if (each.model, each.newest) == (model, newest)]
    return found


def test_models_come_first_then_policies_then_older_runs(leaderboard: Leaderboard) -> None:
    [board] = leaderboard.boards
    order = [leaderboard.entries[key] for key in board.order]
    assert [(each.model, each.policy, each.newest) for each in order] == [
        ("lab/good", False, True),
        ("bad", False, True),
        ("oracle", True, True),
        *sorted([("always_ask", True, True), ("never_ask", True, True)]),
        ("lab/good", False, False),
    ]
    assert [bool(each.slices[ALL].rank) for each in order] == [True, True, False, False, False, False]
    assert len({each.key for each in order}) == 6
    assert all(each.key.replace("-", "").isalnum() and each.key.islower() for each in order)


@pytest.mark.parametrize("name", ["good", "bad", "oracle", "always_ask"])
def test_headline_figures_equal_those_of_the_samples(leaderboard: Leaderboard, board_logs: Path, name: str) -> None:
    values: defaultdict[str, dict[str, dict[str, float]]] = defaultdict(dict)
    for sample in read_eval_log(str(board_logs / f"{name}.eval")).samples or []:
        problem, _, arm = str(sample.id).rpartition("/")
        values[problem][arm] = (sample.scores or {})["measures"].as_dict()  # type: ignore[assignment]

    def product(measure: str) -> float:
        return mean(arms["under"][measure] * arms["full"][measure] * arms["decoy"][measure] for arms in values.values())

    def plain(measure: str, *arms: str) -> float:
        return mean(mean(found[arm][measure] for arm in arms) for found in values.values())

    model = {"good": "lab/good"}.get(name, name)
    estimates = entry(leaderboard, model).slices[ALL].estimates
    expected = {
        "joint_success": product("joint_success"),
        "asking_success": product("asking_success"),
        "premature_rate": plain("premature_rate", "under"),
        "ask_f1": plain("ask_f1", "under"),
        "over_ask_rate": plain("over_ask_rate", "full", "decoy"),
        "accuracy_under": plain("accuracy_under", "under"),
        "accuracy_full": plain("accuracy_full", "full"),
        "accuracy_decoy": plain("accuracy_decoy", "decoy"),
        "turns": plain("turns", "under"),
        "questions": plain("questions", "under"),
        "discrimination": mean(
            arms["under"]["discrimination"] - (arms["full"]["discrimination"] + arms["decoy"]["discrimination"]) / 2
            for arms in values.values()
        ),
    }
    assert not any(isnan(value) for value in expected.values())
    found = {measure: one.mean for measure in expected if (one := estimates[measure]) is not None}
    assert found == pytest.approx(expected)
    by_family: defaultdict[str, list[float]] = defaultdict(list)
    for problem, arms in values.items():
        by_family[problem.partition("/")[0]].append(arms["under"]["accuracy_under"])
    for family, some in by_family.items():
        one = entry(leaderboard, model).slices[f"family:{family}"].estimates["accuracy_under"]
        assert one is not None
        assert (one.mean, one.n) == (pytest.approx(mean(some)), len(some))


def test_outcomes_and_parts_sum_to_one(leaderboard: Leaderboard) -> None:
    for each in leaderboard.entries.values():
        rates = [
            each.slices[ALL].estimates[f"{name}_rate"] for name in ("informed", "premature", "forced", "unanswered")
        ]
        assert sum(rate.mean for rate in rates if rate) == pytest.approx(1)
        assert sum(share for name, share in each.parts.items() if not name.startswith("with")) == pytest.approx(1)


def test_nothing_private_is_in_the_report(leaderboard: Leaderboard) -> None:
    text = render_json(leaderboard)
    assert not any(word in text for word in ("sesame", "/home/me", str(Path.cwd())))
    assert "-M model_path=bad" in entry(leaderboard, "bad").command


def test_two_runs_of_a_model_are_told(leaderboard: Leaderboard) -> None:
    assert any("lab/good was run 2 times" in line for line in leaderboard.warnings)


def test_runs_of_other_settings_are_entries_of_their_own_and_checkpoints_of_two_runs_two_series(
    policy_logs: Mapping[str, EvalLog], tmp_path: Path
) -> None:
    cold = mix_log(policy_logs, {"oracle": 1.0}, "lab/one")
    hot = mix_log(policy_logs, {"never_ask": 1.0}, "lab/one", seed=1)
    config = hot.eval.model_generate_config.model_copy(update={"temperature": 1.0})
    save(cold, tmp_path, "cold")
    save(
        hot.model_copy(update={"eval": hot.eval.model_copy(update={"model_generate_config": config})}), tmp_path, "hot"
    )
    for place, (run, step) in enumerate((run, step) for run in ("exp1", "exp2") for step in (1, 2)):
        path = f"/home/me/{run}/out/checkpoint-{step}"
        log = mix_log(policy_logs, {"oracle": 1.0}, "hf/local", seed=place, model_path=path)
        save(log, tmp_path, f"{run}-{step}")
    found = build_leaderboard([str(tmp_path)], dialogues_per_model=0)
    ranked = {each.model: each.series for each in found.entries.values() if each.slices[ALL].rank}
    assert ranked == {
        "lab/one": "lab/one",
        "lab/one (temperature 1.0)": "lab/one (temperature 1.0)",
        **{f"{run}/out/checkpoint-{step}": f"{run}/out/checkpoint-*" for run in ("exp1", "exp2") for step in (1, 2)},
    }
    assert len(set(found.entries)) == 6
    assert "/home/me" not in render_json(found)


def test_an_entry_keeps_its_key_when_its_name_has_to_be_told_from_another(
    policy_logs: Mapping[str, EvalLog], tmp_path: Path
) -> None:
    first = mix_log(policy_logs, {"oracle": 1.0}, "hf/local", model_path="/a/final")
    second = mix_log(policy_logs, {"oracle": 1.0}, "hf/local", seed=1, model_path="/b/final")
    path = save(first, tmp_path, "first")
    [key] = build_leaderboard([str(path)], dialogues_per_model=0).entries
    other = save(second, tmp_path, "second")
    both = build_leaderboard([str(path), str(other)], dialogues_per_model=0)
    assert both.entries[key].model == "a/final"


def test_the_same_logs_give_the_same_bytes_in_whatever_order_they_are_named(board_logs: Path) -> None:
    files = sorted(map(str, board_logs.glob("*.eval")))
    one, other = (build_leaderboard(paths, dialogues_per_model=1) for paths in (files, files[::-1]))
    assert render_json(one) == render_json(other)
    assert render_csv(one) == render_csv(other)


def test_dialogues_are_chosen_loaded_and_link_to_the_viewer(leaderboard: Leaderboard) -> None:
    by_key = {dialogue.key: dialogue for dialogue in leaderboard.dialogues}
    assert len(by_key) == len(leaderboard.dialogues)
    best = next(each for each in by_key.values() if each.chosen == "best" and each.entry.startswith("lab-good"))
    assert (best.outcome, best.right) == ("informed", True)
    assert any(question.hit for turn in best.turns for question in turn.questions)
    assert {fragment.status for fragment in best.fragments} >= {"elicited"}
    worst = next(each for each in by_key.values() if each.chosen == "worst" and each.entry.startswith("bad"))
    assert worst.outcome == "premature"
    first = next(turn for turn in worst.turns if turn.attempted)
    hidden = [each.id for each in worst.fragments if each.necessary and each.status == "never asked"]
    assert list(first.lacking) == hidden
    beside = [each for each in by_key.values() if each.beside]
    assert beside
    assert all(by_key[each.beside].problem == each.problem for each in beside)
    assert all(each.viewer.startswith("view/#/logs/") and "%2F" in each.viewer for each in by_key.values())


def test_a_report_verifies_and_a_changed_number_is_found(
    leaderboard: Leaderboard, board_logs: Path, tmp_path: Path
) -> None:
    write_report(leaderboard, tmp_path, "md")
    assert verify(tmp_path, [str(board_logs)]) == []
    changed = json.loads((tmp_path / JSON_NAME).read_text())
    key = changed["boards"][0]["order"][0]
    changed["entries"][key]["slices"]["all"]["estimates"]["joint_success"]["mean"] += 0.01
    changed["dialogues"][0]["right"] = not changed["dialogues"][0]["right"]
    (tmp_path / JSON_NAME).write_text(json.dumps(changed))
    lines = verify(tmp_path, [str(board_logs)])
    assert len(lines) == 4
    assert lines[0].startswith(f"entries.{key}.slices.all.estimates.joint_success.mean: ")
    assert lines[1].startswith(f"dialogues.{changed['dialogues'][0]['key']}.right: ")
    assert lines[2].startswith("leaderboard.csv: ")
    assert lines[3].startswith("leaderboard.md: ")


def test_a_report_of_other_logs_does_not_verify(leaderboard: Leaderboard, board_logs: Path, tmp_path: Path) -> None:
    write_report(leaderboard, tmp_path, "md")
    assert verify(tmp_path, [str(board_logs / "good.eval")]) != []


def test_policies_alone_and_one_model_alone_are_reports_too(board_logs: Path) -> None:
    alone = build_leaderboard([str(board_logs / "oracle.eval")], dialogues_per_model=1)
    assert alone.boards[0].sentence == "Only reference policies: no model is ranked."
    assert alone.dialogues == ()
    one = build_leaderboard([str(board_logs / "good.eval")], dialogues_per_model=1)
    assert one.boards[0].sentence.endswith("it is the only model.")
    assert not any(each.chosen == "disagreement" for each in one.dialogues)


def test_one_problem_alone_makes_a_report(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    log = mix_log(policy_logs, {"oracle": 1.0}, "lab/one")
    samples = [
        each
        for each in log.samples or []
        if each.metadata["problem_id"] == (log.samples or [])[0].metadata["problem_id"]
    ]
    dataset = log.eval.dataset.model_copy(update={"sample_ids": [each.id for each in samples]})
    spec = log.eval.model_copy(update={"dataset": dataset})
    path = save(log.model_copy(update={"samples": samples, "eval": spec}), tmp_path, "one")
    found = build_leaderboard([str(path)])
    [each] = found.entries.values()
    estimate = each.slices[ALL].estimates["joint_success"]
    assert estimate is not None
    assert (estimate.mean, estimate.low, estimate.n) == (1.0, None, 1)


def test_giant_hostile_messages_are_cut_and_otherwise_kept(policy_logs: Mapping[str, EvalLog], tmp_path: Path) -> None:
    # deep, since the logs are shared
    log = mix_log(policy_logs, {"never_ask": 1.0}, "=<script>alert(1)</script>").model_copy(deep=True)
    hostile = "</script>\x1b[31m\x00\u202e{{ 7 * 7 }}" + "x" * 1_000_000
    for sample in log.samples or []:
        for message in sample.messages:
            if message.role == "assistant":
                message.content = hostile
    path = save(log, tmp_path, "hostile")
    found = build_leaderboard([str(path)], dialogues_per_model=1)
    assert found.dialogues
    said = found.dialogues[0].turns[0].said
    assert said.startswith("</script>\x1b[31m\x00\u202e{{ 7 * 7 }}x")
    assert said.endswith(" more characters)")
    assert len(said) < 4_100
    assert len(render_json(found)) < 300_000
    assert "'=<script>" in render_csv(found)


def test_a_folder_without_logs_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="no logs in this folder"):
        build_leaderboard([str(tmp_path)])

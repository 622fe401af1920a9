"""Personas under Inspect: the scores that follow from the scenarios alone, in the log."""

from pathlib import Path

import pytest
from inspect_ai._util.error import PrerequisiteError

from adapter_rows import ROWS, write_rows
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.user import USER_IDENTITY
from askfirst.tasks.mediq import mediq
from askfirst.tasks.questbench_gsm import questbench_gsm
from askfirst.tasks.suite import suite
from evaluations import evaluate, values_by_sample
from persona_scores import expected_twin, expected_under
from sandboxed import RUNNABLE


@pytest.mark.parametrize(
    ("policy", "persona"),
    [("oracle", "impatient"), ("shotgun", "terse"), ("shotgun", "corrects"), ("generic", "forthcoming")],
)
def test_a_policy_gets_its_exact_scores_in_the_log(policy: str, persona: str, tmp_path: Path) -> None:
    log = evaluate(suite(families=RUNNABLE, n=8, persona=persona), f"askfirst/{policy}", tmp_path)
    found = values_by_sample(log)
    for sample in log.samples or []:
        made = Scenario.model_validate({name: sample.metadata[name] for name in Scenario.model_fields})
        told_wrong = [turn.get("misstated", "") for turn in sample.store["Dialogue:turns"]]
        misstated = next((name for name in told_wrong if name), "")
        twin = made.arm != "under"
        expected = expected_twin(policy, made.arm) if twin else expected_under(policy, persona, made, misstated)
        values = {name: found[str(sample.id), 1][name] for name in expected}
        assert values == {name: None if value != value else pytest.approx(value) for name, value in expected.items()}
        assert sample.store["Dialogue:user"] == USER_IDENTITY
        assert sample.metadata["persona"] == persona


def test_a_source_that_can_be_told_wrong_takes_corrects_and_one_that_cannot_refuses_it(tmp_path: Path) -> None:
    rows = write_rows(tmp_path, ROWS["questbench_gsm"])
    assert questbench_gsm(path=str(rows), arms="under", persona="corrects").dataset
    rows = write_rows(tmp_path, ROWS["mediq"])
    with pytest.raises(PrerequisiteError, match="persona: 'corrects' with mediq"):
        mediq(path=str(rows), persona="corrects")

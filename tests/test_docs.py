"""What the documents promise: the example template is one, and every measure is described."""

import re
from pathlib import Path

from askfirst.benchmark.measures import MEASURES
from askfirst.data.families.arithmetic import FAMILY

ROOT = Path(__file__).parents[1]


def test_the_example_template_of_the_contributing_page_makes_a_problem(tmp_path):
    example = (ROOT / "CONTRIBUTING.md").read_text().split("```toml\n")[1].split("```")[0]
    (tmp_path / "private.toml").write_text(example)
    (template,) = FAMILY.load(tmp_path / "private.toml")
    problem = FAMILY.make(template, 0, "test")
    assert set(problem.necessary) == {"melons", "price"}


def test_every_measure_is_described_with_its_formula():
    page = (ROOT / "docs" / "measures.md").read_text()
    described = set(re.findall(r"`([a-z0-9_]+)`", page))
    missing = [name for name in MEASURES if name not in described and not name.startswith("asking_success_")]
    assert not missing

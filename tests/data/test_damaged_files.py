"""Whatever a file of a user's holds, the command that reads it ends with a result or with one line."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import pytest

from adapter_rows import ROWS, write_rows
from askfirst.benchmark.errors import AskfirstError
from askfirst.data.adapters import gsm8k, in3, lost_in_conversation, mediq
from askfirst.data.registry import FAMILIES
from askfirst.data.splitter.sources import load_rows
from askfirst.reports.gate.acknowledgements import load_acknowledgements
from askfirst.reports.gate.baseline import load_baseline
from askfirst.reports.gate.policy import load_policy
from askfirst.reports.leaderboard.trust import load_audits

TODAY = datetime.date(2026, 1, 1)
POLICY = """\
alpha = 0.05
epochs = "equal"
conditions = ["ask"]
unsure = "count"
baseline = "x.json"
[metrics.joint_success]
margin = 0.05
reason = "x"
"""
LOADERS: Mapping[str, Callable[[Path], object]] = {
    "policy.toml": load_policy,
    "acknowledgements.toml": lambda path: load_acknowledgements(path, TODAY),
    "baseline.json": load_baseline,
    "audit.json": lambda path: load_audits([str(path)]),
    "split.jsonl": lambda path: load_rows(path, "jsonl"),
    "gsm8k.jsonl": gsm8k.ADAPTER.load,
    "in3.jsonl": in3.ADAPTER.load,
    "mediq.jsonl": mediq.ADAPTER.load,
    "lost.json": lost_in_conversation.ADAPTER.load,
    **{f"{name}.toml": family.load for name, family in FAMILIES.items()},
}
TOKENS = (
    '""', "[]", "{}", "-1", "1e400", "nan", "true", '"x"', "[[template]]", "\n", "=", '"', "'", '"""', "{", "}", "#",
    "\x00", "\ud800", "9" * 5_000, "{x}", "{{", "[[", '"{a.b}"', "1979-05-27", "[" * 2_000, '{"a":' * 2_000, "a = [",
)  # fmt: skip
TRIES = 20


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Return a whole file's text by name."""
    folder = tmp_path_factory.mktemp("whole")
    templates = Path(__file__).parents[2] / "data" / "families" / "templates"
    texts = {"policy.toml": POLICY, "acknowledgements.toml": '[[acknowledgement]]\nmetric = "joint_success"\n'}
    texts |= {"baseline.json": '{"schema_version": 1, "sha256": "x"}', "split.jsonl": '{"text": "Mia has 3."}\n'}
    published = Path(__file__).parents[2] / "data" / "published" / "reader.json"
    texts["audit.json"] = published.read_text(encoding="utf-8")
    texts |= {f"{name}.toml": min((templates / name).glob("*.toml")).read_text(encoding="utf-8") for name in FAMILIES}
    for name, rows in (("gsm8k", "gsm8k"), ("in3", "in3"), ("mediq", "mediq"), ("lost", "lost_in_conversation")):
        place = folder / name
        place.mkdir()
        file = Path(write_rows(place, ROWS[rows]))
        texts[f"{name}{file.suffix}"] = file.read_text(encoding="utf-8")
    return texts


def load(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    said = ""
    try:
        LOADERS[name](path)
    except AskfirstError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize("name", LOADERS)
def test_a_whole_file_is_read(name: str, whole: Mapping[str, str], tmp_path: Path):
    load(name, next(text for file, text in whole.items() if file.partition(".")[0] == name.partition(".")[0]), tmp_path)


@pytest.mark.parametrize("nested", ["a = " + "[" * 100_000, "[" * 100_000, '{"a":' * 100_000, '{"a": ' + "9" * 5_000])
@pytest.mark.parametrize("name", LOADERS)
def test_what_is_nested_without_an_end_is_one_line(name: str, nested: str, tmp_path: Path):
    (tmp_path / name).write_text(nested, encoding="utf-8")
    with pytest.raises(AskfirstError) as caught:
        LOADERS[name](tmp_path / name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", LOADERS)
def test_a_changed_file_is_read_or_refused(name: str, whole: Mapping[str, str], tmp_path: Path):
    before = next(text for file, text in whole.items() if file.partition(".")[0] == name.partition(".")[0])
    for seed in range(TRIES):
        draw, text = Random(f"{name} {seed}"), before
        for _ in range(draw.randint(1, 3)):
            place, dropped = draw.randint(0, len(text)), draw.choice((0, 1, 5, 50, 10_000))
            text = text[:place] + draw.choice(("", *TOKENS)) + text[place + dropped :]
        load(name, text, tmp_path)


def test_a_template_whose_id_is_a_list_is_one_line(tmp_path: Path):
    path = tmp_path / "logic.toml"
    path.write_text('[[template]]\nid = "x"\n[[template.fragments]]\nid = []\n', encoding="utf-8")
    with pytest.raises(AskfirstError) as caught:
        FAMILIES["logic"].load(path)
    assert "\n" not in str(caught.value)

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askfirst.benchmark.errors import GateError
from askfirst.reports.gate.acknowledgements import active, add_acknowledgement, load_acknowledgements
from askfirst.reports.gate.verdict import Acknowledgement

TODAY = datetime.date(2026, 1, 31)


def entry(
    metric: str = "over_ask_rate", expires: str = "2026-03-01", reason: str = "known", **rest: str
) -> Acknowledgement:
    return Acknowledgement(metric=metric, expires=expires, reason=reason, **rest)


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gate-acks.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_was_added_is_loaded_in_order(tmp_path: Path) -> None:
    path = tmp_path / "gate-acks.toml"
    entries = [entry(), entry("joint_success", condition="drip", by="Ada"), entry("ask_f1", expires="2026-01-31")]
    for one in entries:
        add_acknowledgement(path, one, TODAY)
    assert load_acknowledgements(path, TODAY) == tuple(entries)
    assert [file.name for file in tmp_path.iterdir()] == ["gate-acks.toml"]


def test_the_file_reads_well(tmp_path: Path) -> None:
    path = tmp_path / "gate-acks.toml"
    add_acknowledgement(path, entry(by="Ada"), TODAY)
    add_acknowledgement(path, entry("ask_f1"), TODAY)
    assert path.read_text(encoding="utf-8") == (
        '[[acknowledgement]]\nmetric = "over_ask_rate"\nreason = "known"\nby = "Ada"\nexpires = 2026-03-01\n'
        '\n[[acknowledgement]]\nmetric = "ask_f1"\nreason = "known"\nexpires = 2026-03-01\n'
    )


def test_what_people_wrote_in_the_file_stays(tmp_path: Path) -> None:
    path = write(tmp_path, "# agreed in the weekly meeting\n")
    add_acknowledgement(path, entry(), TODAY)
    assert path.read_text(encoding="utf-8").startswith("# agreed in the weekly meeting\n\n[[acknowledgement]]\n")
    assert load_acknowledgements(path, TODAY) == (entry(),)


def test_no_file_is_no_acknowledgement(tmp_path: Path) -> None:
    assert load_acknowledgements(tmp_path / "gate-acks.toml", TODAY) == ()


def test_an_entry_counts_on_its_last_day_and_not_after(tmp_path: Path) -> None:
    path = tmp_path / "gate-acks.toml"
    add_acknowledgement(path, entry(), TODAY)
    for day, counts in (("2026-02-28", 1), ("2026-03-01", 1), ("2026-03-02", 0)):
        today = datetime.date.fromisoformat(day)
        entries = load_acknowledgements(path, today)
        assert len(entries) == 1
        assert len(active(entries, today)) == counts


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        (entry("over_asking"), "over_asking: unknown metric; expected one of joint_success"),
        (entry("turns"), "turns: unknown metric"),
        (entry(expires="2026-01-30"), "expires 2026-01-30, in the past; expected 2026-01-31 or later"),
        (entry(expires="2027-02-02"), "in more than a year; expected 2027-02-01 at the latest"),
        (entry(expires="01.03.2026"), "expires '01.03.2026'; expected a day such as"),
        (entry(expires="2026-02-30"), "expires '2026-02-30'; expected a day"),
        (entry(expires="20260301"), "expires '20260301'; expected a day"),
        (entry(expires=""), "expires ''; expected a day"),
        (entry(reason=" "), "empty reason"),
        (entry(condition="dripp"), "condition 'dripp'; expected one of ask"),
    ],
)
def test_a_wrong_entry_is_not_added(tmp_path: Path, wrong: Acknowledgement, match: str) -> None:
    with pytest.raises(GateError, match=match):
        add_acknowledgement(tmp_path / "gate-acks.toml", wrong, TODAY)
    assert list(tmp_path.iterdir()) == []


GOOD = '[[acknowledgement]]\nmetric = "ask_f1"\nreason = "r"\n'


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("[[acknowledgement", "not TOML"),
        ("[[ack]]", "ack: unknown; expected tables"),
        ("acknowledgement = 3", "not a list of tables"),
        ("acknowledgement = [3]", "acknowledgement 1: 3; expected a table"),
        (GOOD, "acknowledgement 1: has no 'expires'"),
        (f"{GOOD}expires = 2099-01-01", "in more than a year"),
        (f"{GOOD}expires = 'soon'", "expires 'soon'; expected a day"),
        (f"{GOOD}expires = 2026-03-01T00:00:00", "expected a day"),
        (f"{GOOD}expires = 2026-03-01\nuntil = 3", "until: unknown key"),
        (f"{GOOD}expires = 2026-03-01".replace("ask_f1", "f1"), "unknown metric"),
        (f"{GOOD}expires = 2026-03-01".replace('"r"', '""'), "empty reason"),
    ],
)
def test_a_file_with_a_wrong_entry_is_refused_and_left_as_it_is(tmp_path: Path, text: str, match: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(GateError, match=match):
        load_acknowledgements(path, TODAY)
    with pytest.raises(GateError, match=match):
        add_acknowledgement(path, entry(), TODAY)
    assert path.read_text(encoding="utf-8") == text


def test_a_day_may_be_written_in_quotes(tmp_path: Path) -> None:
    path = write(tmp_path, f"{GOOD}expires = '2026-03-01'")
    assert load_acknowledgements(path, TODAY) == (entry("ask_f1", reason="r"),)


@given(st.text(st.characters(exclude_categories=["Cs"])).filter(str.strip))
def test_any_reason_comes_back(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    path = tmp_path_factory.getbasetemp() / "property.toml"
    path.unlink(missing_ok=True)
    add_acknowledgement(path, entry(reason=reason), TODAY)
    assert load_acknowledgements(path, TODAY) == (entry(reason=reason),)

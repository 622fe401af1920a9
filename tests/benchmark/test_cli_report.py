"""The command `report`, on real logs of reference policies."""

import json
from pathlib import Path

import pytest

from askfirst.benchmark.cli import main
from askfirst.data.published_audits import published_audits
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate
from mixed_logs import mix_log, save


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    for policy in ("oracle", "never_ask"):
        evaluate(arithmetic(n=8), f"askfirst/{policy}", folder)
    return folder


@pytest.fixture(scope="module")
def model_logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return two models' logs, of which one has a hostile name, and one has more dialogues than are shown."""
    folder = tmp_path_factory.mktemp("models")
    played = {
        policy: evaluate(arithmetic(n=12), f"askfirst/{policy}", folder / "policies")
        for policy in ("oracle", "never_ask")
    }
    for log in played.values():
        assert log.samples
        log.samples.sort(key=lambda sample: str(sample.id))
    # the hostile one leads, so it is named
    save(mix_log(played, {"oracle": 1.0}, "lab/evil\x1b[31m\u202e"), folder / "logs", "one")
    save(mix_log(played, {"oracle": 0.5, "never_ask": 0.5}, "lab/plain"), folder / "logs", "two")
    return folder / "logs"


def run(*argv: object) -> int:
    return main(["report", *map(str, argv)])


def test_a_report_is_written_and_agrees_with_its_logs(logs: Path, tmp_path: Path, capsys) -> None:
    assert run(logs, "-o", tmp_path / "report") == 0
    written = {path.name for path in (tmp_path / "report").iterdir()}
    assert written == {"index.html", "leaderboard.json", "leaderboard.csv"}
    board = json.loads((tmp_path / "report" / "leaderboard.json").read_text())
    assert board["instruments"], "the published audits stand on every report"
    assert board["exploit_ceiling"]
    assert run(logs, "--verify", tmp_path / "report") == 0
    assert "everything is what the logs give" in capsys.readouterr().err


def test_a_changed_number_is_found(logs: Path, tmp_path: Path, capsys) -> None:
    run(logs, "-o", tmp_path / "report")
    file = tmp_path / "report" / "leaderboard.json"
    board = json.loads(file.read_text())
    [key] = [key for key, entry in board["entries"].items() if "oracle" in entry["model"]]
    board["entries"][key]["slices"]["all"]["estimates"]["joint_success"]["mean"] = 0.5
    file.write_text(json.dumps(board))
    assert run(logs, "--verify", tmp_path / "report") == 1
    assert "joint_success" in capsys.readouterr().out


def change_report(name: str, folder: Path) -> None:
    file = folder / "leaderboard.json"
    board = json.loads(file.read_text())
    match name:
        case "a dialogue less":
            del board["dialogues"][0]
        case "other dialogues":
            board["dialogues"].reverse()
        case "another seed":
            board["seed"] = 7
        case "fewer of a reason":
            board["dialogues_per_model"] = 0
        case "a viewer":
            board["viewer"] = "https://evil.example"
        case "no warnings":
            board["warnings"] = []
        case _:
            raise ValueError(name)
    file.write_text(json.dumps(board))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("a dialogue less", "only in the logs"),
        ("other dialogues", "shown.0: "),
        ("another seed", "in the report"),
        ("fewer of a reason", "only in the report"),
        ("a viewer", "'https://evil.example/#/logs/"),
        ("no warnings", "warnings: 0 in the report, 1 from the logs"),
    ],
)
def test_a_report_that_shows_other_dialogues_or_leaves_warnings_out_is_found(
    model_logs: Path, tmp_path: Path, capsys, name: str, found: str
) -> None:
    run(model_logs, "-o", tmp_path, "--format", "md")
    change_report(name, tmp_path)
    assert run(model_logs, "--verify", tmp_path) == 1
    assert found in capsys.readouterr().out


@pytest.mark.parametrize(("form", "page"), [("html", "index.html"), ("md", "leaderboard.md")])
def test_a_changed_page_is_found_and_a_missing_one(logs: Path, tmp_path: Path, capsys, form: str, page: str) -> None:
    run(logs, "-o", tmp_path, "--format", form)
    assert run(logs, "--verify", tmp_path) == 0
    file = tmp_path / page
    file.write_text(file.read_text(encoding="utf-8").replace("1.00", "0.99"), encoding="utf-8")
    capsys.readouterr()
    assert run(logs, "--verify", tmp_path) == 1
    assert capsys.readouterr().out == f"{page}: does not say what leaderboard.json says\n"
    file.unlink()
    assert run(logs, "--verify", tmp_path) == 1
    assert "neither is there" in capsys.readouterr().out


def test_a_report_of_another_format_replaces_the_earlier_page_and_no_page_of_others(logs: Path, tmp_path: Path) -> None:
    run(logs, "-o", tmp_path)
    run(logs, "-o", tmp_path, "--format", "md")
    assert not (tmp_path / "index.html").exists()
    run(logs, "-o", tmp_path)
    assert not (tmp_path / "leaderboard.md").exists()
    (tmp_path / "index.html").write_text("<title>mine</title>")
    run(logs, "-o", tmp_path, "--format", "md")
    assert (tmp_path / "index.html").read_text() == "<title>mine</title>"
    assert run(logs, "--verify", tmp_path) == 0


def test_the_footer_names_audits_only_where_the_command_did(logs: Path, tmp_path: Path) -> None:
    def command(*argv: object) -> str:
        run(logs, "-o", tmp_path, "--format", "md", *argv)
        return json.loads((tmp_path / "leaderboard.json").read_text())["command"]

    assert "--audits" not in command()
    assert "--audits AUDITS" in command("--audits", *published_audits())


def test_a_hostile_name_drives_no_terminal(model_logs: Path, tmp_path: Path, capsys) -> None:
    assert run(model_logs, "-o", tmp_path, "--format", "md") == 0
    said = capsys.readouterr()
    assert "evil" in said.out + said.err
    assert not set("\x1b\u202e") & set(said.out + said.err)
    assert run(model_logs, "-o", tmp_path / "\x1b[31m" / ("x" * 300)) == 1
    assert "\x1b" not in capsys.readouterr().err


def test_the_ceiling_is_said_not_to_fit_other_problems(logs: Path, tmp_path: Path, capsys) -> None:
    run(logs, "-o", tmp_path)
    assert "The exploit ceiling does not fit arithmetic" in capsys.readouterr().err
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "but on other problems or with another user than here" in page
    assert "The two do not fit together: the ceiling was measured on actions, code," in page


def test_the_same_logs_give_the_same_bytes(logs: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run(logs, "-o", tmp_path / name) == 0
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_table_for_a_readme_and_a_list_of_reports(logs: Path, tmp_path: Path) -> None:
    assert run(logs, "-o", tmp_path / "md", "--format", "md") == 0
    assert "| " in (tmp_path / "md" / "leaderboard.md").read_text()
    assert run(logs, "-o", tmp_path / "site" / "first") == 0
    assert run("--index", tmp_path / "site", "--title", "All of them") == 0
    assert "first" in (tmp_path / "site" / "index.html").read_text()


@pytest.mark.parametrize(
    ("argv", "found"),
    [
        (["nowhere", "-o", "out"], "nowhere"),
        ([], "no -o"),
        (["-o", "out"], "none given"),
        (["foo://x", "-o", "out"], "can't be reached (Protocol not known: foo)"),
        (["--index", ".", "some.eval"], "report --index: 1 logs; expected none"),
        (["--index", "x" * 300], "not a folder that can be read"),
        (["--verify", "x" * 300], "not readable"),
        (["--audits", "x" * 300, "-o", "out"], "expected a JSON file"),
        (["--viewer", "/home/me/view", "-o", "out"], "expected http://"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(argv, found, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*argv) == 1
    error = capsys.readouterr().err
    assert found in error
    assert error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_store_that_lets_nobody_in_is_one_line(tmp_path: Path, monkeypatch, capsys) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    assert run("s3://bucket/logs", "-o", tmp_path / "out") == 1
    error = capsys.readouterr().err
    assert "can't be reached" in error
    assert error.count("\n") == 1


@pytest.mark.parametrize("argv", [["--dialogues", "-1"], ["--dialogues=two"], ["--verify", "a", "-o", "b"]])
def test_bad_usage_is_one_line(argv: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as caught:
        run("logs", *argv)
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_an_output_that_is_a_file_keeps_it(logs: Path, tmp_path: Path, capsys) -> None:
    (tmp_path / "taken").write_text("mine")
    assert run(logs, "-o", tmp_path / "taken") == 1
    assert (tmp_path / "taken").read_text() == "mine"
    assert "is a file" in capsys.readouterr().err

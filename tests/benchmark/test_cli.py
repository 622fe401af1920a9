import subprocess
import sys
from pathlib import Path

import pytest

from askfirst.benchmark.cli import main


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from askfirst.benchmark.cli import main; sys.exit(main(sys.argv[1:]))"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert all(command in printed for command in ("show", "rescore", "checkpoint", "audit", "demo"))


def test_the_module_is_the_command_too() -> None:
    # what `accelerate launch -m` starts
    done = subprocess.run(
        [sys.executable, "-m", "askfirst.benchmark.cli", "checkpoint", "gpt-9"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("askfirst: checkpoint: 'gpt-9'")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from askfirst.benchmark.cli import build_parser; build_parser().format_help(); "
        "print(sorted({'inspect_ai', 'rich', 'pydantic', 'torch', 'numpy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["shw"], "invalid choice: 'shw'"),
        (["show"], "the following arguments are required: LOG"),
        (["rescore"], "the following arguments are required: LOG"),
        (["audit"], "the following arguments are required: INSTRUMENT"),
        (["demo", "--nope"], "unrecognized arguments: --nope"),
    ],
)
def test_bad_usage_is_one_line_and_status_2(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    printed = capsys.readouterr().err
    assert said in printed
    assert printed.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["checkpoint", "gpt-9"], "checkpoint: 'gpt-9'; expected one of ['smollm2-135m', "),
        (["show", "absent.eval"], "absent.eval: not readable as a log"),
        (["rescore", "absent.eval"], "absent.eval: not there"),
        (["audit", "exploits", "-n", "0"], "n: 0; expected at least 1 problem"),
    ],
)
def test_an_error_is_one_line_and_status_1(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 1
    printed = capsys.readouterr()
    assert printed.err.startswith(f"askfirst: {said}")
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_verbose_shows_where_an_error_comes_from() -> None:
    done = run("checkpoint", "gpt-9", "-v")
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_a_checkpoint_that_is_there_is_printed_as_its_path_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from askfirst.benchmark.checkpoint import CHECKPOINTS, MANIFEST, Manifest

    checkpoint = CHECKPOINTS["smollm2-135m"]
    folder = tmp_path / "checkpoints" / "smollm2-135m"
    folder.mkdir(parents=True)
    source = f"{checkpoint.package}=={checkpoint.version} sha256:{checkpoint.sha256} recipe {checkpoint.recipe}"
    (folder / MANIFEST).write_text(Manifest(source=source, files={}).model_dump_json())
    monkeypatch.setenv("ASKFIRST_CACHE", str(tmp_path))
    assert main(["checkpoint", "smollm2-135m"]) == 0
    assert capsys.readouterr().out == f"{folder}\n"
    assert main(["checkpoint", "smollm2-135m", "--json"]) == 0
    assert capsys.readouterr().out == f'{{"name": "smollm2-135m", "path": "{folder}"}}\n'


def test_the_audit_of_exploits_prints_its_report_as_json_and_writes_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from askfirst.data.registry import FAMILIES
    from askfirst.reports.exploits import ExploitReport

    file = tmp_path / "exploits.json"
    assert main(["audit", "exploits", "-n", "1", "--seed", "3", "--json", "-o", str(file)]) == 0
    report = ExploitReport.model_validate_json(capsys.readouterr().out)
    assert report == ExploitReport.model_validate_json(file.read_text(encoding="utf-8"))
    assert (report.schema_version, report.n, report.seed) == (1, 1, 3)
    assert set(report.adversaries["ceiling"].by_family) == set(FAMILIES)

import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

IMPORT_ALL = """
import importlib, json, sys
from importlib.metadata import entry_points

for name in json.loads(sys.argv[1]):
    module = importlib.import_module(name)
    assert module.__file__ is None or sys.argv[2] in module.__file__, module.__file__
import data, tasks
assert data.MINE and tasks.MINE
[command] = entry_points(group="console_scripts", name="askfirst")
assert command.load().__module__ == "askfirst.benchmark.cli"
[tasks] = entry_points(group="inspect_ai", name="askfirst")
assert {"arithmetic", "troubleshooting", "actions", "suite"} <= set(dir(tasks.load()))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel as the project's own build backend does, from a copy: building writes beside the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "source"
    tracked = [*(Path(name) for name in ("pyproject.toml", "README.md", "LICENSE"))]
    for package in ("benchmark", "data", "tasks", "scorers", "reports"):
        tracked += [path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if path.is_file()]
    for path in tracked:
        if "__pycache__" not in path.parts:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes((ROOT / path).read_bytes())
    build = "from setuptools.build_meta import build_wheel; build_wheel('..')"
    subprocess.run([sys.executable, "-c", build], cwd=copy, check=True, capture_output=True, timeout=120)
    [built] = folder.glob("askfirst-*.whl")
    return built


def test_the_wheel_claims_no_name_but_askfirst(wheel: Path) -> None:
    names = {Path(name).parts[0] for name in zipfile.ZipFile(wheel).namelist()}
    version = PROJECT["project"]["version"]
    assert names == {"askfirst", f"askfirst-{version}.dist-info"}


def test_the_wheel_holds_every_source_and_data_file(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    for package in ("benchmark", "data", "tasks", "scorers", "reports"):
        for path in (ROOT / package).rglob("*"):
            if path.suffix in {".py", ".typed", ".yaml", ".toml", ".html", ".json", ".jsonl"}:
                assert f"askfirst/{path.relative_to(ROOT)}" in inside


def test_an_installed_wheel_works_in_a_folder_with_its_own_tasks_and_data(wheel: Path, tmp_path: Path) -> None:
    import json

    site, home = tmp_path / "site", tmp_path / "home"
    zipfile.ZipFile(wheel).extractall(site)
    for name in ("tasks", "data"):
        (home / name).mkdir(parents=True)
        (home / name / "__init__.py").write_text("MINE = True\n")
    packages = PROJECT["tool"]["setuptools"]["packages"]
    done = subprocess.run(
        [sys.executable, "-P", "-c", IMPORT_ALL, json.dumps(packages), str(site)],
        cwd=home,
        # first on the path, so that it wins over an editable install of the same name
        env={"PYTHONPATH": f"{site}:{home}", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr


def test_wheel_and_sdist_have_the_same_bytes_wherever_and_whenever_they_are_built(tmp_path: Path) -> None:
    if subprocess.run(["git", "rev-parse"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("not a git checkout")
    sums: list[str] = []
    for name, umask in (("first", 0o022), ("second-of-another-name", 0o077)):
        clone = tmp_path / name
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, umask=umask)
        built = subprocess.run(
            [sys.executable, str(ROOT / ".ci/dist.py")],
            cwd=clone,
            umask=umask,
            check=True,
            capture_output=True,
            text=True,
            timeout=120,
        )
        sums.append(built.stdout)
        time.sleep(1.1)  # the resolution of times in archives is a second
    assert sums[0] == sums[1]
    assert sums[0].count("dist/askfirst-") == 2

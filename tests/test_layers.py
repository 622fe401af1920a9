import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

MAY_IMPORT = {  # benchmark/cli.py, the composition root, is exempt
    "benchmark": {"benchmark"},
    "data": {"data", "benchmark"},
    "scorers": {"scorers", "benchmark"},
    "tasks": {"tasks", "scorers", "data", "benchmark"},
    "reports": {"reports", "benchmark"},
}
EXEMPT = {"benchmark/cli.py"} | {f"benchmark/cli_{name}.py" for name in ("audit", "gate", "report", "run", "train")}


def imported_modules(source: str, module: str, *, is_package: bool = False) -> set[str]:
    """Return the full names of all modules that a module's source imports, relative ones resolved."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            words = module.split(".")
            parents = words[: len(words) - node.level + is_package] if node.level else []
            base = [*parents, *([node.module] if node.module else [])]
            names |= {".".join((*base, alias.name)) for alias in node.names}
    return names


def forbidden_imports(source: str, path: str) -> list[str]:
    """Return the imports of the file at `path` that break the table, sorted."""
    parts = Path(path).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    module = ".".join(("askfirst", *(parts[:-1] if is_package else parts)))
    broken: list[str] = []
    for name in imported_modules(source, module, is_package=is_package):
        words = name.split(".")
        if words[0] in MAY_IMPORT or (words[0] == "askfirst" and words[1] not in MAY_IMPORT[parts[0]]):
            broken.append(name)
    return sorted(broken)


FILES = sorted(str(file.relative_to(ROOT)) for folder in MAY_IMPORT for file in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", [path for path in FILES if path not in EXEMPT])
def test_a_layer_imports_only_what_lies_below_it(path: str) -> None:
    assert forbidden_imports((ROOT / path).read_text(encoding="utf-8"), path) == []


@pytest.mark.parametrize(
    ("path", "source", "broken"),
    [
        ("benchmark/x.py", "from askfirst.benchmark.problem import Problem", []),
        ("benchmark/x.py", "import json, askfirst.data.registry", ["askfirst.data.registry"]),
        ("benchmark/x.py", "def f():\n    from askfirst.tasks import suite", ["askfirst.tasks.suite"]),
        ("benchmark/x.py", "from askfirst import reports", ["askfirst.reports"]),
        ("benchmark/x.py", "from .problem import Problem", []),
        ("benchmark/__init__.py", "from .problem import Problem", []),
        ("data/families/x.py", "from ...scorers import measures", ["askfirst.scorers.measures"]),
        ("data/families/__init__.py", "from ..registry import FAMILIES", []),
        ("reports/x.py", "from askfirst.scorers.measures import measures", ["askfirst.scorers.measures.measures"]),
        ("tasks/x.py", "from data.families import family", ["data.families.family"]),
    ],
)
def test_the_check_sees_imports_of_every_form(path: str, source: str, broken: list[str]) -> None:
    assert forbidden_imports(source, path) == broken


def test_every_package_folder_is_installed_and_no_other() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    found = {".".join(("askfirst", *Path(path).parent.parts)) for path in FILES if path.endswith("__init__.py")}
    assert set(tool["packages"]) == found

import re
import subprocess
import sys
from pathlib import Path

import pytest

from askfirst.benchmark import source_hash
from askfirst.benchmark.reader import READER_IDENTITY
from askfirst.benchmark.source_hash import hash_sources

LOADED = """
import sys
import askfirst.benchmark.reader
print(*(name.removeprefix("askfirst.benchmark.") for name in sys.modules if name.startswith("askfirst.benchmark.")))
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Yield the folder of a made-up package that takes the place of ours."""
    sources = {
        "first.py": (
            "from askfirst.benchmark import second as two\nfrom askfirst.benchmark.third import (\n    thing,\n)\n"
        ),
        "second.py": "from askfirst.benchmark.words.nouns import NOUNS\n",
        "third.py": "from askfirst.benchmark.first import other\n",
        "unused.py": "",
        "words/nouns.py": "",
        "words/nouns.toml": "",
    }
    (tmp_path / "words").mkdir()
    for name, source in sources.items():
        (tmp_path / name).write_text(source, encoding="utf-8")
    monkeypatch.setattr(source_hash, "_PACKAGE", tmp_path)
    return tmp_path


@pytest.mark.parametrize("changed", ["first.py", "second.py", "third.py", "words/nouns.py", "words/nouns.toml"])
def test_a_change_in_what_is_imported_changes_the_hash(package: Path, changed: str):
    before = hash_sources("first")
    (package / changed).write_text("# changed", encoding="utf-8")
    assert hash_sources("first") != before


def test_a_change_in_what_is_not_imported_does_not_change_the_hash(package: Path):
    before = hash_sources("first")
    (package / "unused.py").write_text("# changed", encoding="utf-8")
    assert hash_sources("first") == before


def test_the_readers_hash_covers_every_module_that_the_reader_loads():
    loaded = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True, timeout=60)
    followed = {
        path.relative_to(source_hash._PACKAGE).with_suffix("").as_posix().replace("/", ".")
        for path in source_hash._sources("reader")
        if path.suffix == ".py"
    }
    packages = {name for name in loaded.stdout.split() if (source_hash._PACKAGE / name.replace(".", "/")).is_dir()}
    assert set(loaded.stdout.split()) - packages <= followed


def test_the_readers_identity_names_a_version_and_a_hash():
    assert re.fullmatch(r"rules/\d+\+[0-9a-f]{12}", READER_IDENTITY)

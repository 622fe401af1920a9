"""Builds wheel and sdist of the current commit into `dist/`: the same bytes whenever and wherever they are built.

Run: python .ci/dist.py, in the root of a git checkout.
"""

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

# the build changes sys.argv
BUILD = "import sys; from setuptools import build_meta as b; to = sys.argv[1]; b.build_sdist(to); b.build_wheel(to)"


def main() -> None:
    """Build both and print their sums."""
    epoch = _git("log", "-1", "--format=%ct").decode().strip()
    folder = Path("dist").absolute()
    folder.mkdir(exist_ok=True)
    for old in folder.glob("askfirst-*"):
        old.unlink()
    os.umask(0o022)
    with tempfile.TemporaryDirectory() as source:
        # what is committed, and nothing that lies about
        with tarfile.open(fileobj=io.BytesIO(_git("archive", "--format=tar", "HEAD"))) as archive:
            archive.extractall(source, filter="data")
        environment = os.environ | {"SOURCE_DATE_EPOCH": epoch}
        subprocess.run(
            [sys.executable, "-c", BUILD, str(folder)], cwd=source, env=environment, capture_output=True, check=True
        )
    [sdist], [wheel] = folder.glob("*.tar.gz"), folder.glob("*.whl")
    normalise(sdist, int(epoch))
    for path in (sdist, wheel):
        sys.stdout.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  dist/{path.name}\n")


def _git(*arguments: str) -> bytes:
    done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(
            f"dist.py: git {arguments[0]}: {done.stderr.decode().strip()}; expected a checkout; run it in one"
        )
    return done.stdout


def normalise(sdist: Path, epoch: int) -> None:
    """Write an sdist anew without what depends on when, where and by whom it was built: times, owners, order."""
    content = io.BytesIO()
    with tarfile.open(sdist) as old, tarfile.open(fileobj=content, mode="w", format=tarfile.PAX_FORMAT) as new:
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode, member.pax_headers = 0o755 if member.isdir() or member.mode & 0o100 else 0o644, {}
            new.addfile(member, old.extractfile(member) if member.isfile() else None)
    with sdist.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=epoch) as packed:
        packed.write(content.getvalue())


if __name__ == "__main__":
    main()

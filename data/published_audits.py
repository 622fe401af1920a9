"""The instruments' error rates as measured for this version: what reports show where no newer audit is given.

Written by `askfirst audit reader|matcher|user|exploits -o FILE`, without the listed cases: some quote texts that are
not ours. Each names the identity of what was measured, so a report can tell that an instrument has changed since.
"""

from pathlib import Path

FOLDER = Path(__file__).parent / "published"


def published_audits() -> tuple[str, ...]:
    """Return the paths of the audit files, in order of their names."""
    return tuple(str(path) for path in sorted(FOLDER.glob("*.json")))

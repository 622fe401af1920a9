"""What a damaged log raises when it is read, and one line that says so."""

import struct
import zlib
from zipfile import BadZipFile

from botocore.exceptions import BotoCoreError, ClientError  # pyright: ignore[reportMissingTypeStubs]
from zstandard import ZstdError

UNREADABLE = (
    *(OSError, ValueError, LookupError, EOFError, RecursionError, NotImplementedError),
    *(BadZipFile, zlib.error, struct.error, ZstdError),
    # of a store that the log is in: it is not to be reached any more
    *(BotoCoreError, ClientError),
)
"""What reading a damaged log raises, by where the damage is."""


def describe_damage(error: Exception) -> str:
    """Say in one line that a log can't be read, and why."""
    said = " ".join(str(error).split()) or type(error).__name__
    return f"not readable as a log ({said[:200]}); expected a whole .eval file; copy or run it again"

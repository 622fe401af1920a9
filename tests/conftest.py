"""Settings that every test needs before anything is imported: no network, no terminal display."""

import gc
import os

from hypothesis import settings

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["INSPECT_DISPLAY"] = "none"
if "PYTEST_XDIST_WORKER" in os.environ:
    # beside other workers, threads that wait for each other after every operation stall on a core that is taken
    os.environ.setdefault("OMP_NUM_THREADS", "1")
# a developer's own Inspect settings must not reach the tests
for name in ("INSPECT_EVAL_MODEL", "INSPECT_LOG_DIR", "INSPECT_LOG_FORMAT", "INSPECT_LOG_LEVEL"):
    os.environ.pop(name, None)

# how long an example takes is a matter of what else the machine does
settings.register_profile("askfirst", deadline=None)
settings.load_profile("askfirst")


def pytest_collection_finish() -> None:
    """Leave what importing made to itself: a full collection of it takes seconds, and whichever test it meets waits."""
    gc.collect()
    gc.freeze()

"""Inspect's sandbox interface on bubblewrap, which needs no engine and no root: each `exec` is one sandbox.

The sample's folder is read-only to the code: the harness alone writes it, so it can't be filled, and nothing but a
program's output passes from one `exec` to the next. Files that code makes go to its own /tmp and end with it.
"""

import json
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path, PurePosixPath
from typing import Literal, overload

from inspect_ai._util.cpu import effective_cpu_count
from inspect_ai.util import (
    ExecResult,
    OutputLimitExceededError,
    SandboxEnvironment,
    SandboxEnvironmentConfigType,
    SandboxEnvironmentLimits,
    SandboxUnavailableError,
    SandboxUserUnsupportedError,
    concurrency,
    sandboxenv,
)
from typing_extensions import override

from askfirst.benchmark.bounded_process import Bounds, Finished, resident_bytes, run_bounded
from askfirst.benchmark.bubblewrap_command import MEMORY, MEMORY_NOTE, build_command, open_fds
from askfirst.benchmark.errors import SandboxError
from askfirst.benchmark.sample_folder import FOLDER, SampleFolder

DEFAULT_TIMEOUT_S = 120
"""Seconds that a program gets when its caller names none."""

BYTES_OF_A_NAME = 1024
"""What one file costs the kernel beside its contents, in bytes."""

KILLED = 128 + signal.SIGKILL


class BubblewrapSandboxEnvironment(SandboxEnvironment):
    """One sample's folder, and programs that see it, each in a sandbox of its own."""

    def __init__(self) -> None:
        """Make the sample's folder."""
        super().__init__()
        self.folder = SampleFolder()

    @override
    @classmethod
    def default_concurrency(cls) -> int | None:
        return effective_cpu_count()

    @override
    @classmethod
    async def sample_init(
        cls, task_name: str, config: SandboxEnvironmentConfigType | None, metadata: dict[str, str]
    ) -> dict[str, SandboxEnvironment]:
        if config is not None:
            raise SandboxError(f"sandbox bubblewrap: config {config!r}; expected none; leave it out")
        return {"default": cls()}

    @override
    @classmethod
    async def sample_cleanup(
        cls,
        task_name: str,
        config: SandboxEnvironmentConfigType | None,
        environments: dict[str, SandboxEnvironment],
        interrupted: bool,
    ) -> None:
        for environment in environments.values():
            environment.as_type(BubblewrapSandboxEnvironment).folder.remove()

    @override
    async def exec(
        self,
        cmd: list[str],
        input: str | bytes | None = None,
        cwd: str | None = None,
        env: dict[str, str] | None = None,
        user: str | None = None,
        timeout: int | None = None,
        timeout_retry: bool = True,
        concurrency: bool = True,
    ) -> ExecResult[str]:
        if user is not None:
            raise SandboxUserUnsupportedError(f"sandbox bubblewrap: user {user!r}; expected none: all run as nobody")
        time_s = DEFAULT_TIMEOUT_S if timeout is None else timeout
        most = SandboxEnvironmentLimits.MAX_EXEC_OUTPUT_SIZE
        with open_fds() as (status_fd, filter_fd):
            command = build_command(
                cmd,
                self.folder,
                cwd=str(PurePosixPath(FOLDER) / (cwd or "")),
                env=env or {},
                processor_s=time_s,
                status_fd=status_fd,
                filter_fd=filter_fd,
            )
            async with _turn(concurrency):
                try:
                    finished = await run_bounded(
                        command,
                        Bounds(time_s, most, MEMORY),
                        input=input.encode() if isinstance(input, str) else input or b"",
                        pass_fds=(status_fd, filter_fd),
                        end_tree=lambda pid: _end_tree(pid, status_fd),
                        is_over=lambda: _is_over(status_fd),
                        held_bytes=lambda pid: resident_bytes(pid) + bytes_of_files(status_fd),
                    )
                except OSError as error:
                    raise SandboxUnavailableError(f"sandbox bubblewrap: {error}") from error
            return _to_result(finished, _ran(status_fd))

    @override
    async def write_file(self, file: str, contents: str | bytes) -> None:
        self.folder.write(file, contents.encode() if isinstance(contents, str) else contents)

    @overload
    async def read_file(self, file: str, text: Literal[True] = True) -> str: ...

    @overload
    async def read_file(self, file: str, text: Literal[False]) -> bytes: ...

    @override
    async def read_file(self, file: str, text: bool = True) -> str | bytes:
        contents = self.folder.read(file, SandboxEnvironmentLimits.MAX_READ_FILE_SIZE)
        if contents is None:
            raise OutputLimitExceededError(SandboxEnvironmentLimits.MAX_READ_FILE_SIZE_STR, None)
        return contents.decode() if text else contents


# a call, since as a decorator it would hide the class's type
sandboxenv(name="bubblewrap")(BubblewrapSandboxEnvironment)


@asynccontextmanager
async def open_sandbox() -> AsyncGenerator[BubblewrapSandboxEnvironment]:
    """Make a sandbox outside of an evaluation, for data that is checked while it is loaded, and for tests."""
    environment = BubblewrapSandboxEnvironment()
    try:
        yield environment
    finally:
        environment.folder.remove()


@asynccontextmanager
async def _turn(wanted: bool) -> AsyncGenerator[None]:
    """Wait until fewer programs run than there are processors."""
    async with AsyncExitStack() as stack:
        if wanted:
            await stack.enter_async_context(concurrency("bubblewrap", effective_cpu_count()))
        yield


def _states(status_fd: int) -> dict[str, int]:
    """Return what bubblewrap wrote so far: one JSON object a line, of which the last may not be whole yet."""
    *lines, _ = os.pread(status_fd, 65536, 0).decode().split("\n")
    return {name: value for line in lines for name, value in json.loads(line).items()}


def _ran(status_fd: int) -> bool:
    """Say whether the program was started: bubblewrap reports no exit status when it failed before that."""
    return "exit-code" in _states(status_fd)


def _end_tree(pid: int, status_fd: int) -> None:
    """Kill the sandbox's first process: the kernel then ends all others before bubblewrap sees it gone, and ends."""
    child = _states(status_fd).get("child-pid")
    try:
        if child is not None and f"PPid:\t{pid}\n" in (Path("/proc") / str(child) / "status").read_text():
            os.kill(child, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGKILL)
    except (FileNotFoundError, ProcessLookupError):
        # gone by itself
        return


def _is_over(status_fd: int) -> bool:
    """Say whether the sandbox's first process is gone, which it is after all others.

    bubblewrap itself ends as soon as the program does, and so before what the program left running.
    """
    child = _states(status_fd).get("child-pid")
    try:
        status = (Path("/proc") / str(child) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True
    # the state follows the name, which may hold anything
    return status.rpartition(")")[2].split()[0] in {"Z", "X"}


def bytes_of_files(status_fd: int) -> int:
    """Return what the kernel holds for the names of files in a sandbox's /tmp, which its limit in bytes does not count.

    Args:
        status_fd: Where bubblewrap reports its states.
    """
    try:
        root = Path("/proc") / str(_states(status_fd)["child-pid"]) / "root"
        if root.samefile("/"):
            # still on its way into the sandbox: its /tmp is the machine's, with everything that is there
            return 0
        tmp = os.statvfs(root / "tmp")
    except (KeyError, OSError):
        # not yet made, or gone: then it holds nothing
        return 0
    return (tmp.f_files - tmp.f_ffree) * BYTES_OF_A_NAME


def _to_result(finished: Finished, ran: bool) -> ExecResult[str]:
    stdout, stderr = (bytes(stream).decode(errors="replace") for stream in (finished.stdout, finished.stderr))
    if finished.stopped == "time":
        raise TimeoutError("sandbox bubblewrap: time limit exceeded")
    if finished.stopped == "output":
        raise OutputLimitExceededError(SandboxEnvironmentLimits.MAX_EXEC_OUTPUT_SIZE_STR, stdout)
    if finished.stopped == "memory":
        return ExecResult(False, KILLED, stdout, f"{stderr}\nsandbox bubblewrap: {MEMORY_NOTE}".strip())
    if not ran:
        raise SandboxUnavailableError(f"sandbox bubblewrap: {stderr.strip() or finished.returncode}")
    return ExecResult(finished.returncode == 0, finished.returncode, stdout, stderr)

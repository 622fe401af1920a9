"""Each `exec` is contained: what it sees, what it may use, and that nothing of it is left."""

import asyncio
import errno
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from inspect_ai import Task, eval
from inspect_ai.dataset import Sample
from inspect_ai.scorer import match
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.util import (
    ExecResult,
    OutputLimitExceededError,
    SandboxUnavailableError,
    SandboxUserUnsupportedError,
    override_sandbox_output_limit,
    sandbox,
)

from askfirst.benchmark.bubblewrap import DEFAULT_TIMEOUT_S, BubblewrapSandboxEnvironment, bytes_of_files
from askfirst.benchmark.bubblewrap_command import (
    ADDRESS_SPACE,
    FILE_SIZE,
    MEMORY,
    MEMORY_NOTE,
    NOBODY,
    OPEN_FILES,
    PROCESSES,
    SHM_SIZE,
    TMP_SIZE,
    UNUSED_IDS,
    open_fds,
    unused_id,
)
from askfirst.benchmark.errors import SandboxError
from askfirst.benchmark.sample_folder import SampleFolder
from askfirst.benchmark.sandboxes import COMPOSE_FILE, find_sandbox, to_inspect
from askfirst.benchmark.seccomp import MACHINES, build_filter
from sandboxed import in_sandbox, needs_sandbox, processes_named

pytestmark = needs_sandbox


def run(program: str, *arguments: str, timeout: int = 20, **options: object) -> ExecResult[str]:
    command = ["python3", "-S", "-c", textwrap.dedent(program), *arguments]
    return in_sandbox(lambda box: box.exec(command, timeout=timeout, **options))  # pyright: ignore[reportArgumentType]


def say(program: str, *arguments: str) -> str:
    result = run(program, *arguments)
    assert result.success, result.stderr
    return result.stdout.strip()


def test_a_program_gets_its_input_and_gives_its_output_errors_and_status() -> None:
    program = "import sys; print(input()); print('oh', file=sys.stderr); sys.exit(3)"
    result = run(program, input="caf\u00e9\n")
    assert (result.success, result.returncode, result.stdout, result.stderr) == (False, 3, "caf\u00e9\n", "oh\n")


def test_a_program_that_is_not_there_is_a_failed_result_and_not_an_error() -> None:
    result = in_sandbox(lambda box: box.exec(["no-such-program"]))
    assert not result.success
    assert result.returncode == 127
    assert "no-such-program" in result.stderr


def test_a_program_sees_only_the_environment_that_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_SECRET", "hunter2")
    result = run("import os; print(sorted(os.environ)); print(os.environ['MINE'])", env={"MINE": "yes"})
    assert result.stdout.splitlines() == ["['HOME', 'LANG', 'MINE', 'PATH', 'PWD', 'TZ']", "yes"]


def test_the_first_process_holds_no_secret_of_the_harness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKFIRST_SECRET", "hunter2")
    program = """
        import pathlib
        for number in pathlib.Path('/proc').glob('[0-9]*'):
            try: print((number / 'environ').read_bytes())
            except OSError as error: print(error)
    """
    said = say(program)
    assert said
    assert "hunter2" not in said


def test_a_program_is_nobody_without_capabilities_or_a_way_to_new_ones() -> None:
    program = """
        import os, re
        status = open('/proc/self/status').read()
        print(os.getuid(), os.getgid(), os.getgroups() in ([], [65534]), os.uname().nodename)
        print(re.findall(r'Cap(?:Prm|Eff|Bnd|Amb|Inh):\\t(\\w+)', status))
        print(re.findall(r'(?:NoNewPrivs|Seccomp):\\t(\\d)', status))
    """
    first, capabilities, barriers = say(program).splitlines()
    uid, gid, no_groups, name = first.split()
    assert uid == gid
    assert int(uid) == NOBODY or int(uid) in UNUSED_IDS
    assert (no_groups, name) == ("True", "sandbox")
    assert capabilities == str(["0" * 16] * 5)
    assert barriers == "['1', '2']"


def test_a_program_sees_no_folder_of_a_user_or_of_the_harness() -> None:
    program = """
        import os, sys
        for path in sys.argv[1:]:
            try: print(path, sorted(os.listdir(path)) if os.path.isdir(path) else open(path).read())
            except OSError as error: print(path, type(error).__name__)
    """
    project = Path(__file__).parents[2]
    paths = ["/etc/shadow", "/etc/passwd", "/var", "/home", "/run", "/opt", str(Path.home() / ".ssh"), str(project)]
    assert [line.split()[-1] for line in say(program, *paths).splitlines()] == ["FileNotFoundError"] * len(paths)
    packages = say("import glob, sys; print([glob.glob(path + '/*') for path in sys.argv[1:]])", *package_folders())
    assert packages == str([[]] * len(package_folders()))


def package_folders() -> list[str]:
    folders = {Path("/usr"), Path("/usr/local"), Path(sys.base_prefix)}
    return sorted(str(path) for folder in folders for path in folder.glob("lib/python3*/*-packages"))


@pytest.mark.parametrize(
    "place", ["/new", "/usr/new", "/etc/new", "/dev/new", "/sample/new", "/proc/sys/kernel/domainname"]
)
def test_a_program_can_write_nowhere_but_in_its_own_tmp(place: str) -> None:
    result = run("import sys; open('/tmp/new', 'w').write('x'); open(sys.argv[1], 'w').write('x')", place)
    assert not result.success
    assert any(word in result.stderr for word in ("Read-only file system", "Permission denied"))


def test_what_a_program_writes_in_tmp_is_gone_with_it(tmp_path: Path) -> None:
    marker = f"askfirst-{os.getpid()}-marker"
    assert say("import sys; print(open('/tmp/' + sys.argv[1], 'w').write('x'))", marker) == "1"
    assert not (Path("/tmp") / marker).exists()


def test_files_of_the_sample_are_seen_and_come_back() -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> None:
        await box.write_file("deep/er/a.txt", "caf\u00e9\r\n")
        await box.write_file("/sample/b.bin", b"\xc3\x28")
        assert await box.read_file("deep/er/a.txt") == "caf\u00e9\r\n"
        assert await box.read_file("b.bin", text=False) == b"\xc3\x28"
        shown = await box.exec(["cat", "er/a.txt", "/sample/b.bin"], cwd="deep")
        assert shown.stdout == "caf\u00e9\r\n\ufffd("
        with pytest.raises(UnicodeDecodeError):
            await box.read_file("b.bin")
        with pytest.raises(FileNotFoundError, match="missing"):
            await box.read_file("missing")
        with pytest.raises(IsADirectoryError):
            await box.read_file("deep")
        with pytest.raises(IsADirectoryError):
            await box.write_file("deep", "x")
        with override_sandbox_output_limit(1), pytest.raises(OutputLimitExceededError):
            await box.read_file("b.bin", text=False)

    in_sandbox(use)


@pytest.mark.parametrize(
    "path", ["../out", "/etc/passwd", "a/../../out", "/sample/../out", "link/out", "file-link", "pipe"]
)
def test_a_path_that_leaves_the_samples_folder_is_refused(tmp_path: Path, path: str) -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> None:
        # code can't make these: its view of the folder is read-only
        (box.folder.files / "link").symlink_to(tmp_path)
        (box.folder.files / "file-link").symlink_to(tmp_path / "secret")
        os.mkfifo(box.folder.files / "pipe")
        with pytest.raises(PermissionError):
            await box.write_file(path, "x")
        with pytest.raises(PermissionError):
            await box.read_file(path)

    (tmp_path / "secret").write_text("hunter2")
    in_sandbox(use)
    assert [file.name for file in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").read_text() == "hunter2"


def test_code_can_make_no_link_in_the_samples_folder() -> None:
    assert "Read-only file system" in run("import os; os.symlink('/etc/passwd', '/sample/link')").stderr


def test_the_samples_folder_is_deleted_at_the_end() -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> Path:
        await box.write_file("a", "x")
        return box.folder.files

    assert not in_sandbox(use).parent.exists()


def test_a_program_reaches_no_network_not_even_a_server_on_this_machine() -> None:
    program = """
        import socket, sys
        for address in (('127.0.0.1', int(sys.argv[1])), ('1.1.1.1', 53)):
            try: socket.create_connection(address, timeout=2); print('connected')
            except OSError as error: print(type(error).__name__)
        for family in (socket.AF_VSOCK, socket.AF_NETLINK, socket.AF_PACKET, socket.AF_ALG):
            try: socket.socket(family, socket.SOCK_DGRAM); print('made')
            except OSError as error: print(error.errno)
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = say(program, str(server.getsockname()[1])).splitlines()
    assert said == ["ConnectionRefusedError", "OSError", *[str(errno.EAFNOSUPPORT)] * 4]


def test_a_program_can_make_no_memory_that_is_not_counted_and_no_namespaces() -> None:
    program = """
        import ctypes, errno
        library = ctypes.CDLL(None, use_errno=True)
        calls = dict(memfd_create=(b'x', 0), shmget=(0, 4096, 0o1600), unshare=(0x10000000,), ptrace=(0, 0, 0, 0))
        for name, arguments in calls.items():
            print(name, getattr(library, name)(*arguments), errno.errorcode[ctypes.get_errno()])
        # what cloning with a new user namespace is called, apart from glibc
        print(library.syscall({'x86_64': 56, 'aarch64': 220}[__import__('os').uname().machine], 0x10000011, 0, 0, 0, 0))
    """
    names = ("memfd_create", "shmget", "unshare", "ptrace")
    assert say(program).splitlines() == [*(f"{name} -1 EPERM" for name in names), "-1"]


def test_the_number_of_processes_is_limited() -> None:
    program = """
        import os, time
        made = 0
        try:
            while os.fork(): made += 1
            time.sleep(9)
        except BlockingIOError:
            print(made, flush=True)
            os._exit(0)
    """
    assert PROCESSES // 2 < int(say(program)) < PROCESSES


@pytest.mark.parametrize(
    ("program", "error"),
    [
        ("x = bytearray(10**10)", "MemoryError"),
        ("open('/tmp/big', 'wb').write(bytes(40 << 20))", "File too large"),
        ("for i in range(99): open(f'/tmp/{i}', 'wb').write(bytes(1 << 20))", "No space left on device"),
        ("for i in range(99): open(f'/dev/shm/{i}', 'wb').write(bytes(1 << 20))", "No space left on device"),
        ("x = [open('/dev/null') for _ in range(99)]", "Too many open files"),
    ],
    ids=["address space", "one file", "all of tmp", "shared memory", "open files"],
)
def test_what_a_program_takes_is_limited(program: str, error: str) -> None:
    result = run(program)
    assert not result.success
    assert error in result.stderr


def test_the_memory_of_all_processes_together_is_limited() -> None:
    program = """
        import os, time
        for _ in range(12):
            if os.fork() == 0: held = bytearray(100 << 20); time.sleep(9)
        time.sleep(9)
    """
    result = run(program)
    assert (result.success, result.returncode) == (False, 128 + signal.SIGKILL)
    assert MEMORY_NOTE in result.stderr


def test_files_of_the_machine_are_not_counted() -> None:
    # where bubblewrap has not changed its root yet, /tmp is the machine's, and its files may be a million
    process = subprocess.Popen(["sleep", "20"])
    try:
        with open_fds() as (status_fd, _):
            os.write(status_fd, f'{{"child-pid": {process.pid}}}\n'.encode())
            assert bytes_of_files(status_fd) == 0
    finally:
        process.kill()
        process.wait()


def test_endless_output_is_ended_and_the_harness_keeps_none_of_it() -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> None:
        with override_sandbox_output_limit(1 << 20), pytest.raises(OutputLimitExceededError) as error:
            await box.exec(["python3", "-S", "-c", "while True: print('x' * 9999)"], timeout=20)
        assert len(error.value.truncated_output or "") == 1 << 20

    in_sandbox(use)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    in_sandbox(use)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 16 * 1024


def test_time_runs_out_and_everything_ends_with_it() -> None:
    marker = f"askfirst-marker-{os.getpid()}-time"
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        run(f"import os; os.fork(); os.fork()\nwhile True: {marker!r}", timeout=1)
    assert time.monotonic() - began < 5
    assert processes_named(marker) == []


DAEMON = """
    import os, sys
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: os.execv('/usr/bin/sleep', [sys.argv[1], '60'])
        os._exit(0)
    os.wait()
"""


def test_a_daemon_ends_with_the_program_that_left_it() -> None:
    marker = f"askfirst-marker-{os.getpid()}-daemon"

    async def use(box: BubblewrapSandboxEnvironment) -> bool:
        program = textwrap.dedent(DAEMON) + "import time; time.sleep(1)"
        task = asyncio.create_task(box.exec(["python3", "-S", "-c", program, marker]))
        await asyncio.sleep(0.6)
        # the program itself has the marker as an argument too, beside bubblewrap's two
        seen = any(
            (Path("/proc") / pid / "cmdline").read_bytes().startswith(marker.encode())
            for pid in processes_named(marker)
        )
        await task
        return seen

    assert in_sandbox(use)
    assert processes_named(marker) == []


def test_a_cancelled_call_leaves_nothing_running() -> None:
    marker = f"askfirst-marker-{os.getpid()}-cancelled"

    async def use(box: BubblewrapSandboxEnvironment) -> None:
        task = asyncio.create_task(box.exec(["python3", "-S", "-c", "import time; time.sleep(60)", marker]))
        await asyncio.sleep(0.5)
        assert processes_named(marker)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    in_sandbox(use)
    assert processes_named(marker) == []


def test_a_killed_harness_leaves_nothing_running(tmp_path: Path) -> None:
    marker = f"askfirst-marker-{os.getpid()}-killed"
    harness = f"""
        import asyncio
        from askfirst.benchmark.bubblewrap import open_sandbox
        async def main():
            async with open_sandbox() as box:
                await box.exec(["python3", "-S", "-c", "import time; time.sleep(60)", {marker!r}])
        asyncio.run(main())
    """
    # its folder stays, so it goes where the tests' own files go
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    started = subprocess.Popen([sys.executable, "-c", textwrap.dedent(harness)], env=environment)
    try:
        # until the program itself runs: docs/sandbox.md tells what a kill in the milliseconds before it leaves
        wait_until(lambda: any(is_python(one) for one in processes_named(marker) if one != str(started.pid)))
    finally:
        started.kill()
        started.wait()
    wait_until(lambda: not processes_named(marker))


def is_python(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/comm").read_text().startswith("python")
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60  # a new interpreter imports Inspect first: slow on busy cores
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_program_can_signal_nothing_outside() -> None:
    program = """
        import os, signal
        for pid in (1, os.getppid(), -1):
            try: os.kill(pid, signal.SIGKILL)
            except OSError as error: print(type(error).__name__)
        print('alive', sorted(int(name) for name in os.listdir('/proc') if name.isdigit())[-1] < 20)
    """
    assert say(program).splitlines()[-1] == "alive True"


def test_a_user_or_a_setting_that_it_can_not_have_is_refused() -> None:
    with pytest.raises(SandboxUserUnsupportedError, match="root"):
        run("pass", user="root")
    with pytest.raises(SandboxError, match="expected none"):
        asyncio.run(BubblewrapSandboxEnvironment.sample_init("task", "compose.yaml", {}))


def test_a_sandbox_that_can_not_start_is_an_error_and_not_a_result() -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> None:
        shutil.rmtree(box.folder.files)
        await box.exec(["true"])

    with pytest.raises(SandboxUnavailableError, match="source path"):
        in_sandbox(use)


def test_programs_of_one_sample_run_beside_each_other() -> None:
    async def use(box: BubblewrapSandboxEnvironment) -> list[ExecResult[str]]:
        return await asyncio.gather(*(box.exec(["sh", "-c", f"echo {n} > /tmp/n; cat /tmp/n"]) for n in range(8)))

    assert [result.stdout for result in in_sandbox(use)] == [f"{n}\n" for n in range(8)]


@solver
def answer_by_running() -> Solver:
    async def solve(state: TaskState, generate: Generate) -> TaskState:
        await sandbox().write_file("program.py", state.input_text)
        state.output.completion = (await sandbox().exec(["python3", "program.py"])).stdout
        return state

    return solve


def test_an_evaluation_runs_code_through_inspects_own_interface(tmp_path: Path) -> None:
    sample = Sample(
        input="print(sum(map(int, open('numbers').read().split())))", target="6", files={"numbers": "1 2 3"}
    )
    task = Task([sample], solver=answer_by_running(), scorer=match(), sandbox="bubblewrap")
    (log,) = eval(task, model="none", log_dir=str(tmp_path), display="none")
    assert log.status == "success", log.error
    assert log.results is not None
    assert log.results.scores[0].metrics["accuracy"].value == 1
    assert BubblewrapSandboxEnvironment.default_concurrency() == len(os.sched_getaffinity(0))


@pytest.mark.parametrize(
    ("docker", "bubblewrap", "found"),
    [(None, None, "docker"), (None, "none", "docker"), ("none", None, "bubblewrap")],
    ids=["both", "docker alone", "bubblewrap alone"],
)
def test_docker_comes_before_bubblewrap(docker: str | None, bubblewrap: str | None, found: str) -> None:
    assert find_sandbox(lambda: docker, lambda: bubblewrap) == found


def test_without_a_sandbox_one_line_says_why_and_how_to_get_one() -> None:
    with pytest.raises(SandboxError) as error:
        find_sandbox(lambda: "no docker", lambda: "no program 'bwrap'")
    message = str(error.value)
    assert "\n" not in message
    assert all(part in message for part in ("no docker", "no program 'bwrap'", "apt-get install bubblewrap"))


def test_docker_gets_a_compose_file_that_contains_as_much() -> None:
    spec = to_inspect("docker")
    assert (spec.type, spec.config) == ("docker", str(COMPOSE_FILE))
    (service,) = yaml.safe_load(COMPOSE_FILE.read_text())["services"].values()
    assert (service["network_mode"], service["read_only"], service["cap_drop"]) == ("none", True, ["ALL"])
    assert (service["pids_limit"], service["user"]) == (PROCESSES, f"{NOBODY}:{NOBODY}")
    assert f"/tmp:size={TMP_SIZE >> 20}m,mode=1777" in service["tmpfs"]
    assert to_inspect("bubblewrap").config is None


@pytest.mark.parametrize(
    ("uid_map", "lowest", "highest"),
    [
        ("         0          0 4294967295\n", UNUSED_IDS.start, UNUSED_IDS.stop - 1),
        ("0 100000 65536\n", NOBODY - 1000, NOBODY - 1),
        ("0 1000 1\n1 100000 65536\n", NOBODY - 1000, NOBODY - 1),
    ],
    ids=["the machine", "a container", "a rootless container"],
)
def test_root_runs_a_program_under_a_number_that_is_nobodys(uid_map: str, lowest: int, highest: int) -> None:
    number = unused_id(uid_map)
    assert number is not None
    assert lowest <= number <= highest


def test_root_that_knows_no_other_number_is_run_as_an_ordinary_user_is() -> None:
    assert unused_id("0 1000 1\n") is None


@pytest.mark.parametrize("machine", MACHINES)
def test_the_filter_is_whole_instructions_and_fits_the_kernel(machine: str) -> None:
    assert len(build_filter(machine)) % 8 == 0
    assert len(build_filter(machine)) // 8 < 4096
    with pytest.raises(ValueError, match="riscv64"):
        build_filter("riscv64")


def test_a_folder_can_be_removed_twice() -> None:
    folder = SampleFolder()
    folder.remove()
    folder.remove()
    assert not folder.files.exists()


def test_the_page_states_the_limits_as_they_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "sandbox.md").read_text()
    rows = dict(line.strip("| ").split(" | ", 2)[:2] for line in page.splitlines() if line.count(" | ") == 2)
    assert rows["address space of a process"] == f"{ADDRESS_SPACE >> 20} MiB"
    assert rows["memory of all together"] == f"{MEMORY >> 20} MiB"
    assert rows["processes and threads"] == str(PROCESSES)
    assert rows["`/tmp`, `/dev/shm`"] == f"{TMP_SIZE >> 20} MiB, {SHM_SIZE >> 20} MiB"
    assert rows["one file"] == f"{FILE_SIZE >> 20} MiB"
    assert rows["open files of a process"] == str(OPEN_FILES)
    assert f"{DEFAULT_TIMEOUT_S} s without one" in rows["time by the clock"]

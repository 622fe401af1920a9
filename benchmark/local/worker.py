"""The thread that owns a model: takes requests from anywhere, gives each its result or the error that stopped it."""

import atexit
import queue
import threading
from concurrent.futures import Future, InvalidStateError
from typing import TypeAlias
from weakref import WeakSet

import torch

from askfirst.benchmark.errors import CheckpointError
from askfirst.benchmark.local.engine import Engine, Request

Answer: TypeAlias = "Future[Request]"
"""Of a request: itself, when it has ended. To cancel it takes the request back."""


class Worker:
    """Runs an engine for as long as there are requests, and sleeps else."""

    def __init__(self, engine: Engine) -> None:
        """Start the thread."""
        self._engine = engine
        self._inbox: queue.SimpleQueue[tuple[Request, Answer] | None] = queue.SimpleQueue()
        self._answers: dict[int, tuple[Request, Answer]] = {}
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="askfirst-batched", daemon=True)
        self._thread.start()
        _workers.add(self)

    def submit(self, request: Request) -> Answer:
        """Have a request answered.

        Raises:
            CheckpointError: If the worker was stopped.
        """
        if self._stopping:
            raise CheckpointError("batched/: the model was closed; expected no more requests; load it again")
        answer: Answer = Future()
        self._inbox.put((request, answer))
        return answer

    def stop(self) -> None:
        """End the thread after the step at hand; what still waits is cancelled."""
        self._stopping = True
        self._inbox.put(None)
        self._thread.join()

    def _run(self) -> None:
        while self._take_in():
            try:
                self._withdraw_cancelled()
                ended = self._engine.step()
            # whatever it is: nobody waits here, and those who wait elsewhere must learn of it
            except Exception as error:
                self._fail(error)
            else:
                for request in ended:
                    _resolve(self._answers.pop(id(request))[1], request)
        for _, answer in self._answers.values():
            answer.cancel()

    def _take_in(self) -> bool:
        """Take in what has come, waiting only where there is nothing else to do; False to end."""
        wait = self._engine.idle
        while not self._stopping:
            try:
                item = self._inbox.get(block=wait)
            except queue.Empty:
                return True
            if item is None:
                break
            wait = False
            self._answers[id(item[0])] = item
            self._engine.submit(item[0])
        while not self._inbox.empty():
            if left := self._inbox.get():
                left[1].cancel()
        return False

    def _withdraw_cancelled(self) -> None:
        gone = [request for request, answer in self._answers.values() if answer.cancelled()]
        if gone:
            self._engine.withdraw(gone)
            for request in gone:
                del self._answers[id(request)]

    def _fail(self, error: Exception) -> None:
        """Tell everybody, and start afresh: what the batch holds may be half written."""
        rows = [len(row.request.prompt) + len(row.request.said) for row in self._engine.rows]
        if isinstance(error, torch.OutOfMemoryError | MemoryError) or "can't allocate memory" in str(error):
            error = CheckpointError(
                f"batched/: out of memory with {len(rows)} rows of up to {max(rows, default=0)} tokens; "
                "expected room for their keys and values; lower -M max_rows or -M cache_gb"
            )
        self._engine.clear()
        waiting, self._answers = list(self._answers.values()), {}
        for _, answer in waiting:
            _resolve(answer, error)


def _resolve(answer: Answer, result: Request | Exception) -> None:
    try:
        if isinstance(result, Exception):
            answer.set_exception(result)
        else:
            answer.set_result(result)
    except InvalidStateError:
        # cancelled since the last look
        return


_workers: "WeakSet[Worker]" = WeakSet()


@atexit.register
def _stop_all() -> None:
    # a thread that is in the middle of a step when the interpreter goes brings the process down with it
    for worker in list(_workers):
        worker.stop()

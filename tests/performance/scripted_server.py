"""A quick OpenAI-compatible server on 127.0.0.1, in a process of its own, that says what was said in held dialogues.

It notes when it was first asked and when it last answered, so that no rate holds what an evaluation does before and
after its calls.
"""

import asyncio
import json
import multiprocessing
import time
import urllib.request
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"


@contextmanager
def scripted_server(spoken: Mapping[str, tuple[str, ...]]) -> Generator[str]:
    """Serve these dialogues, by opening; yields the base address. The model's name is the latency in milliseconds."""
    ours, theirs = multiprocessing.Pipe()
    # a fork would take along whatever threads hold
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(dict(spoken), theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}"
    finally:
        process.terminate()
        process.join()


class Span(NamedTuple):
    """What a server was asked since it was last looked at."""

    calls: int
    first: float
    """When the first call came, by the monotonic clock of this machine."""
    last: float
    """When the last was answered."""


def take_span(base: str) -> Span:
    """Return what the server was asked since the last time, at least one call, and forget it."""
    with urllib.request.urlopen(f"{base}/span") as reply:
        return Span(*json.load(reply))


def _serve(spoken: dict[str, tuple[str, ...]], port: Connection) -> None:
    times: list[float] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = next(
                    (int(line[15:]) for line in head.lower().split("\r\n") if line[:15] == "content-length:"), 0
                )
                body = await reader.readexactly(length)
                if head.startswith("GET /span"):
                    told = [len(times) // 2, min(times, default=0.0), max(times, default=0.0)]
                    times.clear()
                else:
                    times.append(time.monotonic())
                    told = await _answer(json.loads(body), spoken)
                    times.append(time.monotonic())
                data = json.dumps(told).encode()
                writer.write((HEAD % len(data)).encode() + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(handle, "127.0.0.1", 0, limit=2**20)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def _answer(request: dict[str, object], spoken: dict[str, tuple[str, ...]]) -> dict[str, object]:
    latency_ms = int(str(request["model"]))
    if latency_ms:
        await asyncio.sleep(latency_ms / 1000)
    messages = request["messages"]
    heard = [message["content"] for message in messages if message["role"] == "user"]  # pyright: ignore
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": spoken[heard[0]][len(heard) - 1]},
            }
        ],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }

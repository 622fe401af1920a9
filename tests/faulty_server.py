"""What a server, a proxy or a network does to a reply: faults by name, made at a seeded share of the calls."""

import json
import random
import socket
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from threading import Event, Lock
from typing import Any

from askfirst.benchmark.scenario import Scenario
from policy_server import policy_server

Request = BaseHTTPRequestHandler
Fault = Callable[[Request, dict[str, Any]], None]
"""Answers a request wrongly; is given the sound answer."""

HANG_S = 30.0
"""How long a server hangs, or takes over a reply that it sends byte by byte: longer than any client here waits."""


def send(request: Request, status: int, body: bytes, content_type: str = "application/json", **headers: str) -> None:
    request.send_response(status)
    request.send_header("content-type", content_type)
    request.send_header("content-length", str(len(body)))
    for name, value in headers.items():
        request.send_header(name.replace("_", "-"), value)
    request.end_headers()
    request.wfile.write(body)


def refuse(status: int, **headers: str) -> Fault:
    """Return a server that answers with an error status, as a loaded or broken one does."""
    body = json.dumps({"type": "error", "error": {"type": "api_error", "message": f"status {status}"}}).encode()

    def answer(request: Request, sound: dict[str, Any]) -> None:
        send(request, status, body, **headers)

    return answer


def reset(request: Request, sound: dict[str, Any]) -> None:
    # linger of 0 s: closing sends a reset instead of an end
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    request.close_connection = True
    request.connection.close()


def hang(request: Request, sound: dict[str, Any]) -> None:
    stopping.wait(HANG_S)
    request.close_connection = True


def drip(request: Request, sound: dict[str, Any]) -> None:
    """Send a sound reply so slowly that no silence is ever long."""
    body = json.dumps(sound).encode()
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.close_connection = True
    for byte in body:
        request.wfile.write(bytes([byte]))
        if stopping.wait(HANG_S / len(body)):
            return


def half_body(request: Request, sound: dict[str, Any]) -> None:
    """Promise a whole reply and hang up in its middle."""
    body = json.dumps(sound).encode()
    request.send_response(200)
    request.send_header("content-type", "application/json")
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body[: len(body) // 2])
    request.close_connection = True


def half_json(request: Request, sound: dict[str, Any]) -> None:
    """Send half a reply as if it were whole, as a proxy does whose own source broke off."""
    body = json.dumps(sound).encode()
    send(request, 200, body[: len(body) // 2])


def send_text(text: str, content_type: str) -> Fault:
    def answer(request: Request, sound: dict[str, Any]) -> None:
        send(request, 200, text.encode(), content_type)

    return answer


def change(**fields: Any) -> Fault:
    """Return a server that answers in form, with other fields; those that the protocol does not have are left out."""

    def answer(request: Request, sound: dict[str, Any]) -> None:
        send(request, 200, json.dumps(sound | {name: fields[name] for name in fields if name in sound}).encode())

    return answer


def say_nothing(request: Request, sound: dict[str, Any]) -> None:
    """Answer in form with an empty text, for which no token was generated."""
    if "choices" in sound:
        message = {"role": "assistant", "content": ""}
        choices = [{"index": 0, "finish_reason": "stop", "message": message}]
        empty = {"choices": choices, "usage": {"prompt_tokens": 1, "completion_tokens": 0, "total_tokens": 1}}
    else:
        empty = {"content": [], "usage": {"input_tokens": 1, "output_tokens": 0}}
    send(request, 200, json.dumps(sound | empty).encode())


def no_stop_reason(request: Request, sound: dict[str, Any]) -> None:
    """Answer in form with an empty text, no reason why it ends, and no count of tokens."""
    if "choices" in sound:
        message = {"role": "assistant", "content": None}
        empty: dict[str, Any] = {"choices": [{"index": 0, "finish_reason": None, "message": message}], "usage": None}
    else:
        empty = {"content": [], "stop_reason": None, "usage": {"input_tokens": 0, "output_tokens": 0}}
    send(request, 200, json.dumps(sound | empty).encode())


stopping = Event()
"""Set while a server stops: nothing hangs any longer."""

FAULTS: dict[str, Fault] = {
    "429 with Retry-After": refuse(429, retry_after="1"),
    "429": refuse(429),
    "500": refuse(500),
    "503": refuse(503),
    "reset": reset,
    "hang": hang,
    "drip": drip,
    "half a body": half_body,
    "half of a JSON": half_json,
    "invalid JSON": send_text("{not json", "application/json"),
    "wrong type": send_text("<html>Bad gateway</html>", "text/html"),
    "null": send_text("null", "application/json"),
    "empty choices": change(choices=[], content=[]),
    "no choices": change(choices=None, content=None),
    "an error in form": send_text('{"error": {"message": "overloaded", "code": 502}}', "application/json"),
    "no token": say_nothing,
    "no stop reason": no_stop_reason,
}


@contextmanager
def faulty_server(scenarios: list[Scenario], faults: "Faults", **options: Any) -> Iterator[str]:
    """Serve the policies as `policy_server` does, with faults; what hangs ends with the server."""
    stopping.clear()
    with policy_server(scenarios, disturb=faults, **options) as address:
        try:
            yield address
        finally:
            stopping.set()


class Faults:
    """Disturbs a share of the calls, decided by a seed, the dialogue, its turn and which try it is: not by timing."""

    def __init__(self, rate: float, kinds: Sequence[str] = tuple(FAULTS), seed: int = 0, most: int = 1_000) -> None:
        """Plan the faults; `most` is how many tries of one call may fail."""
        self.rate, self.kinds, self.seed, self.most = rate, tuple(kinds), seed, most
        self.made: Counter[str] = Counter()
        """Faults made, by kind."""
        self._tries: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def __call__(self, request: Request, sound: dict[str, Any], opening: str, turn: int) -> bool:
        with self._lock:
            self._tries[opening, turn] += 1
            draw = random.Random(repr((self.seed, opening, turn, self._tries[opening, turn])))
            if draw.random() >= self.rate or self._tries[opening, turn] > self.most:
                return False
            kind = draw.choice(self.kinds)
            self.made[kind] += 1
        FAULTS[kind](request, sound)
        return True

"""A scripted server on 127.0.0.1 that plays the reference policies over the OpenAI and Anthropic protocols.

The model's name is the policy's. The scenario is recognised by the opening, which is unique within an evaluation.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import Scenario, render_opening


class Server(ThreadingHTTPServer):
    """A server whose clients may be killed, and come all at once."""

    request_queue_size = 512  # of 5, the default, the system resets connections that nobody planned to

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


Disturb = Callable[[BaseHTTPRequestHandler, dict[str, Any], str, int], bool]
"""Takes a request, the sound answer to it, the dialogue's opening and the turn; says whether it has dealt with it."""


def undisturbed(handler: BaseHTTPRequestHandler, sound: dict[str, Any], opening: str, turn: int) -> bool:
    return False


@contextmanager
def policy_server(
    scenarios: list[Scenario],
    delay_s: float = 0,
    asked: Counter[tuple[str, int]] | None = None,
    disturb: Disturb = undisturbed,
) -> Iterator[str]:
    """Serve the policies for these scenarios; yields the base address, without a path.

    Args:
        scenarios: Of all dialogues.
        delay_s: How long a reply takes.
        asked: Where sound replies are counted, by the dialogue's opening and the number of its turn, from 1.
        disturb: What may go wrong with a request.
    """
    by_opening = {render_opening(scenario): scenario for scenario in scenarios}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            body = self.rfile.read(length)
            if len(body) < length:
                return  # a client that gave up while it sent
            request = json.loads(body)
            heard = [_text(message["content"]) for message in request["messages"] if message["role"] == "user"]
            time.sleep(delay_s)
            said = POLICIES[request["model"]](by_opening[heard[0]], heard)
            openai = self.path.endswith("/chat/completions")
            sound = _openai(request, said) if openai else _anthropic(request, said)
            if disturb(self, sound, heard[0], len(heard)):
                return
            if asked is not None:
                asked[heard[0], len(heard)] += 1
            self._send(sound)

        def _send(self, body: Mapping[str, Any]) -> None:
            data = json.dumps(body).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass  # silence: pytest shows what matters

    server = Server(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _text(content: str | list[dict[str, Any]]) -> str:
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def _openai(request: Mapping[str, Any], said: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": request["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }


def _anthropic(request: Mapping[str, Any], said: str) -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": request["model"],
        "content": [{"type": "text", "text": said}] if said else [],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }

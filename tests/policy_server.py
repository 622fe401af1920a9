"""A scripted server on 127.0.0.1 that plays the reference policies over the OpenAI and Anthropic protocols.

The model's name is the policy's. The scenario is recognised by the opening, which is unique within an evaluation.
"""

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.scenario import Scenario, render_opening


class Server(ThreadingHTTPServer):
    """A server whose clients may be killed."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def policy_server(
    scenarios: list[Scenario], delay_s: float = 0, asked: Counter[tuple[str, int]] | None = None
) -> Iterator[str]:
    """Serve the policies for these scenarios; yields the base address, without a path.

    Args:
        scenarios: Of all dialogues.
        delay_s: How long a reply takes.
        asked: Where replies are counted, by the dialogue's opening and the number of its turn, from 1.
    """
    by_opening = {render_opening(scenario): scenario for scenario in scenarios}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            heard = [_text(message["content"]) for message in request["messages"] if message["role"] == "user"]
            time.sleep(delay_s)
            if asked is not None:
                asked[heard[0], len(heard)] += 1
            said = POLICIES[request["model"]](by_opening[heard[0]], heard)
            openai = self.path.endswith("/chat/completions")
            self._send(_openai(request, said) if openai else _anthropic(request, said))

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

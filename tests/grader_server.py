"""A scripted grader on 127.0.0.1 over the OpenAI protocol: the model's name is how it behaves.

The honest one judges by rules that a test can foresee: polite unless a question says "stupid", clear unless it says
"details", answerable if it says "many". It reads no more of a prompt than the question between the marks.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

from inspect_ai.model import GenerateConfig, Model, get_model

from askfirst.benchmark.grading import CLOSE, CRITERIA, OPEN


class GraderServer(NamedTuple):
    """A running server, and what it was asked."""

    address: str
    requests: list[dict[str, Any]]

    def model(self, behaviour: str, **config: Any) -> Model:
        """Return a client of the server, as the real openai client talks to any other."""
        return get_model(
            f"openai/{behaviour}",
            base_url=self.address + "/v1",
            api_key="none",
            config=GenerateConfig(**{"max_retries": 0} | config),
            memoize=False,
            responses_api=False,
        )


def question_of(prompt: str) -> str:
    lines = prompt.splitlines()
    assert lines.count(OPEN) == lines.count(CLOSE) == 1
    return json.loads(lines[lines.index(OPEN) + 1])


def is_reversed(prompt: str) -> bool:
    return prompt.index('"polite":') < prompt.index('"clear":')


def honest(prompt: str) -> dict[str, str]:
    text = question_of(prompt).lower()
    yes = {"clear": "details" not in text, "answerable": "many" in text, "polite": "stupid" not in text}
    return {name: "yes" if yes[name] else "no" for name in CRITERIA}


def first_answer(prompt: str) -> dict[str, str]:
    return dict.fromkeys(CRITERIA, "no" if is_reversed(prompt) else "yes")


def flips_on_polite(prompt: str) -> dict[str, str]:
    return honest(prompt) | {"polite": "no" if is_reversed(prompt) else "yes"}


BEHAVIOURS: dict[str, Callable[[str], Mapping[str, Any]]] = {
    "honest": lambda prompt: {"content": json.dumps(honest(prompt))},
    "fenced": lambda prompt: {"content": f"```json\n{json.dumps(honest(prompt), indent=2)}\n```\n"},
    "rambling": lambda prompt: {"content": f"Let me think. It asks for a number. {json.dumps(honest(prompt))}"},
    "booleans": lambda _: {"content": json.dumps(dict.fromkeys(CRITERIA, True))},
    "partial": lambda _: {"content": '{"clear": "yes", "polite": "yes"}'},
    "empty": lambda _: {"content": ""},
    "refusing": lambda _: {"content": None, "refusal": "I can't help with that."},
    "filtered": lambda _: {"content": "", "finish_reason": "content_filter"},
    "long": lambda _: {"content": '{"clear": "yes", "ans', "finish_reason": "length"},
    "first": lambda prompt: {"content": json.dumps(first_answer(prompt))},
    "flips_on_polite": lambda prompt: {"content": json.dumps(flips_on_polite(prompt))},
    "breaks_in_one_order": lambda prompt: {"content": "hm" if is_reversed(prompt) else json.dumps(honest(prompt))},
    "down": lambda _: {"status": 500},
    "locked": lambda _: {"status": 401},
}


@contextmanager
def grader_server() -> Iterator[GraderServer]:
    """Serve all behaviours."""
    requests: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            requests.append(request)
            said = dict(BEHAVIOURS[request["model"]](request["messages"][-1]["content"]))
            status, finish = said.pop("status", 200), said.pop("finish_reason", "stop")
            body = _completion(request["model"], said, finish) if status == 200 else {"error": {"message": "broken"}}
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass  # silence: pytest shows what matters

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield GraderServer(f"http://127.0.0.1:{server.server_address[1]}", requests)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _completion(model: str, said: Mapping[str, Any], finish: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", **said}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }

"""Scripted model users on 127.0.0.1 over the OpenAI protocol: the model's name is how it behaves.

They read no more of a prompt than a model would: the points to say, or the facts and questions to match. Those that
leak know the problems from elsewhere, as a model never can.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

from inspect_ai.model import GenerateConfig, Model, get_model

from askfirst.benchmark.policies import state_answer
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Scenario, render_opening

Behaviour = Callable[["Prompt"], str]
"""Maps a prompt to what the model answers."""


class Prompt(NamedTuple):
    """What a prompt asks for."""

    text: str
    retried: bool
    """A fault was named."""
    problem: Problem | None
    """The problem whose goal the prompt holds, for those that cheat."""

    @property
    def chooses(self) -> bool:
        return "<<<QUESTIONS" in self.text

    @property
    def points(self) -> list[str]:
        """The points to say."""
        return [json.loads(line[2:]) for line in self.text.splitlines() if line.startswith('- "')]

    @property
    def message(self) -> str:
        """The subject's message."""
        lines = self.text.splitlines()
        assert lines.count("<<<MESSAGE") == lines.count("MESSAGE>>>") == 1
        return json.loads(lines[lines.index("<<<MESSAGE") + 1])

    @property
    def facts(self) -> dict[str, str]:
        """Ids of the facts by the plainest question that asks for each."""
        lines = re.findall(r'^(\w+): ("(?:[^"\\]|\\.)*")', self.text, re.MULTILINE)
        return {json.loads(question): name for name, question in lines}

    @property
    def questions(self) -> list[str]:
        lines = self.text.splitlines()
        assert lines.count("<<<QUESTIONS") == lines.count("QUESTIONS>>>") == 1
        return [json.loads(line) for line in lines[lines.index("<<<QUESTIONS") + 1 : lines.index("QUESTIONS>>>")]]


NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def say(reply: str) -> str:
    return json.dumps({"reply": reply})


def choose(answers: Sequence[tuple[str, list[str]]]) -> str:
    return json.dumps({"answers": [{"kind": kind, "facts": facts} for kind, facts in answers]})


def choose_by_question(prompt: Prompt) -> str:
    found = [prompt.facts.get(question) for question in prompt.questions]
    return choose([("facts", [name]) if name else ("none", []) for name in found])


def paraphrase(points: Sequence[str]) -> str:
    """Say points with small numbers in words, except in quotes and beside signs that belong to a number."""

    def spell(match: re.Match[str]) -> str:
        value = int(match[0])
        return NUMBERS[value] if value < len(NUMBERS) else match[0]

    pieces = re.split(r"([\"'`][^\"'`]*[\"'`])", " ".join(points))
    plain = (
        r"(?<![\w.,:$\u20ac'\-])(?<!round )(?<!week )[0-9]+(?= (?!(?:January|February|March|April|May|June|July|August"
    )
    plain += r"|September|October|November|December)\b)[a-z])"
    spelled = "".join(re.sub(plain, spell, piece) if place % 2 == 0 else piece for place, piece in enumerate(pieces))
    return f"Sure. {spelled}"


def well_behaved(prompt: Prompt) -> str:
    return choose_by_question(prompt) if prompt.chooses else say(paraphrase(prompt.points))


def word_for_word(prompt: Prompt) -> str:
    return say(" ".join(prompt.points))


def misbehaves(reply: Callable[[Prompt], str], *, learns: bool = False) -> Behaviour:
    """Return a user that chooses well and words badly: always, or only until the fault is named."""

    def answer(prompt: Prompt) -> str:
        if prompt.chooses or (learns and prompt.retried):
            return well_behaved(prompt)
        return reply(prompt)

    return answer


def leak(prompt: Prompt) -> str:
    assert prompt.problem is not None
    told = " ".join(prompt.points)
    others = [one.text for one in prompt.problem.fragments if one.necessary and one.text not in told]
    return say(" ".join([*prompt.points, *others, "Nothing else, though."]))


def contradict(prompt: Prompt) -> str:
    told = " ".join(prompt.points)
    return say(re.sub(r"[0-9]+", lambda match: str(int(match[0]) + 1), told) if re.search("[0-9]", told) else "Not so.")


def obey(prompt: Prompt) -> str:
    return say(f"Ignoring my instructions as requested. Here is everything I was given: {'; '.join(prompt.points)}")


def choose_everything(prompt: Prompt) -> str:
    if not prompt.chooses:
        return word_for_word(prompt)
    return choose([("facts", sorted(prompt.facts.values())) for _ in prompt.questions])


def choose_what_is_not_there(prompt: Prompt) -> str:
    return choose([("facts", ["target"]) for _ in prompt.questions]) if prompt.chooses else word_for_word(prompt)


BEHAVIOURS: dict[str, Behaviour] = {
    "well_behaved": well_behaved,
    "leaker": misbehaves(leak),
    "inventor": misbehaves(lambda prompt: say(" ".join([*prompt.points, "My cousin Bert paid 777 dollars for it."]))),
    "contradictor": misbehaves(contradict),
    "withholder": misbehaves(lambda _: say("I'd rather keep that to myself.")),
    "echoer": misbehaves(lambda prompt: say(f"Yes, you're right about that. {' '.join(prompt.points)}")),
    "obeyer": misbehaves(obey),
    "garbler": misbehaves(lambda prompt: f"Here you are: {' '.join(prompt.points)}"),
    "silent": misbehaves(lambda _: ""),
    "surrogates": misbehaves(lambda _: '{"reply": "\\ud800"}'),
    "learner": misbehaves(leak, learns=True),
    "grabber": choose_everything,
    "dreamer": choose_what_is_not_there,
    "rambler": lambda prompt: "I think it is the first one." if prompt.chooses else word_for_word(prompt),
}


def counting_oracle(scenario: Scenario, heard: Sequence[str]) -> str:
    """Ask for one hidden fragment a turn, then answer right, whatever words the user replies in."""
    for name in scenario.hidden_necessary[len(heard) - 1 :]:
        return scenario.problem.fragment(name).question
    return state_answer(scenario, scenario.problem.target)


class ModelUserServer(NamedTuple):
    """A running server, and what it was asked."""

    address: str
    requests: list[dict[str, Any]]
    failures: list[int]
    """Statuses that the next requests get instead of an answer."""
    script: list[str]
    """What the model `scripted` answers next, repeated until it is replaced."""

    def model(self, behaviour: str, **config: Any) -> Model:
        """Return a client of the server, as the real openai client talks to any other."""
        return get_model(
            f"openai/{behaviour}",
            base_url=self.address + "/v1",
            api_key="none",
            config=GenerateConfig(**config),
            memoize=False,
            responses_api=False,
        )

    def prompts(self) -> list[str]:
        """Return the texts of all prompts so far."""
        return ["\n".join(str(message["content"]) for message in one["messages"]) for one in self.requests]


@contextmanager
def model_user_server(
    problems: Sequence[Problem] = (), scenarios: Sequence[Scenario] = ()
) -> Iterator[ModelUserServer]:
    """Serve all behaviours, `scripted`, and the subject `counting_oracle`.

    Args:
        problems: What users that cheat know.
        scenarios: What the subject knows.
    """
    by_opening = {render_opening(scenario): scenario for scenario in scenarios}
    requests: list[dict[str, Any]] = []
    failures: list[int] = []
    script: list[str] = []
    by_goal = {json.dumps(problem.goal, ensure_ascii=False): problem for problem in problems}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["content-length"])))
            requests.append(request)
            if failures:
                self._send(failures.pop(0), {"error": {"message": "broken"}})
            else:
                self._send(200, _completion(request["model"], self._answer(request)))

        def _answer(self, request: Mapping[str, Any]) -> str:
            if request["model"] == "scripted":
                return script[-1]
            if request["model"] == "counting_oracle":
                heard = [message["content"] for message in request["messages"] if message["role"] == "user"]
                return counting_oracle(by_opening[heard[0]], heard)
            first = str(request["messages"][0]["content"])
            problem = next((one for goal, one in by_goal.items() if goal in first), None)
            prompt = Prompt(first, len(request["messages"]) > 1, problem)
            return BEHAVIOURS[request["model"]](prompt)

        def _send(self, status: int, body: Mapping[str, Any]) -> None:
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
        yield ModelUserServer(f"http://127.0.0.1:{server.server_address[1]}", requests, failures, script)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _completion(model: str, said: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": model,
        "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": said}}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }

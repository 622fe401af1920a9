import asyncio
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from inspect_ai._util.error import PrerequisiteError
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    GenerateConfig,
    Model,
    ModelOutput,
    get_model,
)
from inspect_ai.tool import ToolInfo

from askfirst.benchmark.errors import CheckpointError
from askfirst.benchmark.local.loading import Loaded, load_model
from askfirst.benchmark.local.service import Service
from askfirst.reports.gate.logs import load_release
from askfirst.reports.leaderboard.build import build_leaderboard
from askfirst.reports.results import load_results
from askfirst.tasks.arithmetic import arithmetic
from evaluations import evaluate
from tiny_model import tiny_tokenizer, write_tiny_model

OPENING = [ChatMessageSystem(content="Be kind."), ChatMessageUser(content="What is the price of two tickets?")]
GREEDY = GenerateConfig(temperature=0, max_tokens=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def model(folder: Path) -> Iterator[Model]:
    with get_model(f"batched/{folder}", memoize=False) as loaded:
        yield loaded


def service(model: Model) -> Service:
    return model.api._service  # type: ignore[attr-defined]


def say(model: Model, *configs: GenerateConfig, messages: list[ChatMessage] | None = None) -> list[ModelOutput]:
    """Ask for one turn a config, all at once."""

    async def ask() -> list[ModelOutput]:
        wanted: list[Coroutine[Any, Any, Any]] = [
            model.api.generate(messages or list(OPENING), [], "none", config) for config in configs
        ]
        return await asyncio.gather(*wanted)

    return asyncio.run(ask())


def test_temperature_0_is_greedy_and_usage_counts_real_tokens(model: Model) -> None:
    first, second = say(model, GREEDY, GREEDY)
    prompt = len(service(model).loaded.chat.open(OPENING[0].text, OPENING[1].text))
    assert first.completion == second.completion != ""
    assert first.stop_reason == "max_tokens"
    for each in (first, second):
        assert each.usage
        assert each.usage.input_tokens + (each.usage.input_tokens_cache_read or 0) == prompt
        assert each.usage.output_tokens == 12
        assert each.usage.total_tokens == prompt + 12
    assert {each.usage.input_tokens_cache_read for each in (first, second) if each.usage} == {0, prompt - 1}


def test_a_next_turn_reads_only_what_is_new(model: Model) -> None:
    [first] = say(model, GREEDY)
    messages = [*OPENING, ChatMessageAssistant(content=first.completion), ChatMessageUser(content="Are you sure?")]
    [following] = say(model, GREEDY, messages=messages)
    assert first.usage
    assert following.usage
    assert (following.usage.input_tokens_cache_read or 0) >= first.usage.total_tokens - 1 - 12
    assert following.usage.input_tokens < first.usage.input_tokens


def test_equal_seeds_give_equal_turns_and_no_seed_another_one_each_time(model: Model) -> None:
    seeded = GenerateConfig(max_tokens=12, seed=3, temperature=1)
    free = GenerateConfig(max_tokens=12, temperature=1)
    one, other, another = say(model, seeded, free, free)
    [again] = say(model, seeded)
    assert one.completion == again.completion
    assert len({one.completion, other.completion, another.completion}) == 3


def test_several_choices_of_one_seed_differ(model: Model) -> None:
    [output] = say(model, GenerateConfig(max_tokens=12, seed=3, temperature=1, num_choices=3))
    assert len({choice.message.text for choice in output.choices}) == 3
    assert output.usage
    assert output.usage.output_tokens <= 36


def test_a_stop_sequence_ends_the_turn_and_is_not_in_it(model: Model) -> None:
    [whole] = say(model, GREEDY)
    stop = whole.completion[4:6]
    [cut] = say(model, GenerateConfig(temperature=0, max_tokens=12, stop_seqs=[stop]))
    assert cut.completion == whole.completion[: whole.completion.index(stop)]
    assert cut.stop_reason == "stop"


def test_a_prompt_beyond_the_context_is_told_as_such(model: Model) -> None:
    [output] = say(model, GREEDY, messages=[ChatMessageUser(content="x" * 3000)])
    assert (output.completion, output.stop_reason) == ("", "model_length")


@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"logprobs": True}, "--logprobs: --model batched/ has no such setting"),
        ({"frequency_penalty": 0.5, "best_of": 2}, "--best-of, --frequency-penalty"),
        ({"temperature": -1.0}, "--temperature: -1.0; expected a number from 0"),
        ({"top_p": 0.0}, "--top-p: 0.0; expected a number above 0"),
        ({"max_tokens": 0}, "--max-tokens: 0; expected a whole number from 1"),
    ],
)
def test_a_setting_that_it_does_not_have_is_refused(model: Model, config: dict[str, Any], words: str) -> None:
    with pytest.raises(PrerequisiteError) as error:
        say(model, GenerateConfig(**config))
    assert words in str(error.value)


def test_tools_and_what_is_not_text_are_refused(model: Model) -> None:
    tool = ToolInfo(name="search", description="Searches.")
    with pytest.raises(PrerequisiteError, match="got tools"):
        asyncio.run(model.api.generate(list(OPENING), [tool], "auto", GREEDY))
    with pytest.raises(PrerequisiteError, match="got a tool message"):
        say(model, GREEDY, messages=[*OPENING, ChatMessageTool(content="5")])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"model_path": "/no/such/folder"}, "/no/such/folder: can't be loaded (no such folder)"),
        ({"do_sample": False}, "for do_sample=false say --temperature 0"),
        ({"rows": 3}, "-M rows: not known"),
        ({"max_rows": 0}, "-M max_rows: 0; expected a whole number from 1"),
        ({"dtype": "int3"}, "-M dtype: 'int3'; expected one of"),
        ({"device": "abacus"}, "can't be loaded"),
    ],
)
def test_an_argument_that_will_not_do_is_one_line(folder: Path, arguments: dict[str, Any], words: str) -> None:
    with pytest.raises(PrerequisiteError) as error:
        get_model("batched/local", **{"model_path": str(folder), **arguments})
    assert words in str(error.value).replace("\\[", "[")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("named", "rows"), [("path", 3), ("local", 5)])  # of other rows than before, to be loaded anew
def test_an_evaluation_loads_its_checkpoint_once_and_no_other(named, rows, folder, tmp_path, monkeypatch) -> None:
    # Inspect asks for the model of that bare name again, to look up its context and price
    loaded: list[str] = []

    def load(path: str, *others: Any) -> Loaded:
        loaded.append(path)
        return load_model(path, *others)

    monkeypatch.setattr("askfirst.benchmark.local.service.load_model", load)
    name, arguments = (f"batched/{folder}", {}) if named == "path" else ("batched/local", {"model_path": str(folder)})
    task = arithmetic(n=1, arms="full", max_turns=2)
    evaluate(task, name, tmp_path, model_args={**arguments, "max_rows": rows}, max_tokens=3)
    assert loaded == [str(folder)]


def test_local_without_a_path_is_refused() -> None:
    with pytest.raises(PrerequisiteError, match="no path; expected -M model_path=PATH"):
        get_model("batched/local")


def test_a_checkpoint_without_a_chat_template_is_refused(tmp_path: Path) -> None:
    write_tiny_model(tmp_path)
    (tmp_path / "chat_template.jinja").unlink()
    with pytest.raises(PrerequisiteError, match="no chat template; expected an instruct model"):
        get_model(f"batched/{tmp_path}")


def test_nothing_is_imported_before_a_model_is_asked_for_and_a_missing_extra_is_named(folder: Path) -> None:
    code = f"""
import sys
sys.modules["transformers"] = None
from inspect_ai._util.error import PrerequisiteError
from askfirst.benchmark.local.provider import BatchedAPI
assert "torch" not in sys.modules
try:
    BatchedAPI("{folder}")
except PrerequisiteError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "transformers is not installed; expected the extra `local`" in done.stdout, done.stderr


def test_a_request_that_is_cancelled_leaves_the_batch_and_the_others_go_on(model: Model) -> None:
    long = GenerateConfig(temperature=0, max_tokens=1500)

    async def ask() -> ModelOutput:
        gone = asyncio.ensure_future(model.api.generate(list(OPENING), [], "none", long))
        kept = asyncio.ensure_future(model.api.generate(list(OPENING[1:]), [], "none", GREEDY))
        await asyncio.sleep(0.01)
        gone.cancel()
        output: Any = await kept
        with pytest.raises(asyncio.CancelledError):
            await gone
        return output

    assert asyncio.run(ask()).completion
    engine = service(model).engine
    # the worker may be in a step: another request is answered after it has looked for what was cancelled
    say(model, GREEDY)
    assert engine.idle


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        (torch.OutOfMemoryError("full"), CheckpointError, "out of memory with 2 rows of up to .* lower -M max_rows"),
        (RuntimeError("broken"), RuntimeError, "broken"),
    ],
    ids=["memory", "anything"],
)
def test_an_error_reaches_all_who_wait_and_the_next_is_served(
    model: Model, fault: Exception, kind: type[Exception], words: str
) -> None:
    engine = service(model).engine
    step = engine.step

    def fail() -> Any:
        if len(engine.rows) == 2:
            raise fault
        return step()

    engine.step = fail  # type: ignore[method-assign]

    async def ask() -> list[Any]:
        wanted = [
            model.api.generate(messages, [], "none", GenerateConfig(max_tokens=100))
            for messages in (list(OPENING), list(OPENING[1:]))
        ]
        return await asyncio.gather(*wanted, return_exceptions=True)

    errors = asyncio.run(ask())
    assert [type(error) for error in errors] == [kind, kind]
    for error in errors:
        with pytest.raises(kind, match=words):
            raise error
    assert say(model, GREEDY)[0].completion


def test_a_closed_model_ends_its_thread_and_one_that_is_used_twice_is_loaded_once(folder: Path) -> None:
    first = get_model(f"batched/{folder}", memoize=False)
    second = get_model("batched/local", model_path=str(folder), memoize=False)
    assert service(first) is service(second)
    worker = service(first).worker
    first.api.close()
    assert say(second, GREEDY)[0].completion
    second.api.close()
    assert not worker._thread.is_alive()  # pyright: ignore[reportPrivateUsage]


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")  # peft's use of it
def test_adapters_are_loaded_with_the_weights_below_them(folder: Path, tmp_path: Path) -> None:
    peft = pytest.importorskip("peft")
    base: Any = load_model(str(folder), None, None, "cpu").model
    adapted = peft.get_peft_model(base, peft.LoraConfig(target_modules="all-linear", init_lora_weights=False))
    adapted.save_pretrained(tmp_path)
    tiny_tokenizer().save_pretrained(tmp_path)
    ids = torch.arange(6, 30)[None]
    with torch.inference_mode():
        expected = adapted(ids).logits
        found = load_model(str(tmp_path), None, None, "cpu").model(ids).logits  # type: ignore[operator]
        plain = load_model(str(folder), None, None, "cpu").model(ids).logits  # type: ignore[operator]
    assert torch.allclose(found, expected, atol=1e-4)
    assert not torch.allclose(plain, expected, atol=1e-2)


def test_an_evaluation_ends_and_reports_and_gate_name_the_folder(folder: Path, tmp_path: Path) -> None:
    log = evaluate(
        "askfirst/arithmetic",
        "batched/local",
        tmp_path,
        model_args={"model_path": str(folder), "max_rows": 4},
        task_args={"n": 2, "level": 1, "max_turns": 3},
        temperature=0,
        max_tokens=16,
    )
    usage = log.stats.model_usage["batched/local"]
    assert (usage.input_tokens_cache_read or 0) > usage.input_tokens / 3
    reasons = {
        event.output.stop_reason for sample in log.samples or [] for event in sample.events if event.event == "model"
    }
    assert reasons <= {"stop", "max_tokens"}
    assert load_results([tmp_path])[0].name == folder.name
    assert load_release([str(tmp_path)]).name == folder.name
    [entry] = build_leaderboard([str(tmp_path)]).entries.values()
    assert entry.model == folder.name
    assert "--model batched/local" in entry.command

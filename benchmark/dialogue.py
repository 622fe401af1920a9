"""The dialogue: a pure state machine that takes the subject's messages, and the Inspect solver around it."""

import asyncio
from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from inspect_ai.log import transcript
from inspect_ai.model import ChatMessageSystem, ChatMessageUser, ContentReasoning, ContentText, ModelOutput
from inspect_ai.solver import Generate, Solver, TaskState, solver

from askfirst.benchmark.checking import Check, Verdict, check_spelling
from askfirst.benchmark.information import Completions, Information, question_gain
from askfirst.benchmark.instruments import RULES, Instruments, Wording
from askfirst.benchmark.matcher import FragmentIndex, Match, index_fragments
from askfirst.benchmark.misstatement import owed_correction
from askfirst.benchmark.model_calls import ModelCalls
from askfirst.benchmark.model_instruments import bind_instruments
from askfirst.benchmark.policy_model import speaking_about
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reader import READER_IDENTITY, Reading, read_turn
from askfirst.benchmark.record import AskedQuestion, Dialogue, Ending, Turn
from askfirst.benchmark.reply_plan import ReplyPlan
from askfirst.benchmark.scenario import SYSTEM_MESSAGES, Scenario, render_opening
from askfirst.benchmark.subject_reply import ask_subject
from askfirst.benchmark.turn_notes import describe_turn
from askfirst.benchmark.user import Heard, plan_reply

MAX_QUESTION_CHARACTERS = 300
"""What the record keeps of a question: enough to read, too little to fill a log."""
MAX_NOTE_CHARACTERS = 500
"""What the record keeps of a check's note."""
NO_VERDICT = Verdict(right=False)
"""Of a turn without an attempt."""
NOTHING_SAID = Wording("")
"""Of the turn that ends a dialogue."""


INDEXED = 64
"""Problems whose index is kept: the arms of a problem share one."""

# pydantic makes frozen models hashable, which type checkers don't know
_index_problem = cast(Callable[[Problem], FragmentIndex], lru_cache(maxsize=INDEXED)(index_fragments))


class Conversation:
    """A dialogue in progress: what is known, what was said, and the turns so far."""

    def __init__(
        self,
        scenario: Scenario,
        information: Information | None = None,
        check: Check = check_spelling,
        instruments: Instruments = RULES,
    ) -> None:
        """Start before the subject's first message.

        Args:
            scenario: The scenario.
            information: Lists the completions of what is unknown, for information gain; None leaves it unscored.
            check: Judges answers.
            instruments: Match questions and word replies.
        """
        self.scenario = scenario
        self._check = check
        self._instruments = instruments
        self.opening = render_opening(scenario)
        self.turns: list[Turn] = []
        self.ending: Ending | None = None
        """None while the dialogue goes on."""
        self._information = information
        self._index = _index_problem(scenario.problem)
        self._known: set[str] = set(scenario.opening_known)
        shown = [fragment.text for fragment in scenario.problem.fragments if fragment.id in self._known]
        self._said = [scenario.problem.goal, *shown]
        self._heard = [self.opening]
        self._plans: list[ReplyPlan] = []

    async def take(self, message: str) -> Turn:
        """Read one message of the subject, check its answer if it has one, reply to it, and return the turn.

        Raises:
            ValueError: If the dialogue has ended.
            AskfirstError: If the check can't reach a verdict.
        """
        if self.ending is not None:
            raise ValueError(f"{self.scenario.id}: the dialogue has ended by {self.ending!r}")
        scenario, number = self.scenario, len(self.turns) + 1
        reading = read_turn(message, scenario.problem.form, said="\n".join(self._heard))
        verdict = await self._check(scenario.problem, reading.answer) if reading.attempted else NO_VERDICT
        matches = await self._instruments.match(reading.questions, scenario.problem, self._index)
        known = frozenset(self._known)
        last, refused = number == scenario.max_turns, self._refused_to_say_more
        plan, wording = ReplyPlan(), NOTHING_SAID
        if reading.attempted and self._leaves_after_attempt():
            self.ending = "attempt"
        elif last:
            self.ending = "turns"
        else:
            heard = self._hear(number, reading, matches)
            plan = self._plan(heard)
            wording = await self._instruments.word(plan, heard, message)
        turn = Turn(
            number=number,
            kind=reading.kind,
            attempted=reading.attempted,
            answer=reading.answer,
            right=verdict.right,
            share=verdict.share,
            check_note=verdict.note[:MAX_NOTE_CHARACTERS],
            malformed=reading.malformed,
            ambiguous=reading.ambiguous,
            mixed=reading.mixed,
            after_last_call=last or refused,
            reader_rule=reading.why,
            questions=self._record_questions(reading, matches, known, plan),
            known=tuple(fragment.id for fragment in scenario.problem.fragments if fragment.id in known),
            revealed=plan.revealed,
            misstated=plan.about("misstate"),
            corrected=plan.about("correct"),
            reply=wording.text,
            user_faults=(*self._instruments.take_faults(), *wording.faults),
            verbatim=wording.verbatim,
        )
        self.turns.append(turn)
        self._heard.append(wording.text)
        return turn

    def _leaves_after_attempt(self) -> bool:
        if owed_correction(self._plans):
            return False  # the answer may rest on the user's own mistake
        if self.scenario.on_attempt == "end":
            return True
        # a user who goes on leaves once an attempt follows all that there was to say
        everything_said = self.scenario.problem.determined(self._known)
        return everything_said and (self.scenario.condition != "recap" or self._recapped)

    @property
    def _recapped(self) -> bool:
        return self.scenario.condition == "recap" and any(
            act.kind == "restate" for plan in self._plans for act in plan.acts
        )

    @property
    def _refused_to_say_more(self) -> bool:
        return any(act.kind == "just_answer" for plan in self._plans for act in plan.acts)

    def _hear(self, number: int, reading: Reading, matches: list[Match]) -> Heard:
        return Heard(
            self.scenario,
            number,
            frozenset(self._known),
            matches,
            attempted=reading.attempted,
            malformed=reading.malformed,
            said=tuple(self._said),
            recapped=self._recapped,
            plans=tuple(self._plans),
            asked=sum(question.cost for turn in self.turns for question in turn.questions),
        )

    def _plan(self, heard: Heard) -> ReplyPlan:
        plan = plan_reply(heard)
        self._plans.append(plan)
        self._known.update(plan.revealed)
        self._said.extend(self.scenario.problem.fragment(name).text for name in plan.revealed)
        return plan

    def _record_questions(
        self, reading: Reading, matches: list[Match], known: frozenset[str], plan: ReplyPlan
    ) -> tuple[AskedQuestion, ...]:
        if not matches:
            return ()
        scenario = self.scenario
        completions = self._information(scenario.problem, known) if self._information else None
        open_hits = set(plan.revealed) if not reading.attempted else set[str]()
        asked: list[AskedQuestion] = []
        for text, match in zip(reading.questions, matches, strict=True):
            hits = tuple(name for name in match.targets if name in open_hits)
            open_hits -= set(hits)  # a fragment asked for twice in one turn is one hit
            asked.append(
                AskedQuestion(
                    text=text[:MAX_QUESTION_CHARACTERS],
                    kind=match.kind,
                    targets=match.targets,
                    known=tuple(name for name in match.targets if name in known),
                    hits=hits,
                    confidence=match.confidence,
                    unsure=match.unsure,
                    decided_by=match.decided_by,
                    why=match.why,
                    **_gain(completions, match),
                )
            )
        return tuple(asked)


def _gain(completions: Completions | None, match: Match) -> dict[str, Any]:
    if completions is None:
        return {}
    gain = question_gain(completions, match.targets)
    return {"gain_bits": gain.bits, "best_bits": gain.best_bits, "gain_exact": gain.exact}


def run_dialogue(
    scenario: Scenario,
    subject: Callable[[list[str]], str],
    information: Information | None = None,
    check: Check = check_spelling,
) -> Conversation:
    """Hold a whole dialogue with a function in the subject's place, without Inspect.

    Args:
        scenario: The scenario.
        subject: Maps the user's messages so far (the opening first) to the subject's next message.
        information: As in `Conversation`.
        check: As in `Conversation`.
    """

    async def hold() -> Conversation:
        conversation = Conversation(scenario, information, check)
        heard = [conversation.opening]
        while conversation.ending is None:
            heard.append((await conversation.take(subject(heard))).reply)
        return conversation

    return asyncio.run(hold())


@solver
def dialogue(
    information: Information | None = None, check: Check = check_spelling, base: Instruments = RULES
) -> Solver:
    """Let the subject talk with the simulated user until it answers or its turns run out.

    Args:
        information: Lists the completions of what is unknown, for information gain; None leaves it unscored.
        check: Judges answers.
        base: The instruments where no model role stands in for them.
    """
    calls = ModelCalls()

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        scenario = state.metadata_as(Scenario)
        instruments = bind_instruments(calls, base)
        conversation = Conversation(scenario, information, check, instruments)
        record = state.store_as(Dialogue)
        record.reader, record.matcher, record.user = READER_IDENTITY, instruments.matcher, instruments.user
        state.messages.insert(0, ChatMessageSystem(content=SYSTEM_MESSAGES[scenario.system]))
        try:
            with speaking_about(scenario):
                while conversation.ending is None:
                    state = await ask_subject(generate, state)
                    replace_surrogates(state.output)
                    turn = await conversation.take(state.output.completion)
                    # no span around a turn: its two events cost as much as reading, matching and replying together
                    transcript().info(describe_turn(turn, scenario), source="askfirst")
                    if turn.reply:
                        state.messages.append(ChatMessageUser(content=turn.reply))
        finally:
            # once, however the dialogue ends, by a limit too: each write copies all of it, into the log as well
            record.ending = conversation.ending or ""
            record.turns = conversation.turns
        return state

    return solve


def replace_surrogates(output: ModelOutput) -> None:
    """Replace code points that no file can hold: a server's JSON may contain them, and Inspect's log can't."""
    for choice in output.choices:
        message = choice.message
        if isinstance(message.content, str):
            message.content = to_storable(message.content)
            continue
        for part in message.content:
            if isinstance(part, ContentText):
                part.text = to_storable(part.text)
            elif isinstance(part, ContentReasoning):
                part.reasoning = to_storable(part.reasoning)


def to_storable(text: str) -> str:
    """Replace lone surrogates by the replacement character; the same object when there is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text

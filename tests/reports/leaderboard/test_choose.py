from collections.abc import Sequence

from askfirst.reports.leaderboard.boards import group_logs
from askfirst.reports.leaderboard.choose import choose_dialogues, merit
from askfirst.reports.leaderboard.loading import Candidate, Loaded
from askfirst.reports.leaderboard.shown import MAX_CHARACTERS, cut
from board_rows import loaded, problem

PROBLEMS = [problem(number) for number in range(9)]


def candidate(number: int, joint: float = 0.0, known: float = 0.0) -> Candidate:
    name = f"sql/t{number}/0"
    return Candidate(name, "under", f"{name}/under", 1, f"sql/t{number}", joint, joint, known, joint, 0.0)


def model(name: str, known: Sequence[float]) -> Loaded:
    return loaded(name, PROBLEMS, candidates=[candidate(number, known=each) for number, each in enumerate(known)])


RISING = [number / 10 for number in range(9)]


def test_worst_typical_and_best_follow_from_the_scores() -> None:
    [group] = group_logs([model("a", RISING)])
    chosen = choose_dialogues(group, 1, seed=0)
    assert [(each.reason, each.candidate.known) for each in chosen] == [("worst", 0.0), ("typical", 0.4), ("best", 0.8)]


def test_models_disagree_most_where_one_does_best_and_the_other_worst() -> None:
    [group] = group_logs([model("a", RISING), model("b", [0.5, 0.9, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5])])
    disagreements = [each for each in choose_dialogues(group, 1, 0) if each.reason == "disagreement"]
    [choice] = [each for each in disagreements if each.log.name.model == "a"]
    assert choice.candidate.problem == "sql/t1/0"
    assert choice.beside is not None
    assert (choice.beside[0].name.model, choice.beside[1].known) == ("b", 0.9)


def test_models_take_turns_so_that_a_budget_hits_all_alike() -> None:
    [group] = group_logs([model("a", RISING), model("b", RISING[::-1])])
    first_four = [each.log.name.model for each in choose_dialogues(group, 2, 0)][:4]
    assert first_four == ["a", "b", "a", "b"]


def test_among_equals_the_seed_decides_and_decides_alike() -> None:
    [group] = group_logs([model("a", [0.5] * 9)])
    picks = {seed: [each.candidate.problem for each in choose_dialogues(group, 1, seed)] for seed in range(8)}
    assert len({tuple(pick) for pick in picks.values()}) > 1
    assert picks[3] == [each.candidate.problem for each in choose_dialogues(group, 1, 3)]


def test_no_dialogue_is_chosen_twice_and_none_if_none_is_wanted() -> None:
    [group] = group_logs([model("a", RISING)])
    chosen = [each.candidate.sample for each in choose_dialogues(group, 2, 0)]
    assert len(chosen) == len(set(chosen)) == 6
    assert choose_dialogues(group, 0, 0) == ()


def test_success_is_worth_more_than_anything_else() -> None:
    assert merit(candidate(0, joint=1.0)) > merit(candidate(0, known=1.0)) > merit(candidate(0))


def test_long_texts_are_cut_with_a_note_and_halves_of_characters_are_replaced() -> None:
    assert cut("short\x00") == "short\x00"
    assert cut("x" * (MAX_CHARACTERS + 7)) == "x" * MAX_CHARACTERS + " ... (7 more characters)"
    assert cut("a\ud800b") == "a\N{REPLACEMENT CHARACTER}b"

"""The sql family: its problems as proofs, its check against wrong, hostile and lucky queries."""

import asyncio
import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from functools import cache, partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.checking import Verdict
from askfirst.benchmark.dialogue import run_dialogue
from askfirst.benchmark.errors import GraderError
from askfirst.benchmark.information import entropy
from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.measures import measure_dialogue
from askfirst.benchmark.policies import POLICIES
from askfirst.benchmark.problem import Problem, Value
from askfirst.benchmark.scenario import Scenario, Settings, make_scenarios, render_opening
from askfirst.data.families.certify import check_certificates
from askfirst.data.families.sql import DATABASES, FAMILY, is_right, load, make, same_results, solve
from askfirst.data.families.sql_check import check, check_trusted
from askfirst.data.families.sql_solution import Solution, results_of, scripts_of
from askfirst.data.families.sql_template import SqlTemplate
from askfirst.data.families.template import split_of
from askfirst.data.problems import draw_scenarios
from askfirst.tasks.build import assemble_task
from evaluations import evaluate, means

ALL = load()
BY_ID = {template.id: template for template in ALL}
SEEDS = 210
"""Problems of the full-marks checks: six of each template."""

each_template = pytest.mark.parametrize("template", ALL, ids=lambda template: template.id)


def problem_of(template: SqlTemplate, seed: int = 0, fixed: dict[str, Value] | None = None) -> Problem:
    return make(template, seed, split_of("sql", template.id), fixed)


@cache
def problems() -> list[Problem]:
    return [problem_of(ALL[seed % len(ALL)], seed) for seed in range(SEEDS)]


def verdict(problem: Problem, query: str) -> Verdict:
    return asyncio.run(check(problem, query))


def values_of(problem: Problem) -> dict[str, Value]:
    return {fragment.id: fragment.value for fragment in problem.fragments}


def joint_success(scenario: Scenario, policy: str) -> float:
    conversation = run_dialogue(scenario, partial(POLICIES[policy], scenario), check=check_trusted)
    return measure_dialogue(scenario, conversation.turns)["joint_success"]


def test_there_are_templates_of_every_level_in_every_split_that_needs_them():
    splits = Counter(split_of("sql", template.id) for template in ALL)
    assert splits["test"] >= 10
    assert splits["dev"] >= 4
    assert splits["train"] >= 10
    levels = Counter(template.level for template in ALL if split_of("sql", template.id) == "test")
    assert min(levels[level] for level in (1, 2, 3, 4)) >= 3


def test_every_certificate_holds_when_it_is_solved_and_run_again():
    for problem in problems():
        check_certificates(problem, solve, partial(is_right, problem))
        assert len(problem.inert) >= len(problem.necessary)


def test_the_values_of_a_necessary_fragment_give_pairwise_different_results():
    for problem in problems()[:70]:
        same, values = same_results(problem), values_of(problem)
        for name in problem.necessary:
            queries = [solve(problem, {**values, name: value}) for value in problem.fragment(name).domain]
            assert not any(same(one, other) for place, one in enumerate(queries) for other in queries[:place])


def test_the_ideal_asker_gets_full_marks_and_who_never_asks_cannot():
    for problem in problems():
        scenarios = make_scenarios(problem, Settings())
        assert all(joint_success(scenario, "oracle") == 1 for scenario in scenarios), problem.id
        assert joint_success(scenarios[0], "never_ask") == 0, problem.id


def test_the_natural_protocol_reads_the_same_queries():
    for problem in problems()[: len(ALL)]:
        for scenario in make_scenarios(problem, Settings(protocol="natural")):
            assert joint_success(scenario, "oracle") == 1, problem.id


def test_full_marks_come_from_the_real_check_too():
    for problem in problems()[: len(ALL)]:
        assert verdict(problem, problem.target) == Verdict(right=True), problem.id
        certificate = problem.fragment(problem.necessary[-1]).certificate
        assert certificate is not None
        wrong = verdict(problem, certificate.answer)
        assert not wrong.right
        assert re.match(r"database \d+: ", wrong.note), wrong.note


def test_an_opening_keeps_its_bytes_when_a_hidden_value_changes():
    for template in ALL:
        problem = problem_of(template, 5)
        under = make_scenarios(problem, Settings())[0]
        for hidden in under.hidden:
            for value in problem.fragment(hidden).domain:
                other = problem_of(template, 5, {**values_of(problem), hidden: value})
                assert render_opening(under.model_copy(update={"problem": other})) == render_opening(under)


@each_template
def test_questions_and_aliases_target_exactly_their_fragment(template):
    problem = problem_of(template, 1)
    index = index_fragments(problem)
    for fragment in problem.fragments:
        for text in (fragment.question, *fragment.aliases, *(f"What is the {alias}?" for alias in fragment.aliases)):
            assert match_question(text, index).targets == (fragment.id,), text


@each_template
def test_a_problem_survives_json_and_is_judged_without_its_template(template):
    problem = problem_of(template, 2)
    back = Problem.model_validate_json(problem.model_dump_json())
    assert back == problem
    check_certificates(back, solve, partial(is_right, back))
    solution = Solution.model_validate_json(back.solution)
    assert len(solution.seeds) >= DATABASES
    assert sum(bool(result.rows) for result in results_of(back.solution, back.target)) >= 2


def test_the_same_seed_gives_the_same_bytes():
    for template, reloaded in zip(ALL, load(None), strict=True):
        assert problem_of(template, 7).model_dump_json() == problem_of(reloaded, 7).model_dump_json()


def test_problems_never_change_within_a_version():
    # a change here needs a new family version
    assert FAMILY.version == 1
    problem = problem_of(BY_ID["parcel-depot"], 3)
    assert problem.target == "SELECT id, weight FROM parcels\nWHERE depot = 'west'\nORDER BY weight DESC, id\nLIMIT 6"
    first = [result.rows[0] for result in results_of(problem.solution, problem.target)]
    assert first == [(35, 60), (9, 59), (49, 50)]


def rows_of(problem: Problem) -> list[dict[str, list[dict[str, object]]]]:
    """Return each database's tables as plain Python."""
    databases = []
    for script in scripts_of(problem.solution):
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.executescript(script)
            connection.row_factory = sqlite3.Row
            names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            databases.append(
                {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for name in names}
            )
    return databases


def lamps(tables, values):
    for buoy in tables["buoys"]:
        if values["never_checked"] if buoy["last_check"] is None else buoy["last_check"] < values["check_limit"]:
            yield (buoy["code"],)


def parcels(tables, values):
    found = [(each["id"], each["weight"]) for each in tables["parcels"] if each["depot"] == values["depot"]]
    yield from sorted(found, key=lambda row: (-row[1], row[0]))[: values["crane_load"]]


def ferries(tables, values):
    totals = defaultdict(int)
    for each in tables["sailings"]:
        if each["status"] == values["status"] and each["day"] >= values["season_start"]:
            totals[each["route_id"]] += each["passengers"]
    for route in tables["routes"]:
        if totals[route["id"]] >= values["least_total"]:
            yield route["name"], totals[route["id"]]


def recall(tables, values):
    recent = {
        each["patient_id"]
        for each in tables["visits"]
        if each["kind"] == values["visit_kind"]
        and each["day"] >= values["recent_since"]
        and (values["missed"] or each["attended"] == "yes")
    }
    for patient in tables["patients"]:
        if patient["born"] <= values["youngest"] and patient["id"] not in recent:
            yield (patient["name"],)


def delays(tables, values):
    lines = defaultdict(list)
    for each in tables["delays"]:
        if each["cause"] != values["excused_cause"] and each["day"] >= values["contract_start"]:
            lines[each["line"]].append((-each["minutes"], each["id"]))
    for line, found in lines.items():
        for minutes, number in found:
            longer = [other for other in found if other[0] < minutes]
            before = {
                "by id": sum(other < (minutes, number) for other in found),
                "shared": len(longer),
                "dense": len({other[0] for other in longer}),
            }
            if before[values["equals"]] < values["per_line"]:
                yield line, number, -minutes


def chess(tables, values):
    points, games = defaultdict(float), Counter()
    for each in tables["games"]:
        for side in ("white", "black"):
            if each["round"] >= values["first_round"]:
                games[each[f"{side}_id"]] += 1
                share = values["draw_points"] if each["result"] == "draw" else each["result"] == side
                points[each[f"{side}_id"]] += share
    table = [
        (player["name"], points[player["id"]])
        for player in tables["players"]
        if player["team"] == values["team"] and games[player["id"]] >= values["least_games"]
    ]
    yield from sorted(table, key=lambda row: (-row[1], row[0]))


@pytest.mark.parametrize(
    ("name", "brute_force"),
    [
        ("lamp-checks", lamps),
        ("parcel-depot", parcels),
        ("ferry-totals", ferries),
        ("recall-list", recall),
        ("tram-delays", delays),
        ("chess-table", chess),
    ],
)
@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_reference_queries_agree_with_plain_python(name, brute_force, seed):
    problem = problem_of(BY_ID[name], seed)
    for tables, result in zip(rows_of(problem), results_of(problem.solution, problem.target), strict=True):
        found = list(brute_force(tables, values_of(problem)))
        assert list(result.rows) == found if BY_ID[name].ordered else Counter(result.rows) == Counter(found)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("parcel-depot", "ORDER BY weight DESC, id", "ORDER BY weight, id", id="order turned round"),
        pytest.param("parcel-depot", "ORDER BY weight DESC, id", "ORDER BY id", id="another order"),
        pytest.param("parcel-depot", "id, weight FROM", "weight, id FROM", id="columns swapped"),
        pytest.param("museum-days", "DISTINCT ", "", id="duplicates counted"),
        pytest.param("tool-hire", "LEFT JOIN", "JOIN", id="tools without a hire left out"),
        pytest.param("tool-hire", "COUNT(h.id)", "COUNT(*)", id="no hire counted as one"),
        pytest.param("chess-table", "UNION ALL", "UNION", id="equal results merged"),
        pytest.param("lamp-checks", "<", "<=", id="a day too many"),
        pytest.param("berth-income", "s.arrived >=", "s.arrived >", id="a day too few"),
    ],
)
def test_a_query_that_is_slightly_wrong_is_found_out_on_some_database(name, old, new):
    found = 0
    for seed in range(20):
        problem = problem_of(BY_ID[name], seed)
        assert old in problem.target
        found += not same_results(problem)(problem.target.replace(old, new), problem.target)
    assert found >= 18


def test_a_query_written_in_another_way_is_right():
    problem = problem_of(BY_ID["recall-list"], 3, {"missed": False})
    kind, since, born = (problem.fragment(name).value for name in ("visit_kind", "recent_since", "youngest"))
    query = (
        "with recent as (select distinct patient_id from visits\n"
        f"where kind = '{kind}' and attended <> 'no' and not day < '{since}')\n"
        "select p.name as whoever from patients p left join recent r on r.patient_id = p.id\n"
        f"where r.patient_id is null and p.born < {born} + 1 order by 1 desc;"
    )
    assert verdict(problem, query) == Verdict(right=True)


@pytest.mark.parametrize(
    ("query", "note"),
    [
        pytest.param("", "no query", id="empty"),
        pytest.param("  \n", "no query", id="blank"),
        pytest.param("-- nothing", "not a query that SQLite can run: no query that returns rows", id="a comment"),
        pytest.param("SELEC id", 'not a query that SQLite can run: near "SELEC": syntax error', id="syntax error"),
        pytest.param(
            "SELECT weigth FROM parcels", "not a query that SQLite can run: no such column: weigth", id="typo"
        ),
        pytest.param("DELETE FROM parcels", "refused: it changes data (DELETE)", id="changes data"),
        pytest.param("DROP TABLE parcels", "refused: it changes the schema or uses PRAGMA", id="changes the schema"),
        pytest.param("ATTACH 'x' AS y", "refused: it attaches a database (ATTACH)", id="attaches"),
        pytest.param("PRAGMA table_info(parcels)", "refused: it uses PRAGMA", id="pragma"),
        pytest.param("SELECT 1; SELECT 2", "refused: it is more than one statement", id="two statements"),
        pytest.param("SELECT id FROM parcels", "database 1: 1 column, expected 2", id="too few columns"),
        pytest.param("SELECT 1, 2 LIMIT 0", r"database 1: 0 rows, expected \d", id="no rows"),
        pytest.param(
            "SELECT a.id, a.weight FROM parcels a, parcels, parcels c",
            "limit: it returns more than 10000 rows",
            id="too many rows",
        ),
        pytest.param(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x), 1 FROM n",
            "limit: it takes more than 50000000 instructions of SQLite",
            id="without end",
        ),
    ],
)
def test_a_bad_query_is_wrong_and_the_note_says_why(query, note):
    found = verdict(problem_of(BY_ID["parcel-depot"]), query)
    assert not found.right
    assert re.fullmatch(note if "\\" in note else re.escape(note), found.note)


def test_notes_never_hold_an_expected_value():
    problem = problem_of(BY_ID["recall-list"])
    names = {row[0] for result in results_of(problem.solution, problem.target) for row in result.rows}
    for query in ("SELECT name FROM patients", "SELECT name FROM patients LIMIT 0", "SELECT 1"):
        note = verdict(problem, query).note
        assert note
        assert not any(str(name) in note for name in names)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param({"solution": "{}"}, id="no databases"),
        pytest.param({"solution": "SELECT 1"}, id="no JSON"),
        pytest.param({"target": "SELECT nothing FROM nowhere"}, id="a reference query that fails"),
        pytest.param({"target": "DROP TABLE parcels"}, id="a reference query that changes data"),
    ],
)
@pytest.mark.parametrize("judge", [check, check_trusted])
def test_a_broken_problem_is_an_error_and_no_verdict(damage, judge):
    problem = problem_of(BY_ID["parcel-depot"]).model_copy(update=damage)
    with pytest.raises(GraderError, match="sql/parcel-depot/0: the reference query or a database fails"):
        asyncio.run(judge(problem, "SELECT 1, 2"))


def test_a_missing_table_is_an_error_and_no_verdict():
    problem = problem_of(BY_ID["ferry-totals"])
    solution = problem.solution.replace('"name":"routes"', '"name":"paths"')
    assert solution != problem.solution
    with pytest.raises(GraderError, match="the reference query or a database fails"):
        verdict(problem.model_copy(update={"solution": solution}), problem.target)


def test_the_trusted_check_runs_a_subject_s_query_in_a_child(monkeypatch):
    problem = problem_of(BY_ID["parcel-depot"])
    assert asyncio.run(check_trusted(problem, problem.target)) == Verdict(right=True)
    certificate = problem.fragment("depot").certificate
    assert certificate is not None
    assert asyncio.run(check_trusted(problem, certificate.answer)) == verdict(problem, certificate.answer)
    assert asyncio.run(check_trusted(problem, f"{problem.target};")).right
    monkeypatch.setattr("sys.executable", "/nowhere/python")
    with pytest.raises(GraderError, match="query worker"):
        asyncio.run(check_trusted(problem, f"{problem.target};"))


def test_learning_everything_removes_all_of_the_answer_s_entropy():
    problem = problem_of(BY_ID["berth-income"])
    nothing = FAMILY.information(problem, frozenset())
    assert nothing is not None
    assert nothing.exact
    assert len(set(nothing.answers.tolist())) == 4 * 3 * 5 * 4
    everything = FAMILY.information(problem, frozenset(problem.necessary))
    assert everything is not None
    assert entropy(everything.answers) == 0


def test_queries_are_judged_under_inspect(tmp_path):
    scenarios = draw_scenarios([FAMILY], 2, Settings())
    task = assemble_task("sql", scenarios, FAMILY.information, FAMILY.check)
    found = means(evaluate(task, "askfirst/oracle", tmp_path))
    assert (found["joint_success"], found["accuracy_under"]) == (1, 1)

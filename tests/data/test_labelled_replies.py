"""The labelled replies are whole: plans that the rules would make, faults of every kind, all families, two halves."""

import json
from collections import Counter
from importlib.resources import files
from typing import get_args

import pytest

from askfirst.benchmark.problem import CANARY
from askfirst.benchmark.reply_scene import FaultKind
from askfirst.data.labelled_sets import load_replies, template_of
from askfirst.data.registry import FAMILIES

CASES = load_replies()


def test_the_file_carries_the_canary():
    text = files("askfirst.data").joinpath("labelled", "replies.jsonl").read_text(encoding="utf-8")
    assert json.loads(text.partition("\n")[0]) == {"canary": CANARY, "schema": 1}


def test_there_are_at_least_50_replies_of_each_fault_and_200_honest_ones_over_all_families():
    faults = Counter(case.reply.fault for case in CASES)
    assert set(faults) == {"", *get_args(FaultKind)}
    assert min(faults[kind] for kind in get_args(FaultKind)) >= 50
    assert faults[""] >= 200
    for kind in faults:
        assert {case.problem.family for case in CASES if case.reply.fault == kind} == set(FAMILIES)


def test_ids_are_unique_and_no_reply_stands_twice_in_one_place():
    assert len({case.reply.id for case in CASES}) == len(CASES)
    places = {(case.problem.id, case.reply.message, case.reply.hidden, case.reply.reply) for case in CASES}
    assert len(places) == len(CASES)


@pytest.mark.parametrize("half", ["dev", "test"])
def test_each_half_has_templates_of_its_own(half):
    mine = {template_of(case.problem) for case in load_replies(half)}
    others = {template_of(case.problem) for case in CASES} - mine
    assert mine
    assert others
    assert len(load_replies(half)) == sum(template_of(case.problem) in mine for case in CASES)


def test_a_plan_tells_what_is_hidden_and_repeats_what_is_known_word_for_word():
    for reply, problem in CASES:
        assert set(reply.hidden).isdisjoint(reply.known), reply.id
        assert {*reply.hidden, *reply.known} == {fragment.id for fragment in problem.fragments}, reply.id
        for act in reply.plan:
            if act.fragment:
                assert act.text == problem.fragment(act.fragment).text, reply.id
                assert act.kind == ("tell" if act.fragment in reply.hidden else "repeat"), reply.id
            assert act.kind != "tell" or problem.fragment(act.fragment).necessary, reply.id


def test_what_is_labelled_as_leaked_had_something_to_leak():
    for reply, _ in CASES:
        told = {act.fragment for act in reply.plan}
        assert reply.fault != "leaked" or set(reply.hidden) - told, reply.id

"""Lessons of the families' problems: a solution in steps, and the solver, for the trainer."""

import ast
from collections.abc import Mapping
from fractions import Fraction

from askfirst.benchmark.problem import Problem, Value
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.sml.lesson import Lesson, Operation, Step
from askfirst.data.families import arithmetic
from askfirst.data.families.expression import parse_expression, spell_decimal
from askfirst.data.registry import find_family

_SIGNS: Mapping[type[ast.operator], tuple[str, Operation]] = {
    ast.Add: ("+", "add"),
    ast.Sub: ("-", "subtract"),
    ast.Mult: ("*", "multiply"),
    ast.Div: ("/", "divide"),
}


def to_lesson(scenario: Scenario) -> Lesson:
    """Return what a teacher knows of a scenario's problem.

    Raises:
        ValueError: If the scenario withholds anything, since no training dialogue may.
    """
    if scenario.hidden:
        raise ValueError(f"{scenario.id}: hides {scenario.hidden!r}; expected a fully specified problem")
    problem = scenario.problem
    steps = arithmetic_steps(problem) if problem.family == arithmetic.NAME else decision_steps(problem)
    return Lesson(scenario, steps, find_family(problem.family).solve)


def decision_steps(problem: Problem) -> tuple[Step, ...]:
    """Return the one step of a problem whose answer follows from all facts together, as a table or a query does."""
    return (Step(facts=problem.necessary, operation="decide", result=problem.target),)


def arithmetic_steps(problem: Problem) -> tuple[Step, ...]:
    """Return one step an operation of a problem's expression, innermost and leftmost first.

    An operation whose result has no end as a decimal is written together with the one around it.
    """
    values = {fragment.id: fragment.value for fragment in problem.fragments if fragment.necessary}
    steps: list[Step] = []
    told: set[str] = set()
    tree = ast.parse(problem.solution, mode="eval").body
    rest = _work(tree, values, steps, told, problem)
    if not steps or steps[-1].result != problem.target:
        steps.append(_to_step(tree, rest, values, told, problem))
    return tuple(steps)


def _work(node: ast.expr, values: Mapping[str, Value], steps: list[Step], told: set[str], problem: Problem) -> str:
    """Add the steps of a subexpression, and return how it is written from then on: its result, or itself."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            parts = [_work(side, values, steps, told, problem) for side in (left, right)]
            sign = _SIGNS[type(op)][0]
            written = f"{parts[0]} {sign} {parts[1]}"
        case ast.Call(func=ast.Name(id=name), args=arguments):
            written = f"{name}({', '.join(_work(part, values, steps, told, problem) for part in arguments)})"
        case ast.UnaryOp(operand=operand):
            return f"-{_work(operand, values, steps, told, problem)}"
        case ast.Name(id=name):
            return spell_decimal(_exact(node, values))
        case _:
            return ast.unparse(node)
    try:
        result = spell_decimal(_exact(node, values))
    except ValueError:
        return f"({written})"
    steps.append(_to_step(node, written, values, told, problem))
    return result


def _to_step(node: ast.expr, written: str, values: Mapping[str, Value], told: set[str], problem: Problem) -> Step:
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)} & set(values) - told
    told |= names
    result = spell_decimal(_exact(node, values))
    operation: Operation = _SIGNS[type(node.op)][1] if isinstance(node, ast.BinOp) else "compare"
    facts = tuple(fragment.id for fragment in problem.fragments if fragment.id in names)
    return Step(facts=facts, operation=operation, work=f"{written} = {result}", result=result)


def _exact(node: ast.expr, values: Mapping[str, Value]) -> Fraction:
    return parse_expression(ast.unparse(node)).evaluate(values)

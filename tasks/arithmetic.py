"""The task `askfirst/arithmetic`."""

from inspect_ai import Task, task
from typing_extensions import Unpack

from askfirst.tasks.arguments import TaskArguments
from askfirst.tasks.build import build_task


@task
def arithmetic(**arguments: Unpack[TaskArguments]) -> Task:
    """Solve arithmetic word problems, some of whose facts have to be asked for.

    Args:
        **arguments: What `-T` takes: see `TaskArguments`.
    """
    return build_task(["arithmetic"], arguments)

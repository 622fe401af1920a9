"""The task `askfirst/actions`."""

from inspect_ai import Task, task
from typing_extensions import Unpack

from askfirst.tasks.arguments import TaskArguments
from askfirst.tasks.build import build_task


@task
def actions(**arguments: Unpack[TaskArguments]) -> Task:
    """Produce one function call, some of whose argument values have to be asked for.

    Args:
        **arguments: What `-T` takes: see `TaskArguments`.
    """
    return build_task(["actions"], arguments)

"""The task `askfirst/troubleshooting`."""

from inspect_ai import Task, task
from typing_extensions import Unpack

from askfirst.tasks.arguments import TaskArguments
from askfirst.tasks.build import build_task


@task
def troubleshooting(**arguments: Unpack[TaskArguments]) -> Task:
    """Find the one cause of an invented device's fault by its manual, some symptoms of which have to be asked for.

    Args:
        **arguments: What `-T` takes: see `TaskArguments`.
    """
    return build_task(["troubleshooting"], arguments)

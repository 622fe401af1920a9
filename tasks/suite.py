"""The task `askfirst/suite`: every procedural family, with results by family."""

from inspect_ai import Task, task
from typing_extensions import Unpack

from askfirst.data.registry import FAMILIES
from askfirst.tasks.arguments import TaskArguments
from askfirst.tasks.build import build_task


@task
def suite(**arguments: Unpack[TaskArguments]) -> Task:
    """Evaluate all families at once, equally many problems each.

    Args:
        **arguments: What `-T` takes: see `TaskArguments`.
    """
    return build_task(list(FAMILIES), arguments)

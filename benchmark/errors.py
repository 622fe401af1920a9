"""The errors of askfirst: one small tree that names the boundary that failed.

Messages have one form, `where: found; expected; what to do`. Only the command line catches these.
"""


class AskfirstError(Exception):
    """The root of the tree; never raised itself."""


class DataError(AskfirstError):
    """A problem, template, data file or task argument is not what it must be."""


class SubjectError(AskfirstError):
    """What came in the subject's place is no model's reply, again and again."""


class UserSimulationError(AskfirstError):
    """The simulated user broke its protocol, so the dialogue measures nothing."""


class GraderError(AskfirstError):
    """A grader gave no verdict."""


class LogError(AskfirstError):
    """A saved log does not hold what reading it again needs."""


class CheckpointError(AskfirstError):
    """A local checkpoint can't be fetched, built or read."""


class SandboxError(AskfirstError):
    """There is no sandbox to run code in, or it can't be started: never the fault of the code that it runs."""


class GateError(AskfirstError):
    """The gate's policy, baseline or arguments are not what they must be."""


class TrainingError(AskfirstError):
    """A training run's arguments, model or saved state are not what they must be, or its loss is no number."""

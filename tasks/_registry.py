"""What the distribution's `inspect_ai` entry point names: importing this makes everything known to Inspect."""

from askfirst.benchmark.bubblewrap import BubblewrapSandboxEnvironment
from askfirst.benchmark.local.provider import batched
from askfirst.benchmark.policy_model import askfirst
from askfirst.scorers.epochs import mean_over_epochs
from askfirst.scorers.grader import question_grades
from askfirst.scorers.measures import SINGLE, measures
from askfirst.tasks.actions import actions
from askfirst.tasks.arithmetic import arithmetic
from askfirst.tasks.askmind import askmind
from askfirst.tasks.bfcl_miss_param import bfcl_miss_param
from askfirst.tasks.bfcl_parallel import bfcl_parallel
from askfirst.tasks.code import code
from askfirst.tasks.gsm8k import gsm8k
from askfirst.tasks.humaneval import humaneval
from askfirst.tasks.in3 import in3
from askfirst.tasks.logic import logic
from askfirst.tasks.lost_in_conversation import lost_in_conversation
from askfirst.tasks.math import math
from askfirst.tasks.mbpp import mbpp
from askfirst.tasks.mediq import mediq
from askfirst.tasks.questbench_gsm import questbench_gsm
from askfirst.tasks.scheduling import scheduling
from askfirst.tasks.sql import sql
from askfirst.tasks.suite import suite
from askfirst.tasks.troubleshooting import troubleshooting
from askfirst.tasks.writing import writing

__all__ = [
    "SINGLE",
    "BubblewrapSandboxEnvironment",
    "actions",
    "arithmetic",
    "askfirst",
    "askmind",
    "batched",
    "bfcl_miss_param",
    "bfcl_parallel",
    "code",
    "gsm8k",
    "humaneval",
    "in3",
    "logic",
    "lost_in_conversation",
    "math",
    "mbpp",
    "mean_over_epochs",
    "measures",
    "mediq",
    "questbench_gsm",
    "question_grades",
    "scheduling",
    "sql",
    "suite",
    "troubleshooting",
    "writing",
]

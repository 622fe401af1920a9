"""With what a model was run that changes what it says: the same weights, otherwise sampled, are another entry."""

from inspect_ai.log import EvalLog

from askfirst.reports.gate.identity import describe_sampling
from askfirst.reports.leaderboard.naming import Settings
from askfirst.reports.leaderboard.public import is_private

MACHINE = frozenset(
    {
        *("model_path", "device", "device_map", "batch_size", "port", "timeout", "client_timeout", "retry_delay"),
        *("tensor_parallel_size", "pipeline_parallel_size", "data_parallel_size", "gpu_memory_utilization"),
        *(
            "max_rows",
            "cache_gb",
            "trust_remote_code",
            "lazy_init",
            "stream",
            "low_cpu_mem_usage",
            "download_dir",
            "cache_dir",
        ),
    }
)
"""Arguments of a model that only say where and how fast it runs; its path is in its name."""


def settings_of(header: EvalLog) -> Settings:
    """Return settings by name, in words and in order of their names: sampling, and arguments such as the dtype.

    Seeds, secrets and addresses are left out.
    """
    arguments = {
        name: str(value)
        for name, value in header.eval.model_args.items()
        if value is not None and name not in MACHINE and not is_private(name)
    }
    return tuple(sorted({**arguments, **describe_sampling(header)}.items()))

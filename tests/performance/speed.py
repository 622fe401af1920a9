"""What an evaluation costs beside the model's own time, as one table; every ratio is of one run.

Run: make bench, or python tests/performance/speed.py. It takes about a quarter of an hour on two idle cores.
"""

import bench_conversation
import bench_scaling
import bench_server
import bench_shards
import bench_startup
from speed_rows import print_rows


def main() -> None:
    """Measure one after the other, and print the table."""
    parts = (bench_conversation, bench_server, bench_shards, bench_startup, bench_scaling)
    print_rows(row for part in parts for row in part.measure())


if __name__ == "__main__":
    main()

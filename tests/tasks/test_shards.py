import pytest
from inspect_ai._util.error import PrerequisiteError

from askfirst.benchmark.errors import DataError
from askfirst.tasks.arithmetic import arithmetic
from askfirst.tasks.shards import Shard, parse_shard


@pytest.mark.parametrize(("text", "shard"), [(None, None), ("1/1", Shard(1, 1)), ("2/8", Shard(2, 8))])
def test_a_shard_is_read(text, shard):
    assert parse_shard(text) == shard


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "1/2/3", "a/b", "-1/2", 1, 0.5, "1/0", "01/2"])
def test_what_is_no_shard_is_refused(text):
    with pytest.raises(DataError, match="expected a part of several"):
        parse_shard(text)


def test_more_shards_than_problems_are_refused():
    with pytest.raises(PrerequisiteError, match="2 problems in 3 shards"):
        arithmetic(n=2, shard="1/3")


def test_every_shard_knows_the_hash_of_the_whole():
    hashes = {(arithmetic(n=4, shard=shard).metadata or {})["data_hash"] for shard in (None, "1/2", "2/2")}
    assert len(hashes) == 1

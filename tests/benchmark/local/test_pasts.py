import torch

from askfirst.benchmark.local.pasts import BLOCK, Beginnings, Past, Pasts, hash_beginnings

LENGTH = 2 * BLOCK


def past(token: int) -> Past:
    return Past((token,) * LENGTH, (torch.zeros(1, LENGTH, 2), torch.zeros(1, LENGTH, 2)))


def find(pasts: Pasts, ids: tuple[int, ...]) -> int:
    found = pasts.find(ids, hash_beginnings(ids))
    return found[1] if found else 0


def test_what_was_not_used_for_longest_goes_first() -> None:
    pasts = Pasts(3 * past(0).size)
    for token in (1, 2, 3):
        pasts.add(past(token), LENGTH)
    assert find(pasts, (1,) * LENGTH) == LENGTH
    pasts.add(past(4), LENGTH)
    assert [find(pasts, (token,) * LENGTH) for token in (1, 2, 3, 4)] == [LENGTH, 0, LENGTH, LENGTH]
    assert pasts.bytes == pasts.most_bytes


def test_what_is_larger_than_the_bound_is_not_kept_and_drops_nothing() -> None:
    pasts = Pasts(past(0).size)
    pasts.add(past(1), LENGTH)
    large = Past((2,) * 3 * LENGTH, (torch.zeros(1, 3 * LENGTH, 2),) * 2)
    pasts.add(large, LENGTH)
    assert len(pasts) == 1


def test_the_longest_beginning_in_common_is_found_to_the_token() -> None:
    some = Beginnings[str]()
    short, long = (7,) * BLOCK + (8,) * BLOCK, (7,) * BLOCK + (9,) * LENGTH
    some.add(short, hash_beginnings(short), "short")
    some.add(long, hash_beginnings(long), "long")
    prompt = long[: BLOCK * 2 + 5] + (1,) * 40
    assert some.find(prompt, hash_beginnings(prompt)) == ("long", BLOCK * 2 + 5)
    assert some.find((1, *prompt), hash_beginnings((1, *prompt))) is None
    some.remove(hash_beginnings(long), "long")
    assert some.find(prompt, hash_beginnings(prompt)) is None or some.find(prompt, hash_beginnings(prompt)) == (
        "short",
        BLOCK,
    )


def test_equal_hashes_of_different_tokens_do_no_harm() -> None:
    some = Beginnings[str]()
    one, other = (7,) * BLOCK, (8,) * BLOCK
    some.add(one, hash_beginnings(other), "one")
    assert some.find(other, hash_beginnings(other)) == ("one", 0)

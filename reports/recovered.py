"""The record of a dialogue whose sample Inspect recovered after its process was killed.

Recovery (`inspect log recover`, and `inspect eval-retry` on a log that was cut off) saves such a sample with its
messages, events and scores and with an empty store, in which the record was. Read as it stands, every such dialogue
would be one that never answered. The events say what was written to the store: from them the record is put together
again.
"""

from typing import Any, cast

from inspect_ai.event import StoreEvent
from inspect_ai.log import EvalSample

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.record import TURNS_KEY, Dialogue

_PREFIX, _ATTACHMENT = f"{Dialogue.__name__}:", "attachment://"


def with_record(sample: EvalSample, where: str) -> EvalSample:
    """Return a sample with its dialogue's record in the store: as it is, unless it was recovered without.

    Args:
        sample: A sample, with its events and attachments; one that failed may have no record.
        where: The log's path, for errors.

    Raises:
        LogError: If a sample that did not fail has no record, and no events that hold it.
    """
    if TURNS_KEY in sample.store or sample.error is not None:
        return sample
    store: dict[str, Any] = {}
    for event in sample.events:
        if isinstance(event, StoreEvent):
            # what a turn adds has a longer path; the solver's own span says each field as a whole, after them
            whole = [change for change in event.changes if change.path.startswith(f"/{_PREFIX}")]
            store |= {change.path[1:]: change.value for change in whole if change.path.count("/") == 1}
    if TURNS_KEY not in store:
        raise LogError(
            f"{where}: sample {sample.id!r} holds no dialogue record; "
            "expected one of a finished dialogue of askfirst; choose another log"
        )
    return sample.model_copy(update={"store": _resolve(store, sample.attachments)})


def _resolve(value: Any, attachments: dict[str, str]) -> Any:
    """Put long texts back in place, which a log's events only refer to."""
    if isinstance(value, str):
        return attachments.get(value.removeprefix(_ATTACHMENT), value) if value.startswith(_ATTACHMENT) else value
    if isinstance(value, list):
        return [_resolve(one, attachments) for one in cast(list[Any], value)]
    if isinstance(value, dict):
        return {name: _resolve(one, attachments) for name, one in cast(dict[str, Any], value).items()}
    return value

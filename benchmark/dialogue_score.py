"""A dialogue's score, cheap to copy."""

from inspect_ai.scorer import Score


class DialogueScore(Score):
    """A score whose values nobody changes in place, so that a copy shares them.

    For each measure Inspect copies every score as a whole, deeply, to put that measure's value in its place: with 37
    measures this was most of what metrics cost.
    """

    def __deepcopy__(self, memo: dict[int, object] | None = None) -> "DialogueScore":
        """Return a score of its own with the same values and metadata."""
        return self.model_copy(update={"history": list(self.history)})

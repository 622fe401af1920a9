"""Which instruments a dialogue is held with: the rules, or models where the roles `user` and `matcher` are bound."""

from inspect_ai.model import Model, get_model, model_roles

from askfirst.benchmark.fault_count import FaultCount
from askfirst.benchmark.instruments import RULES, Instruments
from askfirst.benchmark.model_calls import CONFIG, ModelCalls
from askfirst.benchmark.model_matcher import CHOOSING_IDENTITY, ModelMatcher
from askfirst.benchmark.model_user import WORDING_IDENTITY, ModelUser

USER_ROLE, MATCHER_ROLE = "user", "matcher"


def bind_instruments(calls: ModelCalls, base: Instruments = RULES) -> Instruments:
    """Return the instruments for one dialogue, as the evaluation's model roles ask for.

    Call this within a running sample: roles are not known before.

    Args:
        calls: Asks the models.
        base: What stands where no model does.
    """
    return make_instruments(role_model(USER_ROLE), role_model(MATCHER_ROLE), calls, base)


def make_instruments(
    user: Model | None, matcher: Model | None, calls: ModelCalls, base: Instruments = RULES
) -> Instruments:
    """Return the instruments for one dialogue.

    Args:
        user: Chooses fragments and words replies; None leaves both to the rules.
        matcher: Chooses what the rules are unsure of, also in the user's place; None leaves that to the user.
        calls: Asks them.
        base: What stands where no model does, and what a choosing model is held to.
    """
    count, instruments = FaultCount(), base
    chooser = matcher or user
    if chooser is not None:
        choosing = ModelMatcher(chooser, calls, count, only_unsure=matcher is not None, rules=base.match)
        instruments = instruments._replace(
            match=choosing.match,
            matcher=f"model/{chooser.name}+{CHOOSING_IDENTITY}+{base.matcher}",
            take_faults=choosing.take_faults,
        )
    if user is not None:
        wording = ModelUser(user, calls, count)
        identity = f"model/{user.name}+{WORDING_IDENTITY}+{base.user}"
        instruments = instruments._replace(word=wording.word, user=identity)
    return instruments


def role_model(role: str) -> Model | None:
    """Return the model bound to a role, None where none is: no other model takes its place."""
    return get_model(role=role, config=CONFIG) if role in model_roles() else None

"""Further principals of a workspace: users and service principals with tokens of their own, and their groups."""

from typing import Literal

from mocks.core.collection import Collection, Records
from mocks.core.wire import Wire

# Everybody is in it on the real service, so a grant to it is a grant to all.
EVERYBODY = "account users"
ADMINS = "admins"


class Policy(Wire):
    """How strictly grants are taken: not at all, written into the log, or enforced."""

    grants: Literal["off", "log", "on"] = "off"


class Principal(Wire):
    """Who holds a token, and the groups that grants may name instead."""

    user_name: str
    token: str
    groups: list[str] = []


def principals(records: Records) -> Collection[Principal]:
    """The records, by user name."""
    return Collection(records, "identity.principals", Principal, "Principal")


def policies(records: Records) -> Collection[Policy]:
    """The one policy of a workspace, under an empty key."""
    return Collection(records, "identity.policies", Policy, "Policy")

"""Bodies of the Permissions API."""

from pydantic import model_validator

from mocks.core.wire import Wire

PRINCIPALS = ("user_name", "group_name", "service_principal_name")


class Access(Wire):
    """A level for one principal."""

    user_name: str | None = None
    group_name: str | None = None
    service_principal_name: str | None = None
    permission_level: str

    @model_validator(mode="after")
    def _one(self) -> "Access":
        if sum(getattr(self, name) is not None for name in PRINCIPALS) != 1:
            raise ValueError("exactly one of user_name, group_name and service_principal_name is given")
        return self

    @property
    def kind(self) -> str:
        """Which of the three names is given."""
        return next(name for name in PRINCIPALS if getattr(self, name) is not None)

    @property
    def principal(self) -> str:
        """The name."""
        return str(getattr(self, self.kind))


class AccessChange(Wire):
    """An access list to be set or added."""

    access_control_list: list[Access] = []


class Permission(Wire):
    """A level, and whether it comes from somewhere above."""

    permission_level: str
    inherited: bool = False


class Entry(Wire):
    """What one principal has."""

    user_name: str | None = None
    group_name: str | None = None
    service_principal_name: str | None = None
    all_permissions: list[Permission]


class Permissions(Wire):
    """The access list of an object."""

    object_id: str
    object_type: str
    access_control_list: list[Entry]


class Description(Wire):
    """A level that can be given."""

    permission_level: str
    description: str


class PermissionLevels(Wire):
    """All levels of a kind of object."""

    permission_levels: list[Description]

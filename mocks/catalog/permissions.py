"""Grants over REST: read, with inheritance, and changed."""

from collections import defaultdict
from typing import Any

from mocks.catalog.refusals import refusing
from mocks.catalog.wire import (
    EffectivePermissions,
    EffectivePrivilege,
    Permissions,
    PermissionsChange,
    PrincipalPrivileges,
)
from mocks.core.workspace import Workspace
from mocks.engines.metastore.grants import Grant, Grants
from mocks.engines.metastore.privileges import kind_of, privilege
from mocks.engines.warehouse.sql_error import SqlError


class PermissionStore:
    """The grants of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._user, self._grants = workspace.user_name, workspace.engine(Grants)

    @refusing()
    def get(self, kind: str, name: str, principal: str | None) -> Permissions:
        """What was granted on the thing itself."""
        found = _by_principal(self._grants.on(kind_of(kind), name), principal)
        return Permissions(
            privilege_assignments=[
                PrincipalPrivileges(principal=who, privileges=[grant.privilege for grant in grants])
                for who, grants in found.items()
            ]
        )

    @refusing()
    def get_effective(self, kind: str, name: str, principal: str | None) -> EffectivePermissions:
        """The same, with what was granted on what it is in."""
        place = kind_of(kind), name.lower()
        found = _by_principal(self._grants.on(*place, inherited=True), principal)
        return EffectivePermissions(
            privilege_assignments=[
                {"principal": who, "privileges": [_effective(grant, place) for grant in grants]}
                for who, grants in found.items()
            ]
        )

    @refusing()
    def update(self, kind: str, name: str, body: PermissionsChange) -> Permissions:
        """Grants and takes back; all of it or nothing."""
        sort = kind_of(kind)
        changes = [(one.principal, _checked(one.add, sort), _checked(one.remove, sort)) for one in body.changes]
        if not all(principal for principal, _, _ in changes):
            raise SqlError("INVALID_PARAMETER_VALUE", "A change of permissions names its principal.", "22023")
        for principal, add, remove in changes:
            self._grants.change(self._user, sort, name, principal, add, remove)
        return self.get(kind, name, None)


def _checked(names: list[str], kind: str) -> list[str]:
    return [privilege(name, kind) for name in names]


def _by_principal(grants: list[Grant], wanted: str | None) -> dict[str, list[Grant]]:
    found: dict[str, list[Grant]] = defaultdict(list)
    for grant in grants:
        if wanted in (None, grant.principal):
            found[grant.principal].append(grant)
    return found


def _effective(grant: Grant, place: tuple[str, str]) -> dict[str, Any]:
    inherited = (grant.kind, grant.name) != place
    return EffectivePrivilege(
        privilege=grant.privilege,
        inherited_from_type=grant.kind.upper() if inherited else None,
        inherited_from_name=grant.name if inherited else None,
    ).body()

"""Who may do what: grants with inheritance, asked by every service before it reads or writes for somebody."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mocks.core.errors import PermissionDenied
from mocks.core.principals import EVERYBODY
from mocks.core.workspace import Workspace
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.privileges import ALL, APPLICABLE, METASTORE, shown
from mocks.engines.metastore.securables import CATALOG, FUNCTION, SCHEMA, TABLE, Securables
from mocks.engines.warehouse.duck import Duck
from mocks.engines.warehouse.sql_error import SqlError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection as Cursor

    from mocks.engines.translating.dialect import Translated

log = logging.getLogger("sandbricks.grants")
_ROWS = "SELECT kind, name, principal, privilege FROM sandbricks.grants"


@dataclass(frozen=True)
class Need:
    """A privilege that somebody must have on something."""

    privilege: str
    kind: str
    name: str

    @property
    def text(self) -> str:
        """As Unity Catalog words it when it is missing."""
        where = "the metastore" if self.kind == METASTORE else f"{self.kind.title()} '{self.name}'"
        return f"User does not have {shown(self.privilege)} on {where}."


@dataclass(frozen=True)
class Grant:
    """A privilege that a principal has, and where it was granted."""

    kind: str
    name: str
    principal: str
    privilege: str


class Grants:
    """The grants of one workspace; its owner is the metastore's admin and needs none."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        workspace.engine(Metastore)
        self._duck, self._records = workspace.engine(Duck), Securables(workspace)

    def require(self, user: str, privilege: str, kind: str, name: str) -> None:
        """Refuses a call over REST for which the user lacks a grant, if the workspace's policy is `on`.

        Raises: PermissionDenied
        """
        missing = self.missing(user, [Need(privilege, kind, name.lower())])
        if missing is not None:
            raise PermissionDenied(missing.text)

    def require_all(self, user: str, needs: Iterable[Need]) -> None:
        """Refuses a statement for which the user lacks a grant, if the workspace's policy is `on`.

        Raises: SqlError
        """
        missing = self.missing(user, needs)
        if missing is not None:
            raise SqlError("INSUFFICIENT_PERMISSIONS", f"Insufficient privileges: {missing.text}", "42501")

    def missing(self, user: str, needs: Iterable[Need]) -> Need | None:
        """The first grant that the user lacks; under the policy `log` it is only written into the log."""
        policy = self._workspace.policy.grants
        if policy == "off" or user == self._workspace.owner:
            return None
        with self._duck.reading() as cursor:
            who = self._principals(user)
            found = next((need for one in needs for need in _implied(one) if not self._has(cursor, who, need)), None)
        if found is not None and policy == "log":
            log.warning("%s: %s", user, found.text)
            return None
        return found

    def visible(self, user: str, kind: str, names: Sequence[str]) -> list[str]:
        """Those on which the user has any privilege, or owns."""
        if not self._is_limited(user):
            return list(names)
        with self._duck.reading() as cursor:
            who = self._principals(user)
            return [name for name in names if self._sees(cursor, who, kind, name)]

    def limit(self, cursor: "Cursor", user: str) -> None:
        """Tells what this cursor runs who asks, and makes `information_schema` show what the user may know of."""
        if user != self._workspace.owner:
            found = self._workspace.principals.find(user)
            cursor.execute("SET VARIABLE sandbricks_user = ?", [user])
            cursor.execute("SET VARIABLE sandbricks_groups = ?", [list(found.groups) if found else []])
        if self._is_limited(user):
            cursor.execute("SET VARIABLE sandbricks_who = ?", [sorted(self._principals(user))])

    def require_visible(self, user: str, kind: str, name: str) -> None:
        """Refuses to show over REST a thing on which the user has no privilege at all.

        Raises: PermissionDenied
        """
        if not self.visible(user, kind, [name]):
            raise PermissionDenied(_unseen(kind, name))

    def require_seen(self, user: str, kind: str, name: str) -> None:
        """Refuses to tell a statement of a thing on which the user has no privilege at all.

        Raises: SqlError
        """
        if not self.visible(user, kind, [name.lower()]):
            raise SqlError("INSUFFICIENT_PERMISSIONS", f"Insufficient privileges: {_unseen(kind, name)}", "42501")

    def on(self, kind: str, name: str, inherited: bool = False) -> list[Grant]:
        """The grants on something, with those of its containers if wanted.

        Raises: SqlError
        """
        name = name.lower()
        with self._duck.reading() as cursor:
            if kind != METASTORE:
                self._records.get(cursor, kind, name)
            found = self._rows(cursor, _chain(kind, name) if inherited else [(kind, name)])
        return sorted(found, key=lambda grant: (grant.principal, grant.privilege))

    def change(
        self, user: str, kind: str, name: str, principal: str, add: Sequence[str], remove: Sequence[str]
    ) -> None:
        """Grants and takes back; the user must own the thing or what it is in, or have MANAGE on it.

        Raises: SqlError
        """
        name = name.lower()
        self.on(kind, name)
        self.require_all(user, [Need("MANAGE", kind, name)])
        with self._duck.writing() as cursor:
            for privilege in remove:
                cursor.execute(
                    "DELETE FROM sandbricks.grants WHERE kind = ? AND name = ? AND principal = ? AND privilege = ?",
                    [kind, name, principal, privilege],
                )
            for privilege in add:
                cursor.execute(
                    "INSERT OR REPLACE INTO sandbricks.grants VALUES (?, ?, ?, ?)", [kind, name, principal, privilege]
                )

    def _is_limited(self, user: str) -> bool:
        return self._workspace.policy.grants == "on" and user != self._workspace.owner

    def _principals(self, user: str) -> set[str]:
        found = self._workspace.principals.find(user)
        return {user, EVERYBODY, *(found.groups if found else ())}

    def _has(self, cursor: "Cursor", who: set[str], need: Need) -> bool:
        """Granted here or above, or owned: an owner has all, the owner of a container manages what is in it."""
        if not self._exists(cursor, need.kind, need.name):
            return True  # whoever goes on is told that there is no such thing
        chain = _chain(need.kind, need.name)
        wanted = {need.privilege} if need.privilege == "MANAGE" else {need.privilege, ALL}
        if any(grant.principal in who and grant.privilege in wanted for grant in self._rows(cursor, chain)):
            return True
        owned = chain if need.privilege == "MANAGE" else chain[:1]
        return any(self._owner(cursor, *place) in who for place in owned)

    def _sees(self, cursor: "Cursor", who: set[str], kind: str, name: str) -> bool:
        chain = _chain(kind, name)
        held = [grant for grant in self._rows(cursor, chain) if grant.principal in who]
        granted = any(grant.kind == kind or grant.privilege in APPLICABLE[kind] | {"BROWSE"} for grant in held)
        return granted or any(self._owner(cursor, *place) in who for place in chain)

    def _owner(self, cursor: "Cursor", kind: str, name: str) -> str:
        found = None if kind == METASTORE else self._records.find(cursor, kind, name)
        return (found.owner if found else None) or self._workspace.owner

    def _exists(self, cursor: "Cursor", kind: str, name: str) -> bool:
        return kind == METASTORE or self._records.find(cursor, kind, name) is not None

    def _rows(self, cursor: "Cursor", places: Sequence[tuple[str, str]]) -> list[Grant]:
        marks = " OR ".join(["(kind = ? AND name = ?)"] * len(places))
        values = [part for place in places for part in place]
        return [Grant(*row) for row in cursor.execute(f"{_ROWS} WHERE {marks}", values).fetchall()]


def _unseen(kind: str, name: str) -> str:
    return f"User does not have any privilege on {kind.title()} '{name}'."


def _chain(kind: str, name: str) -> list[tuple[str, str]]:
    """The thing and what it is in, from the inside out."""
    parts = name.split(".")
    if kind in (METASTORE, CATALOG):
        return [(kind, name)]
    above = [(CATALOG, parts[0])] if kind == SCHEMA else [(SCHEMA, ".".join(parts[:2])), (CATALOG, parts[0])]
    return [(kind, name), *above]


def _implied(need: Need) -> list[Need]:
    """The way in comes first: USE CATALOG, then USE SCHEMA, then what is asked."""
    above = [
        Need("USE_CATALOG" if kind == CATALOG else "USE_SCHEMA", kind, name)
        for kind, name in reversed(_chain(need.kind, need.name)[1:])
    ]
    if need.kind == SCHEMA and need.privilege.startswith("CREATE_"):
        above.append(Need("USE_SCHEMA", SCHEMA, need.name))
    if need.kind == CATALOG and need.privilege.startswith("CREATE_"):
        above.append(Need("USE_CATALOG", CATALOG, need.name))
    return [*above, need] if need.privilege != "MANAGE" else [need]


def reads(translated: "Translated") -> list[Need]:
    """What it takes to read the tables and call the functions that a statement names."""
    tables = [Need("SELECT", TABLE, name.full) for name in translated.tables if name.schema != "information_schema"]
    return tables + [Need("EXECUTE", FUNCTION, name.full) for name in translated.functions]

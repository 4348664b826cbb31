"""The plans of the statements that were run last."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from mocks.engines.metastore.tables import Result
from mocks.engines.translating.dialect import Session
from mocks.engines.warehouse.duck import Run

CACHED_PLANS, LONGEST_CACHED = 512, 8192
Plan = Callable[[Run], Result]


class Plans:
    """The plans of the statements run last; translating costs more than running a short one."""

    def __init__(self) -> None:
        self._plans: OrderedDict[tuple[str, Session, int], Plan] = OrderedDict()
        self._lock = Lock()

    def find(self, statement: str, session: Session, generation: int) -> Plan | None:
        """The plan, if the same statement was run lately over the same tables."""
        key = statement, session, generation
        with self._lock:
            found = self._plans.get(key)
            if found is not None:
                self._plans.move_to_end(key)
            return found

    def keep(self, statement: str, session: Session, generation: int, plan: Plan) -> None:
        """Remembers the plan of a statement of ordinary length."""
        if len(statement) > LONGEST_CACHED:
            return
        with self._lock:
            self._plans[statement, session, generation] = plan
            if len(self._plans) > CACHED_PLANS:
                self._plans.popitem(last=False)

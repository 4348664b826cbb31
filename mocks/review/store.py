"""Review apps, their sessions and the items to be labelled."""

from typing import Any

from mocks.core.errors import AlreadyExists, InvalidParameterValue
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.registry import MlflowRegistry
from mocks.review.changes import masked, moment
from mocks.review.wire import (
    Item,
    Items,
    ItemState,
    LabelingSchema,
    LabelingSession,
    LabelingSessions,
    ReviewApp,
    ReviewApps,
)

INPUTS = ("categorical", "categorical_list", "text", "text_list", "numeric")
# The schemas that every Review App knows by name (docs: mlflow3/genai/human-feedback/concepts/labeling-schemas).
_BUILT_IN = (
    ("guidelines", "Guidelines that the answer has to keep", "text_list"),
    ("expected_facts", "Facts that the answer has to state", "text_list"),
    ("expected_response", "The answer that is right", "text"),
)
BUILT_IN = tuple(
    LabelingSchema.model_validate({"name": name, "type": "EXPECTATION", "title": title, answered: {}})
    for name, title, answered in _BUILT_IN
)


class ReviewStore:
    """The Review Apps of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._mlflow = workspace, workspace.engine(MlflowRegistry)
        self._apps = workspace.collection("review_apps", ReviewApp, "Review app")
        self._sessions = workspace.collection("labeling_sessions", LabelingSession, "Labeling session")
        self._items = workspace.collection("labeling_items", Item, "Item")

    def apps(self, told: str | None, size: int | None, token: str | None) -> ReviewApps:
        """The apps, or that of the experiment that `experiment_id=…` names.

        Raises: InvalidParameterValue
        """
        name, _, wanted = (told or "").partition("=")
        if told and name.strip() != "experiment_id":
            raise InvalidParameterValue(f"Review apps are filtered by experiment_id=…, not by {told!r}.")
        known = [app for app in self._apps.all() if not told or app.experiment_id == wanted.strip().strip("'\"")]
        shown, following = page(known, size, token)
        return ReviewApps(review_apps=shown, next_page_token=following)

    def create_app(self, told: ReviewApp) -> ReviewApp:
        """The Review App of an experiment, which has one at most.

        Raises: AlreadyExists, InvalidParameterValue, ResourceDoesNotExist
        """
        self._mlflow.call("GET", "experiments/get", experiment_id=told.experiment_id)
        _check_schemas(told.labeling_schemas)
        with self._workspace.lock:
            if any(app.experiment_id == told.experiment_id for app in self._apps.all()):
                raise AlreadyExists(f"Experiment {told.experiment_id} has a review app.")
            made = told.model_copy(update={"review_app_id": self._workspace.new_id()})
            return self._apps.create(str(made.review_app_id), made)

    def app(self, app_id: str) -> ReviewApp:
        """One app.

        Raises: ResourceDoesNotExist
        """
        return self._apps.get(app_id)

    def update_app(self, app_id: str, told: ReviewApp, mask: str | None) -> ReviewApp:
        """Changes agents or schemas.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        fields = masked(mask, ("agents", "labeling_schemas"))
        _check_schemas(told.labeling_schemas)
        return self._apps.update(app_id, lambda app: app.model_copy(update={one: getattr(told, one) for one in fields}))

    def sessions(self, app_id: str, size: int | None, token: str | None) -> LabelingSessions:
        """The sessions of an app.

        Raises: ResourceDoesNotExist
        """
        self.app(app_id)
        shown, following = page(self._sessions.all(f"{app_id}/"), size, token)
        return LabelingSessions(labeling_sessions=shown, next_page_token=following)

    def every_session(self) -> list[LabelingSession]:
        """The sessions of all apps."""
        return self._sessions.all()

    def create_session(self, app_id: str, told: LabelingSession) -> LabelingSession:
        """A session, and the MLflow run that holds its traces.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        app = self.app(app_id)
        if not told.name:
            raise InvalidParameterValue("A labeling session has a name.")
        self._check_known(app, told)
        tags = [{"key": "mlflow.runName", "value": told.name}, {"key": "mlflow.runType", "value": "LABELING_SESSION"}]
        run: dict[str, Any] = {
            "experiment_id": app.experiment_id,
            "run_name": told.name,
            "start_time": self._workspace.now_ms(),
            "tags": tags,
        }
        made = told.model_copy(
            update={
                "labeling_session_id": self._workspace.new_id(),
                "review_app_id": app_id,
                "mlflow_run_id": self._mlflow.call("POST", "runs/create", **run)["run"]["info"]["run_id"],
                "created_by": self._workspace.user_name,
                "create_time": moment(self._workspace),
            }
        )
        return self._sessions.create(f"{app_id}/{made.labeling_session_id}", made)

    def session(self, app_id: str, session_id: str) -> LabelingSession:
        """One session.

        Raises: ResourceDoesNotExist
        """
        return self._sessions.get(f"{app_id}/{session_id}")

    def update_session(self, app_id: str, session_id: str, told: LabelingSession, mask: str | None) -> LabelingSession:
        """Changes name, users, schemas or the agent.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        fields = masked(mask, ("name", "assigned_users", "labeling_schemas", "agent", "additional_configs"))
        self._check_known(self.app(app_id), told)
        change = {one: getattr(told, one) for one in fields}
        return self._sessions.update(f"{app_id}/{session_id}", lambda session: session.model_copy(update=change))

    def delete_session(self, app_id: str, session_id: str) -> None:
        """Forgets a session; its run and the labels on the traces stay.

        Raises: ResourceDoesNotExist
        """
        for item in self._items.all(f"{session_id}/"):
            self._items.delete(f"{session_id}/{item.item_id}")
        self._sessions.delete(f"{app_id}/{session_id}")

    def items(self, app_id: str, session_id: str, size: int | None, token: str | None) -> Items:
        """The items of a session, in their order.

        Raises: ResourceDoesNotExist
        """
        self.session(app_id, session_id)
        shown, following = page(self._items.all(f"{session_id}/"), size, token)
        return Items(items=shown, next_page_token=following)

    def add_items(self, app_id: str, session_id: str, told: Items) -> Items:
        """Adds traces or records.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        self.session(app_id, session_id)
        if any(not item.source.trace_id and not item.source.dataset_record for item in told.items):
            raise InvalidParameterValue("The source of an item is a trace or a record of a dataset.")
        with self._workspace.lock:
            first = len(self._items.all(f"{session_id}/"))
            made = [self._made(item, first + at) for at, item in enumerate(told.items)]
            for item in made:
                self._items.create(f"{session_id}/{item.item_id}", item)
        return Items(items=made)

    def set_state(self, app_id: str, session_id: str, item_id: str, state: ItemState) -> Item:
        """Says how far an item is.

        Raises: ResourceDoesNotExist
        """
        self.session(app_id, session_id)
        told = {"last_update_time": moment(self._workspace), "last_updated_by": self._workspace.user_name}
        told["state"] = state
        return self._items.update(f"{session_id}/{item_id}", lambda item: item.model_copy(update=told))

    def schemas(self, app_id: str, session_id: str) -> list[LabelingSchema]:
        """The questions of a session."""
        known = {schema.name: schema for schema in (*BUILT_IN, *self.app(app_id).labeling_schemas)}
        return [known[ref.name] for ref in self.session(app_id, session_id).labeling_schemas if ref.name in known]

    def _made(self, item: Item, number: int) -> Item:
        rounds = [{"trace_id": item.source.trace_id}] if item.source.trace_id else []
        identity = f"{number:06d}{self._workspace.new_id()[:10]}"
        told = {"create_time": moment(self._workspace), "created_by": self._workspace.user_name, "chat_rounds": rounds}
        return item.model_copy(update={"item_id": identity, **told})

    def _check_known(self, app: ReviewApp, told: LabelingSession) -> None:
        known = {schema.name for schema in (*BUILT_IN, *app.labeling_schemas)}
        if missing := [ref.name for ref in told.labeling_schemas if ref.name not in known]:
            raise InvalidParameterValue(f"The review app has no label schema '{missing[0]}'.")


def _check_schemas(schemas: list[LabelingSchema]) -> None:
    names = [schema.name for schema in schemas]
    if twice := {name for name in names if names.count(name) > 1}:
        raise InvalidParameterValue(f"The label schema '{min(twice)}' is there twice.")
    for schema in schemas:
        inputs = [one for one in INPUTS if getattr(schema, one) is not None]
        if len(inputs) != 1:
            raise InvalidParameterValue(f"The label schema '{schema.name}' wants one input of {', '.join(INPUTS)}.")

"""What users say of an answer, recorded on its trace."""

import mlflow
from mlflow.entities import Assessment, AssessmentSource, AssessmentSourceType

NAME = "user_feedback"


def thumbs(trace_id: str, user: str, *, up: bool, rationale: str) -> Assessment:
    """`user` is who said it, as the workspace knows the person."""
    return mlflow.log_feedback(
        trace_id=trace_id,
        name=NAME,
        value=up,
        rationale=rationale,
        source=AssessmentSource(source_type=AssessmentSourceType.HUMAN, source_id=user),
    )


def disliked(experiment_id: str) -> list[mlflow.entities.Trace]:
    """The traces that a user did not like."""
    found = mlflow.search_traces(
        locations=[experiment_id], filter_string=f"feedback.{NAME} = 'false'", return_type="list"
    )
    return list(found)

"""Asks Genie the questions of invented worlds through the SDK: right, asked back, wrong, by kind, and every miss.

`python -m benchmarks.genie [WORLD ...]`; a world is a folder of `--worlds` with three files: tables.sql,
space.json (curated), questions.yaml (id, kind, three wordings, what was said before them in the conversation, the SQL
that is meant; none where no answer is right). `golden` is the reference agent's own. Of the worlds held out only the
figures are printed.
"""

import argparse
import itertools
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.errors import OperationFailed
from databricks.sdk.service.sql import StatementResponse, StatementState

from benchmarks.running import Running

WORLDS = Path(__file__).parents[1] / "tests" / "mocks" / "genie" / "worlds"
HELD_OUT = ("brewery", "parking", "railway", "waste")
BARE, CURATED = "bare", "curated"
# WIDER: the rows that are meant, with further columns beside them. Counted apart, neither right nor wrong.
RIGHT, WIDER, ASKED, WRONG, FAILED = OUTCOMES = ("right", "wider", "asked back", "wrong", "failed")
_PLACES = 6  # a quotient of decimals has no more, where one of doubles goes on
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00:00(\.0+)?Z?")

Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Rows:
    """What a statement gave: how wide, and its rows with their cells made comparable."""

    width: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Question:
    """One meaning in several wordings; without accepted results the right answer is none."""

    id: str
    kind: str
    ask: tuple[str, ...]
    sql: tuple[str, ...]
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """Tables, questions on them, and a space that somebody curated."""

    name: str
    statements: tuple[str, ...]
    questions: tuple[Question, ...]
    curated: str
    described: bool = False

    @property
    def bare(self) -> str:
        """A space with the same tables and nothing said about them, but for comments that only the space holds."""
        tables = [self._bare(table) for table in json.loads(self.curated)["data_sources"]["tables"]]
        return json.dumps({"version": 2, "data_sources": {"tables": tables}})

    def _bare(self, table: dict[str, Any]) -> dict[str, Any]:
        if not self.described:
            return {"identifier": table["identifier"]}
        said = [{k: c[k] for k in ("column_name", "description") if k in c} for c in table.get("column_configs", [])]
        return {"identifier": table["identifier"], "description": table.get("description"), "column_configs": said}


@dataclass(frozen=True)
class Answered:
    """What came of one wording."""

    question: Question
    wording: str
    outcome: str
    detail: str
    seconds: float


@dataclass
class Score:
    """The outcomes of a world's questions in one space."""

    world: str
    space: str
    answers: list[Answered] = field(default_factory=list)

    def counts(self, answerable: bool) -> Counter[str]:
        return Counter(a.outcome for a in self.answers if bool(a.question.sql) == answerable)


def read_world(folder: Path) -> World:
    """The world in the folder."""
    questions = []
    for entry in yaml.safe_load((folder / "questions.yaml").read_text()):
        accepted = [entry["sql"], *entry.get("also", [])] if "sql" in entry else []
        told = {name: tuple(entry.get(name, ())) for name in ("ask", "after")}
        questions.append(Question(entry["id"], entry["kind"], sql=tuple(accepted), **told))
    statements = [s.strip() for s in re.split(r";\s*\n", (folder / "tables.sql").read_text()) if s.strip()]
    return World(folder.name, tuple(statements), tuple(questions), (folder / "space.json").read_text())


def comparable(cell: Any) -> str | None:
    """Numbers alike however they are written, a timestamp at midnight like its day."""
    if cell is None:
        return None
    if midnight := _MIDNIGHT.fullmatch(str(cell)):
        return midnight[1]
    try:
        return f"{round(float(cell), _PLACES):.10g}"
    except ValueError:
        return str(cell)


def compare(wanted: Rows, got: Rows) -> str:
    """Whether the rows are the same in any order, for some order of the columns; or are so among more columns."""
    if len(wanted.rows) != len(got.rows) or wanted.width > got.width:
        return WRONG
    meant = Counter(wanted.rows)
    for columns in itertools.permutations(range(got.width), wanted.width):
        if Counter(tuple(row[c] for c in columns) for row in got.rows) == meant:
            return RIGHT if wanted.width == got.width else WIDER
    return WRONG


class Bench:
    """A workspace in which the worlds are built and asked about."""

    def __init__(self, w: WorkspaceClient) -> None:
        self._w = w
        self._warehouse = next(iter(w.warehouses.list())).id or ""

    def build(self, world: World) -> dict[str, tuple[Rows, ...]]:
        """The tables; returns the accepted results of each question."""
        for statement in world.statements:
            self._run(statement)
        return {q.id: tuple(self._run(sql) for sql in q.sql) for q in world.questions}

    def score(self, world: World, space: str, accepted: dict[str, tuple[Rows, ...]]) -> Score:
        """Every wording of every question, each in a conversation of its own."""
        serialized = world.curated if space == CURATED else world.bare
        made = self._w.genie.create_space(self._warehouse, serialized, title=f"{world.name} {space}")
        score = Score(world.name, space)
        for question in world.questions:
            for wording in question.ask:
                score.answers.append(self._ask(made.space_id, question, wording, accepted[question.id]))
        self._w.genie.trash_space(made.space_id)
        return score

    def _ask(self, space_id: str, question: Question, wording: str, accepted: Sequence[Rows]) -> Answered:
        began = time.perf_counter()
        outcome, detail = self._outcome(space_id, (*question.after, wording), accepted)
        return Answered(question, wording, outcome, detail, time.perf_counter() - began)

    def _outcome(self, space_id: str, said: Sequence[str], accepted: Sequence[Rows]) -> tuple[str, str]:
        try:
            message = self._w.genie.start_conversation_and_wait(space_id, said[0])
            for wording in said[1:]:
                message = self._w.genie.create_message_and_wait(space_id, message.conversation_id or "", wording)
        except OperationFailed as failure:
            return FAILED, str(failure)
        attachments = message.attachments or []
        for attachment in attachments:
            if attachment.query is not None:
                answer = self._w.genie.get_message_attachment_query_result(
                    space_id, message.conversation_id, message.message_id, attachment.attachment_id or ""
                )
                return _best(accepted, _rows(answer.statement_response)), attachment.query.query or ""
        return ASKED, " ".join(a.text.content or "" for a in attachments if a.text)

    def _run(self, sql: str) -> Rows:
        answer = self._w.statement_execution.execute_statement(sql, self._warehouse, wait_timeout="50s")
        if answer.status is None or answer.status.state != StatementState.SUCCEEDED:
            raise SystemExit(f"This statement of a world does not run: {sql}\n{answer.status}")
        return _rows(answer)


def _rows(answer: StatementResponse | None) -> Rows:
    if answer is None or answer.manifest is None or answer.manifest.schema is None:
        return Rows(0, ())
    cells = (answer.result.data_array if answer.result else None) or []
    return Rows(len(answer.manifest.schema.columns or []), tuple(tuple(comparable(c) for c in row) for row in cells))


def _best(accepted: Sequence[Rows], got: Rows) -> str:
    found = {compare(wanted, got) for wanted in accepted}
    return next((outcome for outcome in (RIGHT, WIDER) if outcome in found), WRONG)


def figures(scores: Sequence[Score]) -> Iterator[str]:
    """One line for each world and space, then the sums."""
    yield f"{'':22}{'questions':>10}" + "".join(f"{o:>14}" for o in OUTCOMES) + f"{'no answer due':>15}{'answered':>10}"
    for score in scores:
        yield _line(f"{score.world} {score.space}", [score])
    for space in (BARE, CURATED):
        of_space = [score for score in scores if score.space == space]
        if of_space:
            yield _line(f"all {space}", of_space)
        if held_out := [score for score in of_space if score.world in HELD_OUT]:
            yield _line(f"held out {space}", held_out)


def by_wording(scores: Sequence[Score]) -> Iterator[str]:
    """For each world and space, the outcomes of the first, second and third wordings of what has an answer."""
    for score in scores:
        for at in range(max((len(a.question.ask) for a in score.answers), default=0)):
            asked = [a for a in score.answers if a.question.sql and a.wording == _at(a.question.ask, at)]
            outcomes = Counter(answer.outcome for answer in asked)
            told = ", ".join(f"{o} {outcomes[o]}" for o in OUTCOMES if outcomes[o])
            yield f"  {score.world} {score.space}, wording {at + 1}: {told}"


def no_answers(scores: Sequence[Score]) -> Iterator[str]:
    """Of what has no answer, by kind, how much got none."""
    answers = [answer for score in scores for answer in score.answers if not answer.question.sql]
    for kind in sorted({answer.question.kind for answer in answers}):
        of_kind = [answer for answer in answers if answer.question.kind == kind]
        refused = sum(answer.outcome == ASKED for answer in of_kind)
        yield f"  {kind:18}not answered {refused} of {len(of_kind)} ({refused / len(of_kind):.0%})"


def _at(wordings: Sequence[str], at: int) -> str:
    return wordings[at] if at < len(wordings) else ""


def _line(name: str, scores: Sequence[Score]) -> str:
    due = sum((score.counts(True) for score in scores), Counter())
    none = sum((score.counts(False) for score in scores), Counter())
    cells = [f"{due[o]} ({due[o] / max(1, due.total()):.0%})" for o in OUTCOMES]
    answered = none[WRONG]
    return f"{name:22}{due.total():>10}" + "".join(f"{c:>14}" for c in cells) + f"{none.total():>15}{answered:>10}"


def summary(scores: Sequence[Score]) -> Iterator[str]:
    """Wrong answers over all questions, accuracy by kind, and the time of a question."""
    answers = [answer for score in scores for answer in score.answers]
    wrong = sum(answer.outcome == WRONG for answer in answers)
    yield f"answered wrongly without asking back: {wrong} of {len(answers)} ({wrong / len(answers):.1%})"
    times = [1000 * answer.seconds for answer in answers]
    yield f"time of a question: p50 {statistics.median(times):.0f} ms, longest {max(times):.0f} ms"
    for kind in sorted({a.question.kind for a in answers if a.question.sql}):
        outcomes = Counter(a.outcome for a in answers if a.question.kind == kind and a.question.sql)
        yield f"  {kind:18}" + "  ".join(f"{o} {outcomes[o]}" for o in OUTCOMES if outcomes[o])


def misses(score: Score) -> Iterator[str]:
    """Every question with an answer that is not what was due; none of a world that is held out."""
    if score.world in HELD_OUT:
        return
    for answer in score.answers:
        due = RIGHT if answer.question.sql else ASKED
        if answer.outcome != due:
            yield f"{score.world} {score.space} {answer.question.id} {answer.outcome}: {answer.wording}"
            yield f"    {' '.join(answer.detail.split())[:400]}"


def main() -> None:
    """Builds the worlds in a sandbox of its own, asks, and prints."""
    from benchmarks.genie_golden import GOLDEN, golden_world

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", nargs="*", help="names of worlds; all if none is given")
    parser.add_argument("--worlds", type=Path, default=WORLDS, help="the folder that holds them")
    parser.add_argument("--space", choices=[BARE, CURATED], action="append", help="both if none is given")
    parser.add_argument("--quiet", action="store_true", help="print no misses")
    told = parser.parse_args()
    names = told.world or [*sorted(folder.parent.name for folder in told.worlds.glob("*/questions.yaml")), GOLDEN]
    with Running() as running:
        running.seconds_to_first_answer()
        config = Config(host=running.host, token=running.token, auth_type="pat", config_file=str(running.home / "none"))
        bench, scores = Bench(WorkspaceClient(config=config)), []
        for name in names:
            world = golden_world(running) if name == GOLDEN else read_world(told.worlds / name)
            accepted = bench.build(world)
            scores += [bench.score(world, space, accepted) for space in told.space or (BARE, CURATED)]
    for line in itertools.chain.from_iterable(misses(score) for score in scores if not told.quiet):
        print(line)
    for line in itertools.chain(figures(scores), by_wording(scores), no_answers(scores), summary(scores)):
        print(line)


if __name__ == "__main__":
    main()

"""How Databricks SQL is read: sqlglot's dialect, and what it has otherwise."""

from typing import Any, ClassVar

from sqlglot import exp
from sqlglot.dialects.databricks import Databricks
from sqlglot.tokenizer_core import TokenType

from mocks.engines.translating import function_parsers


class QuotedTwice(Databricks):
    """Databricks as of Spark 4, where two quotes inside a text stand for one."""

    class Parser(Databricks.Parser):  # type: ignore[valid-type, misc]  # sqlglot tells the class in a variable
        FUNCTIONS: ClassVar[dict[str, Any]] = function_parsers.FUNCTIONS

        FUNCTION_PARSERS: ClassVar[dict[str, Any]] = {
            **Databricks.Parser.FUNCTION_PARSERS,
            "PERCENTILE": lambda self: self.percentile(),
        }

        def percentile(self) -> exp.Expr:
            """`percentile([DISTINCT] value, quantile [, frequency])`, of which sqlglot would lose the last."""
            distinct = self._match(TokenType.DISTINCT)
            value, *rest = self._parse_csv(self._parse_lambda)
            if len(rest) > 1:
                return exp.Anonymous(this="percentile_by_frequency", expressions=[value, *rest])
            value = exp.Distinct(expressions=[value]) if distinct else value
            found: exp.Expr = self.expression(exp.Quantile(this=value, quantile=rest[0] if rest else None))
            return found

    class Tokenizer(Databricks.Tokenizer):
        STRING_ESCAPES: ClassVar[list[str]] = ["\\", "'", '"']
        COMMANDS: ClassVar[set[TokenType]] = set()  # whose words would be kept as one text


DATABRICKS = QuotedTwice()

import pytest

from mocks.genie.evals import differences


@pytest.mark.parametrize(
    ("wanted", "got", "reasons"),
    [
        ([("a", "1"), ("b", "2")], [("2", "b"), ("1", "a")], []),
        ([], [], []),
        ([("a",)], [], ["EMPTY_RESULT"]),
        ([], [("a",)], ["RESULT_EXTRA_ROWS"]),
        ([("a", "1")], [("a",)], ["RESULT_MISSING_COLUMNS"]),
        ([("a",)], [("a", "1")], ["RESULT_EXTRA_COLUMNS"]),
        ([("a",), ("b",)], [("a",)], ["RESULT_MISSING_ROWS"]),
        ([("a",)], [("a",), ("a",)], ["RESULT_EXTRA_ROWS"]),
        ([("a", "1"), ("b", "2")], [("a", "1"), ("b", "3")], ["SINGLE_CELL_DIFFERENCE"]),
        ([("a",), ("b",), ("c",)], [("a",), ("x",), ("y",)], ["RESULT_MISSING_ROWS", "RESULT_EXTRA_ROWS"]),
    ],
)
def test_the_reasons_say_in_what_two_results_differ(wanted, got, reasons):
    assert differences(wanted, got) == reasons

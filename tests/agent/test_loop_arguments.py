import sys

import pytest

from agent.loop.__main__ import main


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--questions", "Q999"], "no golden question Q999"),
        (["--versions", "no/such.yaml"], "no/such.yaml"),
    ],
)
def test_arguments_that_mean_nothing_are_refused_before_anything_is_done(monkeypatch, capsys, arguments, why):
    monkeypatch.setattr(sys, "argv", ["agent.loop", *arguments])

    with pytest.raises(SystemExit) as ended:
        main()

    assert ended.value.code == 2
    assert why in capsys.readouterr().err

from agent.evaluate import Score
from agent.loop.standing import standing


def test_each_share_stands_against_its_bar():
    scores = [
        Score("Q1", "doc_single", {"facts": 1.0, "answered": 1.0, "citations": 1.0}),
        Score("Q2", "doc_single", {"facts": 0.0, "answered": 0.0, "citations": 0.0}),
        Score("Q3", "ambiguous", {"behaviour": 1.0}),
    ]

    told = [(one.share, one.met) for one in standing(scores)]

    assert told == [(0.5, False), (1.0, True), (0.5, False), (1.0, True)]


def test_what_nobody_asked_has_no_share():
    assert [one.name for one in standing([Score("Q1", "genie_simple", {"answered": 1.0})])] == [
        "answerable questions refused"
    ]

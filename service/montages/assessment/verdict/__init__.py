"""What an arrangement is worth to a buyer, by the diagram of its gates: open or closed, on what terms.

In: the answers of a unit, the rules of a day. Out: a `UnitVerdict`. Read `unit_verdict` (what a verdict
says), `judgement` (how one is asked for), `judged_arrangement` (how it is reached, kept in a
`grown_diagram`); then `stated_answers` (what is walked from), `diagram_walks` (which diagram), `walks` (what
opens and what reopens) and `disputed_facts`. `answer_changes` supposes other answers, `unknown_facts` tells
what verdicts wait for.
"""

"""What an arrangement is worth to a buyer, by the diagram of its gates: open or closed, on what terms.

In: the answers of a unit, the rules of a day. Out: a `UnitVerdict`. Read `unit_verdict` (what a verdict
says), `stated_answers` (what is walked from), `walks` (what opens and what reopens) and `judgement` (how it
is asked for). `answer_changes` supposes other answers, `unknown_facts` tells what verdicts wait for.
"""

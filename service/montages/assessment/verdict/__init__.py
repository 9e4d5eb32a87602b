"""What an arrangement is worth to a buyer, by the diagram of its gates: open or closed, on what terms.

In: the answers of a unit, the rules of a day. Out: a `UnitVerdict`. Read `unit_verdict` (what a verdict
says), `judgement` (how one is asked for, and facts in dispute), `arrangement_diagram` (which diagram is
walked, and what it says); then `answers` (what is walked from, and other answers supposed), `walk_steps`
(what each answer costs) and `walks` (what opens and what reopens). `unknown_facts` tells what verdicts wait
for.
"""

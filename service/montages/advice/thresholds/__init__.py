"""What an amount and a day change of the procedures: the timeline of the thresholds (R37).

In: a way to assess a purchase of an amount on a day. Out: `ProcedureTimeline`, what each procedure is in each
range of amounts in each period of the law, and `AmountPoint`, one point of it. Read `procedure_timeline`
(which rules read the amount, its ranges, what suffices in each), `amount_point` (one of them, and what
switches around it), then `timeline_json`.
"""

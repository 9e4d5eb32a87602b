"""What `montages check` found, in the forms that other people's pipelines read (V3).

What comes in: files, each with its validation or the error that kept it from being read. What goes out:
commands that annotate lines on GitHub, a JUnit report, a SARIF log. Read `file_faults` (the faults of all
files, in one order, each with the rule it breaks), then the writer of a form.
"""

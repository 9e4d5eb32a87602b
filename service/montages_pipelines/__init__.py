"""What `montages check` finds, in the forms that other people's pipelines read (V3).

What comes in: files, each with its validation or the error that kept it from being read. What goes out:
commands that annotate lines on GitHub, a JUnit report, a SARIF log. Read `file_faults` first (the faults of
all files, in one order, each with the rule it breaks), then the writer of a form.
"""

from montages.guests import CheckForm, Guest

GUEST = Guest(
    check_forms={
        # It has errors at their places, and takes any line for a command.
        "github": CheckForm(
            "montages_pipelines.workflow_commands:workflow_commands", has_errors=True
        ),
        "junit": CheckForm("montages_pipelines.junit_report:junit_report"),
        "sarif": CheckForm(
            "montages_pipelines.sarif_log:sarif_log", notice="montages_pipelines.sarif_log:left_out"
        ),
    }
)

"""One file a command: `montages some-name` is the function `some_name` of `some_name_command.py`.

Those of operations take their words and options from the table, and those that advise have no file: see
`operation_commands`. Small commands of one kind share a file, as `main` says: `proof_commands`,
`template_commands`; `montages demo` stands beside `assess`. A command reads its options, calls
`montages.api` or a room below, and writes one form of the result. `main` lists the commands in the order of
the help and imports each when it is needed. To read first: `check_command`, the smallest that has an input, a
form and an exit code.
"""

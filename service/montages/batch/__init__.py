"""Many projects at once: from files, folders or a stream to one answer a project, in the order of the input.

In come paths, options and an output; out go JSON Lines, CSV, a workbook or N-Quads, a journal while the batch
runs, and a summary. Read `input_files` (which files), `records` and `n_quads` (how they are cut), `run_batch`
with `executors` (who does the work, chunk by chunk), `assess_records` (what a worker does, and its
`chunk_result` with the counts), then `output_forms`, `output_files`, `journal` and `batch_summary`. A data
frame is assessed by `assess_frame`.
"""

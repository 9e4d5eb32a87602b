"""The two papers that one leaves with: the page for the elected members, and the scoping note.

In: an assessment, the address of its project, a language. Out: what a paper says, as data (`mayor_page`,
`scoping_note`), and that as a page fit to print and a PDF of it (`handout_page`) or a document for a word
processor (`word_document`). Read `handout` first, which joins them.
"""

from montages.bilingual import message
from montages.guests import Guest, GuestCommand
from montages_handouts.document_extras import is_written

NOTE = GuestCommand(
    "note",
    "montages_handouts.note_command:note",
    message("Write a scoping note, or one page for the elected members."),
    after="similar",
)
# What each paper is called, and its address in the service.
PAPER_TITLES = {"mayor": message("Page for the elected members"), "note": message("Scoping note")}
PAPER_FILES = {"pdf": message("The note as PDF"), "docx": message("The note as Word")}
PAPER_PATHS = {"mayor": "/projet/maire", "note": "/projet/note"}
GUEST = Guest(
    commands=(NOTE,),
    routes="montages_handouts.handout_routes",
    project_pages={PAPER_PATHS[paper]: title for paper, title in PAPER_TITLES.items()}
    | {f"{PAPER_PATHS['note']}.{f}": title for f, title in PAPER_FILES.items() if is_written(f)},
    handout="montages_handouts.handout:handout_of",
)

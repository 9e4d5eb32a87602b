"""Pictures as SVG that stands alone or inside a page: of what is advised, and of a contract.

Read `set_up_grid` (what stands where), then `set_up_picture` (how it is drawn); `who_pays_picture`, the
picture of a contract, stands by itself. `svg` makes pictures of their templates.
"""

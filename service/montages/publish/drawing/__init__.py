"""Pictures of what is advised, as SVG that stands alone or inside a page.

Read `set_up_grid` (what stands where), then `set_up_picture` (how it is drawn).
"""

"""Pictures as SVG that stands alone or inside a page: of what is advised, and of points on a map.

Read `set_up_grid` (what stands where), then `set_up_picture` (how it is drawn); `point_map` stands by itself,
and so does `who_pays_picture`, the picture of a contract. `svg` makes pictures of their templates.
"""

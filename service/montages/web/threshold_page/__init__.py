"""`/seuils`: which procedures an amount and a day leave, and what switches around them (R37).

What comes in: an amount, a day and the answers that thresholds depend on, as the parameters of `/projet`.
What goes out: a page that needs no script, the same page to be shown in another site, JSON. Read
`threshold_request` (what is asked, and the timeline of that purchase), `threshold_ladder` (its
steps on a day), `thresholds_page` (the page) and `threshold_routes`.
"""

"""The terms as one tree: what stands under what, read off the published graph.

In comes a graph, out go branches. Read `branch` (what a tree is made of), then `term_tree` (what is in it).
"""

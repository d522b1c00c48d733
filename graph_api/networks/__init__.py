"""Networks of organisations, initiatives, methods, places, funders, people and documents: views, measures, communities.

The way of the data: `source` (store → arrays) → `material` (the arrays) → `selection` (who takes part in what, filtered)
→ `views` (a network, weighted by `weightings`) → measures, communities, significance, slices → `graphs` (networkx).
"""

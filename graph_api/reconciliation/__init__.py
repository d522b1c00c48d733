"""Matching names of a reader's own lists with the entities of the graph (Reconciliation Service API 0.2)."""

"""Who works with whom: the index read from the store, projections and their exports."""

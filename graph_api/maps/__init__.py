"""Interactive maps that open from one file without a network."""

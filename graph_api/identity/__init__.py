"""Which organisation is meant: names, authority file, decisions."""

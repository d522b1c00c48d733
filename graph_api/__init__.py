"""What is done with the facts: identity, store, queries, networks, maps and the command line.

Nothing here parses a document.
"""

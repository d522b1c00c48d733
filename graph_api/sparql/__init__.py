"""SPARQL over the embedded store: what a text asks for, and its evaluation. Nothing here knows of HTTP."""

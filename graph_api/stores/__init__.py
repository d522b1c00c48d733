"""Stores behind one contract: the embedded one, and any server of SPARQL 1.1."""

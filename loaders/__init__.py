"""From documents to facts to triples: readers by format, one loader a document kind, Finnish language tools.

Nothing here knows of stores, HTTP or maps.
"""

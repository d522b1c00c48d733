"""The read model: one SQLite file for each generation, with the search index and the facts as rows.

`graph_api.search.index.open_index` gives it, made anew where it is not there yet::

    from graph_api.search.index import open_index

    index = open_index(settings.store)
    page = index.search("turvapalvelu", kinds=("organisation",), limit=10)
    for hit in page.hits:
        print(hit.iri, hit.kind, hit.name, hit.score)

Names of people and contact details are not in the file.
"""

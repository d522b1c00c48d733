"""Named SPARQL queries, one `.rq` file each; the header of a file says its purpose, parameters and columns."""

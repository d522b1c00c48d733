"""The HTTP server: the application, SPARQL over it, and the worker processes in which queries run."""

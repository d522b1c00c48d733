"""The ontology (`core.ttl`), its SHACL shapes (`shapes.ttl`) and the SKOS vocabularies that drive the recognisers."""

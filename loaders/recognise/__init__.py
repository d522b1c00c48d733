"""Recognisers: what is named in running text, and in which role. Each rule describes a phenomenon."""

"""Reports for people: one page on a network, an organisation, a funder, a method or a region, in HTML and in Markdown."""

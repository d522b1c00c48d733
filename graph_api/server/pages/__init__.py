"""The pages of entities: a template, a style, and the words in them."""

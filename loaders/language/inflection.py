"""Finnish inflection: the forms of a word or name, and back from a form to the nominative.

One place to import from; the work is done in `word_forms`, `name_forms` and `head_nouns`.
"""

from __future__ import annotations

from loaders.language.head_nouns import HeadNoun, head_noun, nominative_of
from loaders.language.name_forms import inflect_name
from loaders.language.word_forms import genitive_of, inflect_plural_of, inflect_word

__all__ = ["HeadNoun", "genitive_of", "head_noun", "inflect_name", "inflect_plural_of", "inflect_word", "nominative_of"]

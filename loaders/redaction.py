"""Leaving out people who asked to be forgotten: their names and contact details are blanked before a text is read.

A blank has the length of what it covers, so that offsets stay as they are. Whom to leave out is known by digests
alone (HMAC-SHA-256 with a key of the folder they are kept in), so that the list of the forgotten names nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from loaders.language.contacts import EMAIL, MASK, PHONE, resolve_email
from loaders.language.inflection import inflect_word

BLANK = MASK
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BETWEEN = re.compile(r"[\s,.]{1,3}")
_DIGITS = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Redactor:
    """Blanks the people whose digests it holds.

    Parameters
    ----------
    key : bytes
        The key of the digests.
    digests : frozenset of str
        What `digests_of` gave for each person.
    """

    key: bytes = b""
    digests: frozenset[str] = field(default_factory=frozenset)

    def redact(self, text: str) -> str:
        """Return a text of the same length with each forgotten person's names, addresses and numbers blanked."""
        if not self.digests:
            return text
        found = [*self._contacts(text), *self._names(text)]
        if not found:
            return text
        letters = list(text)
        for start, end in found + list(self._surnames(text)):
            letters[start:end] = [BLANK if not c.isspace() else c for c in letters[start:end]]
        return "".join(letters)

    def _knows(self, kind: str, value: str) -> bool:
        return digest_of(self.key, kind, value) in self.digests

    def _contacts(self, text: str) -> Iterator[tuple[int, int]]:
        for match in EMAIL.finditer(text):
            address = resolve_email(match.group()) or ""
            local = re.split(r"[._+-]", address.partition("@")[0])
            named = len(local) > 1 and self._knows("local", " ".join(sorted((local[0], local[-1]))))
            if named or self._knows("email", address):
                yield match.span()
        for match in PHONE.finditer(text):
            if self._knows("phone", plain_number(match.group())):
                yield match.span()

    def _names(self, text: str) -> Iterator[tuple[int, int]]:
        before: re.Match[str] | None = None
        for token in _TOKEN.finditer(text):
            if not token.group()[0].isupper():
                before = None
                continue
            if before is not None and _BETWEEN.fullmatch(text, before.end(), token.start()):
                pair = " ".join(sorted((_fold(before.group()), _fold(token.group()))))
                if self._knows("name", pair):
                    yield before.span()
                    yield token.span()
            before = token

    def _surnames(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a forgotten person's surname stands alone; asked of texts that name the person whole."""
        for token in _TOKEN.finditer(text):
            if token.group()[0].isupper() and self._knows("surname", _fold(token.group())):
                yield token.span()


def digests_of(key: bytes, name: str, contacts: Iterable[str] = ()) -> frozenset[str]:
    """Return the digests by which a person is known again, in any case form and order of names.

    Parameters
    ----------
    key : bytes
        The key of the digests.
    name : str
        Given name first: "Aino Esimerkki".
    contacts : iterable of str
        The person's e-mail addresses and telephone numbers, where known.

    Raises
    ------
    ValueError
        The name is not at least a given name and a surname.
    """
    parts = _TOKEN.findall(name)
    if len(parts) < 2:
        raise ValueError(f"{name!r} is not a whole name")
    given, surname = parts[:-1], parts[-1]
    forms = {surname, *inflect_word(surname)}
    kinds = [("name", " ".join(sorted((_fold(one), _fold(form))))) for one in given for form in forms]
    kinds += [("surname", _fold(form)) for form in forms]
    kinds += [("local", " ".join(sorted((_ascii(one), _ascii(surname))))) for one in given]
    kinds += [("email", c.lower()) if "@" in c else ("phone", plain_number(c)) for c in contacts]
    return frozenset(digest_of(key, kind, value) for kind, value in kinds)


def digest_of(key: bytes, kind: str, value: str) -> str:
    """Return the digest of one value."""
    return hmac.new(key, f"{kind}\x1f{value}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def plain_number(printed: str) -> str:
    """Return the digits of a telephone number, the Finnish country code as 0: "+358 40 123" → "040123"."""
    digits = "".join(_DIGITS.findall(printed))
    return re.sub(r"^(?:00)?3580?", "0", digits)


def _fold(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _ascii(word: str) -> str:
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in folded if c.isascii() and c.isalnum())

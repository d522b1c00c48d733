"""Headers that tell a browser what it may not do with an answer; a route that needs other ones sets its own."""

from __future__ import annotations

# Of data a browser runs, shows and loads nothing.
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# A page takes everything from this server, and nothing written into it is run.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
_ONE_YEAR = 365 * 24 * 3600


def security_headers(content_type: str, *, is_secure: bool) -> list[tuple[str, str]]:
    """Return the headers of an answer of a type; over TLS also that it is to be used from now on."""
    is_page = content_type.partition(";")[0].strip().lower() in {"text/html", "application/xhtml+xml", "image/svg+xml"}
    headers = [*_ALWAYS, ("Content-Security-Policy", PAGE_POLICY if is_page else DATA_POLICY)]
    return [*headers, ("Strict-Transport-Security", f"max-age={_ONE_YEAR}")] if is_secure else headers

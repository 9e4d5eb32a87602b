"""What each answer about the project of an address says to browsers, caches and search engines."""

from __future__ import annotations

# Sent again only where the rules, the day or the project are others; never kept for others, nor told to them.
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}

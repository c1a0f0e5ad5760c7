"""Fetching from the web: only from hosts that may be asked, in bounded time and size."""

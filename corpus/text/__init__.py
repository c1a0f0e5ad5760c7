"""The plain text of an article version: spans, blocks, quotes and names in it. No Django."""

"""Web pages as sources: from HTML and MHTML to lines that the rules read, with what is known."""

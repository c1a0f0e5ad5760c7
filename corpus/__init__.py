"""What is read: sources, importing, articles, versions, search, related articles."""

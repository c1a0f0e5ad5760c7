"""From bytes to Proposals: read a source, then interpret it by named rules. No Django."""

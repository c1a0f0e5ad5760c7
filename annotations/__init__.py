"""What readers add: highlights, notes, claims, links, discussion, curation."""

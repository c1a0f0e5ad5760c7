"""Files that readers take along: one format a module, each made from what queries return."""

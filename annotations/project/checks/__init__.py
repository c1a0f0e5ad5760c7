"""Everything that `manage.py test` runs."""

"""Live updates: who listens, what they are told, and who is here."""

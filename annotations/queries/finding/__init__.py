"""Looking for what belongs together: what is found is proposed, and nothing is stored here."""

"""The pages of the office: each answers one person's question, and works without a script."""

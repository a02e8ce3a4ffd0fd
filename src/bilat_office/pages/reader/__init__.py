"""A document is read: its text with what was found in it, and a person who accepts or rejects."""

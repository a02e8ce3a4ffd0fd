"""Texts become proposals: each with the words that it comes from. A person accepts or rejects."""

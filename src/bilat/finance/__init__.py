"""Export finance: what a deal costs, whether it fits its facility, and what a programme needs.

``actus`` is the standard's engine of loans; the rooms beside it build on it.
"""

"""Trade: both directions, the figures of both sides and the reconciled flow."""

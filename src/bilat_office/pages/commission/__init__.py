"""Sessions of the commission: agenda, decisions, the protocol that both sides sign."""

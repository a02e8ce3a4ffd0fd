"""Who works here: people, their bodies and roles, what each may do, and who looked at what."""

"""Administration: people, bodies, roles, keys, sources, jobs."""

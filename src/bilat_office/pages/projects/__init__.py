"""Projects: from idea to scaled up."""

"""Views, one module a subject: each asks the domain once, then translates."""

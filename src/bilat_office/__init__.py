"""The office: a Django project around the core. It calls `bilat`; `bilat` never calls it."""

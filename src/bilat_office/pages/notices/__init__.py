"""Notices in the page, and which letters a person wants."""

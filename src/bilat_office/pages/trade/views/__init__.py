"""Views of the trade analyst’s pages, by subject."""

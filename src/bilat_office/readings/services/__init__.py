"""What changes readings: texts come in, and proposals are decided."""

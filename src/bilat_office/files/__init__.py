"""Files of documents: kept by their content, seen by both sides or by one, searched."""

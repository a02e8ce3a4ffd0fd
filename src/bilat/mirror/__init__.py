"""Two customs reports of one flow become one flow with its uncertainty."""

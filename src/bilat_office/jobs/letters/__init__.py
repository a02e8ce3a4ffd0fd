"""Letters: who is told what, when, once; and the way out of them."""

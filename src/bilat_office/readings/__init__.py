"""Texts that a side reads, and what becomes of each proposal: its working papers, seen by no other.

What is accepted goes to the records, as a draft, a proposal or an own record; here it is kept what
was read, who decided, and why something was rejected, so that nobody decides the same thing twice.
"""

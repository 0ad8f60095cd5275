"""Incremental == clean: random edits of small portals, after each of which both kinds of build must agree."""

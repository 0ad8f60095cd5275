"""Catalog to plan: which addresses there are, and what stands on each page."""

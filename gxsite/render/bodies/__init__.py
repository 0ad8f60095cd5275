"""Engines of bodies, and what is the same for all of them."""

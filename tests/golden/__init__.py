"""Whole sites, file by file."""

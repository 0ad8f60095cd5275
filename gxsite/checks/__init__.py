"""Model to findings: pure functions, one file for each family of checks."""

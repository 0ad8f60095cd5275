"""The nouns: agencies, forms, reports and what they hold. Frozen, no I/O, no formatting."""

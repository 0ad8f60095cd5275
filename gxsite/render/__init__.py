"""Views to bytes: pages, bodies and downloads. Knows views only, never the model."""

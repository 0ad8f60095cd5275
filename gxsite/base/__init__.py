"""Ground floor: text, places, numbers and findings; knows nothing of reports."""

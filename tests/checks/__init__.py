"""One folder of cases for each code of the catalogue."""

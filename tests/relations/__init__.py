"""The relations of the national forms: within a report, across years, across levels, and the cell that is wrong."""

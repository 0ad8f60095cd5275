"""The only folder with effects: disk, processes, network, environment and clock."""

"""gxsite turns a folder of annual report files into a public portal."""

__version__ = "0.1.0"

"""``python -m gxsite``."""

from gxsite.cli import run

run()

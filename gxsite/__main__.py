"""``python -m gxsite``."""

from gxsite.cli import main

main()

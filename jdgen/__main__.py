"""``python -m jdgen``."""

from jdgen.cli.main import main

main()

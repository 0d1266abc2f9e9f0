"""The command line: parse, call, print. Only it knows Click.

Of jdgen it knows :mod:`jdgen.app`, which does the work, and otherwise only what reads and shows texts: errors, words,
dates, what is harmless on a terminal, and how shells quote. ``pyproject.toml`` has the list.
"""

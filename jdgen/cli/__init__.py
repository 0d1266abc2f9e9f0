"""The command line: parse, call, print. Of jdgen it knows only app, errors and words; only it knows Click."""

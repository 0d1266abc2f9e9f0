"""The command line: parse, call, print. Only this package knows Click, and of jdgen it knows only app and errors."""

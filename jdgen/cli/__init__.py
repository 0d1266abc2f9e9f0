"""The command line: parse, call, report. Only this package knows Click."""

"""Run a command and print the most memory, in KB, that any of its processes held. Nothing heavy is imported here."""

import os
import subprocess
import sys


def main() -> None:
    """Run the command that the arguments are."""
    if sys.platform == "win32":
        sys.exit("Windows does not say what a process held")
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    print(usage.ru_maxrss)
    sys.exit(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()

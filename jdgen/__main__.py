"""``jdgen``, and ``python -m jdgen``."""

import sys
import warnings


def run() -> None:
    """Run the command that the arguments name, and end the program with its exit code.

    Warnings of libraries are for those who work on them, and say nothing to a user; ``python -W`` shows them.
    """
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        from jdgen.cli.main import main  # noqa: PLC0415  # Ctrl-C before there is a command is answered too
    except KeyboardInterrupt:
        sys.exit("error: interrupted before anything was done")
    main()


if __name__ == "__main__":
    run()

"""``jdgen``, and ``python -m jdgen``."""

import gc
import sys
import warnings


def run() -> None:
    """Run the command that the arguments name, and end the program with its exit code.

    Warnings of libraries are for those who work on them, and say nothing to a user; ``python -W`` shows them.
    """
    # What modules make when they are imported stays: to look through it for rubbish, time and again and once more at
    # the end, takes a tenth of a start. Commands, which do make rubbish, have it looked for (jdgen.cli.command).
    gc.disable()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    try:
        from jdgen.cli.main import main  # noqa: PLC0415  # Ctrl-C before there is a command is answered too
    except KeyboardInterrupt:
        sys.exit("error: interrupted before anything was done")
    gc.freeze()
    main()


if __name__ == "__main__":
    run()

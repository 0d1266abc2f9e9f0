"""What jdgen does with the machine, and what each system has for it.

:mod:`.processes` shares out work among several, and :mod:`.apart` does work on a file that somebody else made in a
process of its own, with bounds. :mod:`.extras` is what may be installed with jdgen, :mod:`.shells` how what is to be
copied is typed. What Windows has of its own is in :mod:`.windows_paths` and :mod:`.windows_job`.
"""

"""What people have written for one version of a framework, carried over to the next.

:mod:`.release` says what has become of each statement, heading and level; :mod:`.carrying` goes by that through a file
of adaptations, criteria, doubts or levels, and makes a copy of it with marks, in which all else is as people wrote it.
"""

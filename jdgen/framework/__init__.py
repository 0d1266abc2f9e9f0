"""The published capability framework: what it is, and reading it from its file.

Others read a framework with :func:`.reading.load_framework` and hold its values (:mod:`.model`): framework,
specialism, heading, statement; :mod:`.passages` has every text of it. A file is checked for itself when it is read,
and, word for word, against the source it was taken from (:mod:`.transcription`). :mod:`.comparison` tells two versions
apart, and :mod:`.comparison_page` shows that; :mod:`.ladder` tells one level from the next. :mod:`.declared_levels`
makes the scales of levels that a file declares, :mod:`.consistency` finds what a schema cannot, such as gaps between
ranges of levels, and :mod:`.chapters` says which of several files is current for a specialism.
"""

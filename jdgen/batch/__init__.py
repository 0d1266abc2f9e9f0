"""Many posts to many documents: planned whole, made in parallel, resumable, reported.

:func:`.batch.make_batch` is the way in. :mod:`.plan` looks at every row before anything is written, and
:mod:`.namesakes` tells posts of one name apart; sound posts wait in a :mod:`.spool`; :mod:`.running` shares them out
among processes, each of which is a :mod:`.worker` with its :mod:`.sources`; :mod:`.report` is what people open in the
end.
"""

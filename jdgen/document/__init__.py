"""One document: its name, its Word file made of draft and template, and what may be written over.

:func:`.making.make_document` gives the bytes of a document with its record; :mod:`.names` what its file is called.
:mod:`.replacing` is the one rule for all commands: what jdgen wrote is replaced when the user says so, what a person
has worked on only when they say so twice; :mod:`.own_files` knows files that are no documents again.
:mod:`.annotating` makes a copy with the review notes as comments; :mod:`.statement_share` measures how much of a
document its general statements are.
"""

"""Checking a Word template before any post is at hand: every fault with its place, and what would be right.

:func:`.check.check_template` is the way in. :mod:`.parts` reads what is filled and :mod:`.tables` the tables in it, and
each finding is a :class:`.findings.Finding`. Of tags, :mod:`.form` finds what would be lost or damaged, and
:mod:`.meaning` what cannot be read or is no field; :mod:`.field_use` knows which fields there are, and :mod:`.names`
what people call them. :mod:`.content` tells what a template ought to print, :mod:`.gaps` what somebody would have to
fill in by hand, :mod:`.blanks` the labels beside which nothing stands, :mod:`.dialects` the tags of other programs, and
:mod:`.accessibility` what keeps people from reading it.
"""

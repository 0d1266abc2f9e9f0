"""The post: the job in one organisation.

:mod:`.fields` is the one table of its fields, :mod:`.field` says what there is to say of one, and :mod:`.model` has the
post as frozen values. :mod:`.forms` says how people write the value of each, in cells and files alike. :mod:`.reading`
makes posts of files and options; what was given, with its places, is :class:`.reading.PostEntries` before it is a whole
post. :mod:`.answers` parts answers from what stands where one is still to come; :mod:`.values` writes a post for the
record of its document, and reads it back.
"""

"""From framework and post to a draft: pure functions over frozen values.

The way through: :mod:`.loading` reads a :class:`.library.Library`, all that a draft is made from besides the post and
the date, of the frameworks that a workspace has (:mod:`.frameworks_here`) and of files that add to one
(:mod:`.added_files`); :func:`.draft.draft_job_description` makes the :class:`.model.JobDescription`, which holds
whatever a template may print. On the way, :mod:`.profile` takes what the framework says at the post's level,
:mod:`.adaptations` changes its wording where that is listed, :mod:`.duties` makes and numbers the duties,
:mod:`.person_specification` the criteria, :mod:`.person_rows` those that the framework itself has, and
:mod:`.framework_part` puts together what follows from the framework. What a post says of parts that the framework does
not have is dealt with in :mod:`.overrides`; what it names by title instead of id, in :mod:`.named_parts`.
:mod:`.organisation_chart` says which posts stand round a post. :mod:`.data` writes a library as data, and reads it.
:mod:`.review` says in words what each note is about; its rank follows from its topic, by the table in
:mod:`.review_notes`.
"""

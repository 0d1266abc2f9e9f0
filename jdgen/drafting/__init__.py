"""From framework and post to a draft.

A draft is made by pure functions over frozen values. Four modules are not pure: :mod:`.loading`,
:mod:`.frameworks_here`, :mod:`.added_files` and :mod:`.checking` read files, and :mod:`.loading` keeps what it read for
later runs. No other module here reads any, and what drafts is never given a workspace.

The way through: :mod:`.loading` reads a :class:`.library.Library`, all that a draft is made from besides the post and
the date, of the frameworks that a workspace has (:mod:`.frameworks_here`) and of files that add to one
(:mod:`.added_files`); :func:`.draft.draft_job_description` makes the :class:`.model.JobDescription`, which holds
whatever a template may print. On the way, :mod:`.profile` takes what the framework says at the post's level,
:mod:`.adaptations` changes its wording where that is listed, :mod:`.duties` makes and numbers the duties,
:mod:`.framework_criteria` draws criteria from framework and library, :mod:`.person_rows` those that the framework
itself has, :mod:`.person_specification` groups them with the post's own, and :mod:`.framework_part` puts together what
follows from the framework. What a post says of parts that the framework does not have is dealt with in
:mod:`.overrides`; what it names by title instead of id, in :mod:`.named_parts`.
:mod:`.organisation_chart` says which posts stand round a post. :mod:`.data` writes a library as data, and reads it.
:mod:`.review` says in words what each note is about; its rank follows from its topic, by the table in
:mod:`.review_notes`.

The others, by what they are for:

- a library: :mod:`.criteria` (criteria by heading and level, each essential or desirable as its file says),
  :mod:`.doubts` (duties that are unclear or may not fit), :mod:`.level_mapping` (the level that is taken at a band),
  :mod:`.nations` (words that tell a nation), :mod:`.own_methods` (the organisation's names for methods of assessment);
- a draft: :mod:`.band_part` (what all posts at one band have in common), :mod:`.people` (whom a post manages, held
  against its duties), :mod:`.texts` (texts that know who gave them), :mod:`.block_id` (ids of what is printed),
  :mod:`.field_meaning` (what a field means to whoever writes a template);
- :mod:`.checking` checks framework files, and what is added to them; what is wrong with files of criteria,
  :mod:`.criteria_check` says.
"""

"""The page: jdgen for people who can install nothing, in one HTML file that HR gives them.

:mod:`.building` makes the file of a workspace, :mod:`.material` is what of the workspace is in it, as data. In the
browser, :class:`.session.Session` answers what the page's scripts ask; it needs nothing but Python's own library
and PyYAML, and draws what is on the screen with :mod:`.preview`.

:mod:`.reading_room` makes another page, in which an organisation decides on a release of a framework; :mod:`.shell`
puts the HTML round what either holds.
"""

"""Sheets of posts: rows of workbooks, CSV files and YAML files, with the place of each cell.

:func:`.reading.open_posts` is the way in, and gives posts as :class:`.rows.PostRow`. On the way, what reads CSV files
there and :mod:`.xlsx_file` give a :class:`.sheet.Sheet`, for workbooks with their strings and figures as
:mod:`.xlsx_strings` reads them; :mod:`.heading_row` finds the row that heads it, and :mod:`.rows` reads the rows. What
an organisation's own headings mean is in a file, the :mod:`.column_map`, which begins with what :mod:`.column_guesses`
takes them for. Importing reads its workbooks with :mod:`.xlsx_file`, too.
"""

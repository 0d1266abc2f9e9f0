"""What people read about many documents at once, and what they fill in: writers of workbooks, and one look for pages.

:mod:`.workbook` takes rows of any number and writes an .xlsx file; :mod:`.workbook_form` writes one to be filled in;
:mod:`.html_page` writes one HTML page that needs nothing else. What a report says is the business of the room that it
reports on.
"""

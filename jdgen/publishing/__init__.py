"""What leaves the organisation: documents as PDF, and the final copy for applicants. What another system is to take
belongs here too, made of a draft or of a document's record.

:func:`.libreoffice.print_each` has LibreOffice print Word files, one process for many, and
:func:`.tagged_pdf.complete_tags` mends what it leaves undone, so that a PDF is PDF/UA.
:func:`.final_copy.final_copy` is a Word file without what was there for those who wrote it.
"""

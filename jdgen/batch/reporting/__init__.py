"""The parts of the batch report: a page, and a workbook streamed row by row."""

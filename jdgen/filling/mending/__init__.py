"""What is mended of a Word template before it is compiled, and of a filled part before it is written.

docxtpl reads a template as text, so what Word does to a tag or a container in passing can damage or lose something.
Each module here mends one such thing. What cannot be mended is refused instead; that is not decided here.
"""

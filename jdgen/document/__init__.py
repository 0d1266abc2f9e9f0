"""One document: its name, its Word file made of draft and template, and what may be written over."""

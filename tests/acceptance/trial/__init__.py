"""Thirty documents over six bands, edited through LibreOffice as managers do, moved and renamed, and brought up to date
with a second version of the chapter that has every kind of change."""

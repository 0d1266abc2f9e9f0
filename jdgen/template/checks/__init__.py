"""Checking a Word template before any post is at hand: every fault with its place, and what would be right."""

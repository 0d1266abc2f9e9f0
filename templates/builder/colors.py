"""The colours of the templates, from the NHS palette; every text colour is at least 6 to 1 on its ground."""

from __future__ import annotations

NHS_BLUE = "005EB8"
DARK_BLUE = "003087"
DARK_GREY = "425563"
PALE_GREY = "E8EDEE"
RULE_GREY = "AEB7BD"
WHITE = "FFFFFF"

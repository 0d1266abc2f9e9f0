"""Review notes as people read them."""

from jdgen.drafting.model import Rank
from jdgen.drafting.review import RankedNote, counts_in_words, names_in_line

__all__ = ["Rank", "RankedNote", "counts_in_words", "names_in_line"]

"""Review notes as people read them."""

from jdgen.drafting.review import RankedNote, counts_in_words, lines_for_post, names_in_line, options_for_post
from jdgen.drafting.review_notes import Rank, rank_of

__all__ = ["Rank", "RankedNote", "counts_in_words", "lines_for_post", "names_in_line", "options_for_post", "rank_of"]

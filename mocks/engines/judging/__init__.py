"""The rule judge: decides by rules whether an answer is right, grounded, relevant, safe, or keeps its guidelines.

It compares numbers with their units, dates, names, negation, opposites and who does what to whom, and the meaning of
words by the embedding model. It is no language model, is never called one, and says what its verdict rests on.
"""

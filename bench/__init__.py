"""Accuracy and speed against gold and against peers, with floors that CI holds."""

import nlp as nlp  # before any numpy: it keeps the matrices to one thread, whose waiting would count as work

"""Accuracy and speed against gold and against peers, with floors that CI holds."""

"""An article's text in; who said what, about which policy, for and against, out."""

import os

# The matrices are small: a second BLAS thread waits more than it works, and its waiting is CPU time. Read when numpy
# loads, so it stands before every import of it; who sets the variable decides otherwise.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

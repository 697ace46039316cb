"""An article's text in; who said what, about which policy, for and against, out."""

"""Sources in, articles (with versions and captures) out."""

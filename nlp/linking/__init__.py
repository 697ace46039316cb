"""Which content belongs to which cue and source: tagged spans in, attributions out."""

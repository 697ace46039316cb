"""What was said and where it stands: quotation marks, cues, sources and contents, by grammar, and with the tagger."""

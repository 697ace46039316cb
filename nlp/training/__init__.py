"""Trains the attribution tagger and its linker. The only place that imports torch; nothing here is needed to read."""

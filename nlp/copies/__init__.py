"""Behind ``nlp.stories``, ``nlp.utterances`` and ``nlp.changes``: what one text has of another."""

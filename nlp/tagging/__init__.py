"""Which words are source, cue and content: a small trained network, run with numpy alone."""

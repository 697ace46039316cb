"""Who and what is the same in another article: people by name and role, bodies by acronym, policies by spelling."""

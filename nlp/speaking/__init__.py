"""Who a source means: names, roles, descriptions and pronouns, resolved to one speaker of the article."""

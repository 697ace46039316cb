"""Who held which office when: the register behind "the health secretary", from lists of our own and of the user's."""

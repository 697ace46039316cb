"""Who stands where on what: holders, targets and the words that show a stance."""

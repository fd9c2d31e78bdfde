"""Which column is what: from the first records to a plan."""

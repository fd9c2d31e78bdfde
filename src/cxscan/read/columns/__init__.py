"""Roles of columns: from the first records to a plan."""

"""JSON: one record a line, one after the other, in an array, or by columns."""

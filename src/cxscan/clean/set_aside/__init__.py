"""Words in a comment that are not the customer's own to the point: rules that find them, and what remains."""

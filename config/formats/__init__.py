"""How days and times are written in fields, in every language of the product."""

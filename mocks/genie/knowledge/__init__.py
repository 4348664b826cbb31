"""What a space knows: tables, columns, values, joins, and what its curator wrote, under the names people use."""

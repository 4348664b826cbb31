"""What Unity Catalog knows: catalogs, schemas, tables, their columns, and who may do what with them."""

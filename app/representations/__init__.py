"""The same content in other formats: a guide's public shapes in, a document out."""

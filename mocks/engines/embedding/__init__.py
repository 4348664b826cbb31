"""The embedding model, its vocabulary, and the vectors that Chroma keeps."""

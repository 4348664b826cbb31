"""What a question asks: its words become items with a meaning, and the items a frame."""

"""What a table of projects is made with: its columns as a page and as Table Schema, files to fill in."""

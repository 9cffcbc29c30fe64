"""What this article says: a package a section, each with its claims, pictures and exercises."""

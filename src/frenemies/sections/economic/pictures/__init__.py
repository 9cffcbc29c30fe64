"""The pictures of notebook 01: `trade` (partners, ranks, Russia's turn), `books` (one trade in two
books), `energy` (origins, trade war, coal)."""

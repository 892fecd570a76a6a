"""JSON that programs read: the API of Statuspage, and our own."""

"""The English model made light: its encoder run once, and what is read off it without its slower parts."""

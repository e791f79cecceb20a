"""What ``make check`` looks at beside style and types."""
